package org.facteur.edge.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.facteur.net.listen.Connection;
import org.facteur.net.listen.DeadlinePassed;
import org.facteur.wire.imap.AssemblyStep;
import org.facteur.wire.imap.ImapCommandAssembler;
import org.facteur.wire.imap.ImapDialect;
import org.facteur.wire.imap.ImapLimits;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ImapWriter;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.imap.TaggedCommand;
import org.facteur.wire.text.LineFault;
import org.jspecify.annotations.Nullable;

/// The loop of one connection: lines, literals, deadlines, TLS. One thread, the connection's.
final class ImapConnection {
    /// How often an idle session looks whether its credential still holds.
    private static final Duration LOOK = Duration.ofSeconds(60);

    /// How long a goodbye may take.
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private static final int PIECE = 8192;
    private static final int OCTETS_PER_SECOND = 1024;

    private final Connection connection;
    private final ImapServices services;
    private final ImapSettings settings;
    private final ImapWriter out;
    private ImapCommandAssembler assembler;
    private ImapSession session;
    private Patience beforeLogin;
    private int errors;

    ImapConnection(Connection connection, ImapServices services, ImapSettings settings) {
        this.connection = connection;
        this.services = services;
        this.settings = settings;
        this.out =
                new ImapWriter(
                        (octets, offset, length) ->
                                connection.output().write(octets, offset, length),
                        false);
        this.assembler = freshAssembler();
        this.session = new ImapSession(connection, services, settings, out);
        this.beforeLogin = Patience.of(settings.times().beforeLogin());
    }

    private static ImapCommandAssembler freshAssembler() {
        return new ImapCommandAssembler(ImapLimits.BEFORE_LOGIN, ImapDialect.server(false));
    }

    void run() throws IOException {
        connection.deadline(settings.times().beforeLogin());
        out.write(
                ImapResponse.Condition.untagged(
                        ImapResponse.Outcome.OK,
                        new ResponseCode.Capability(session.capabilities()),
                        services.product().name() + " is ready."));
        try (var _ = closing()) {
            while (awaitCommand() && command()) {
                if (!lineWaits()) {
                    flush();
                }
            }
        } catch (DeadlinePassed late) {
            bye("Time is over.");
        } catch (LineFault fault) {
            bye("Lines end with CRLF and hold no NUL.");
        }
        flush();
    }

    /// Ends whichever session is the last.
    private Closing closing() {
        return () -> session.close();
    }

    /// Ends something, and never fails.
    @FunctionalInterface
    private interface Closing extends AutoCloseable {
        @Override
        void close();
    }

    /// Whether a whole line is at hand, so that its answer can go out with this one.
    private boolean lineWaits() {
        int count = connection.input().buffered();
        for (int i = 0; i < count; i++) {
            if (connection.input().peek(i) == '\n') {
                return true;
            }
        }
        return false;
    }

    private void flush() throws IOException {
        out.flush();
        connection.flush();
    }

    /// Waits for the next command.
    ///
    /// @return false when there will be none
    private boolean awaitCommand() throws IOException {
        if (connection.input().buffered() > 0) {
            return true;
        }
        out.rest();
        connection.flush();
        boolean in = session.loggedIn();
        Patience patience = in ? Patience.of(settings.times().idle()) : beforeLogin;
        while (!patience.left().isZero()) {
            switch (connection.await(patience.atMost(LOOK))) {
                case INPUT -> {
                    return true;
                }
                case WOKEN -> {
                    if (connection.stopping()) {
                        bye("The server is stopping.");
                        return false;
                    }
                    connection.deadline(settings.times().command());
                    if (!session.push()) {
                        return false;
                    }
                    out.rest();
                    connection.flush();
                }
                case TIMEOUT -> {
                    if (!session.stillGood()) {
                        bye("This login does not hold any more.");
                        return false;
                    }
                }
            }
        }
        bye(in ? "Nothing was asked for a long time." : "Nobody logged in.");
        return false;
    }

    /// Reads one command and answers it.
    ///
    /// @return whether the session goes on
    private boolean command() throws IOException {
        connection.deadline(session.loggedIn() ? settings.times().command() : beforeLogin.left());
        AssemblyStep step = nextLine();
        while (step != null) {
            switch (step) {
                case AssemblyStep.NeedLiteral(int octets, boolean invite) -> {
                    invite(invite);
                    byte[] literal = new byte[octets];
                    connection.input().readFully(literal, 0, octets);
                    assembler.literal(literal);
                    step = nextLine();
                }
                case AssemblyStep.NeedLetter letter -> step = letter(letter);
                case AssemblyStep.Skip(long octets) -> {
                    connection.deadline(moreTime(octets));
                    session.passLetter(connection.input(), octets, false);
                    step = nextLine();
                }
                case AssemblyStep.Ignored _ -> {
                    return true;
                }
                case AssemblyStep.Complete(TaggedCommand tagged) -> {
                    return perform(tagged);
                }
                case AssemblyStep.Rejected(String tag) -> {
                    return answer(tag, session.rejection());
                }
                case AssemblyStep.Refused refused -> {
                    return refused(refused);
                }
            }
        }
        return false;
    }

    /// @return null at the end of the stream
    private @Nullable AssemblyStep nextLine() throws IOException {
        if (!assembler.atStart() && !lineWaits()) {
            flush();
        }
        try {
            byte[] line = connection.input().readLine(assembler.lineOctets());
            return line == null ? null : assembler.line(line);
        } catch (LineFault fault) {
            if (!fault.inStep()) {
                throw fault;
            }
            return assembler.lineTooLong();
        }
    }

    private void invite(boolean wanted) throws IOException {
        if (wanted) {
            out.write(new ImapResponse.Continue("Go on."));
            flush();
        }
    }

    private Duration moreTime(long octets) {
        return settings.times().command().plusSeconds(octets / OCTETS_PER_SECOND);
    }

    private @Nullable AssemblyStep letter(AssemblyStep.NeedLetter letter) throws IOException {
        long octets = letter.letter().sizeOctets();
        if (!session.announce(letter)) {
            return assembler.reject();
        }
        invite(letter.invite());
        connection.deadline(moreTime(octets));
        session.passLetter(connection.input(), octets, true);
        return nextLine();
    }

    private boolean perform(TaggedCommand tagged) throws IOException {
        ImapSession.Outcome outcome = session.perform(tagged);
        return switch (outcome) {
            case ImapSession.Outcome.Answered(Answer answer) -> answer(tagged.tag(), answer);
            case ImapSession.Outcome.StartTls _ -> startTls(tagged.tag());
            case ImapSession.Outcome.Compress _ -> compress(tagged.tag());
            case ImapSession.Outcome.End _ -> false;
        };
    }

    private boolean answer(String tag, Answer answer) throws IOException {
        out.write(answer.tagged(tag));
        followSession();
        return !answer.isBad() || mayErrAgain();
    }

    private boolean refused(AssemblyStep.Refused refused) throws IOException {
        session.forgetLetter();
        String text = FaultAnswers.text(refused.fault());
        // Where the command is not known, only BAD is for it (RFC 9051 §7.1.3).
        Answer answer =
                refused.tooBig() && session.loggedIn() && refused.tag() != null
                        ? Answer.no(ResponseCode.Word.TOOBIG, text)
                        : Answer.bad(text);
        out.write(answer.tagged(refused.tag()));
        if (refused.closing()) {
            bye("More is coming than can be passed over.");
            return false;
        }
        return mayErrAgain();
    }

    /// Counts an error; the last one ends the session.
    private boolean mayErrAgain() throws IOException {
        errors++;
        int most = session.loggedIn() ? settings.errorsAfterLogin() : settings.errorsBeforeLogin();
        if (errors < most) {
            return true;
        }
        bye("Too many errors.");
        return false;
    }

    /// Puts limits and spelling in force that the last command brought.
    private void followSession() {
        if (!session.takeChanged()) {
            return;
        }
        boolean in = session.loggedIn();
        boolean utf8 = session.features().utf8();
        assembler.use(in ? settings.limits() : ImapLimits.BEFORE_LOGIN, ImapDialect.server(utf8));
        out.utf8(utf8);
        if (!in) {
            beforeLogin = Patience.of(settings.times().beforeLogin());
        } else {
            errors = 0;
        }
    }

    /// Nothing of what was said in the clear holds afterwards: session and reader are new.
    private boolean startTls(String tag) throws IOException {
        flush();
        ByteArrayOutputStream goAhead = new ByteArrayOutputStream();
        ImapWriter clear = new ImapWriter(goAhead::write, false);
        clear.write(Answer.ok("Begin TLS now.").tagged(tag));
        clear.flush();
        connection.startTls(goAhead.toByteArray());
        assembler = freshAssembler();
        session = new ImapSession(connection, services, settings, out);
        return true;
    }

    private boolean compress(String tag) throws IOException {
        flush();
        ByteArrayOutputStream goAhead = new ByteArrayOutputStream();
        ImapWriter plain = new ImapWriter(goAhead::write, false);
        plain.write(Answer.ok("Compressed from here.").tagged(tag));
        plain.flush();
        connection.compress(goAhead.toByteArray());
        return true;
    }

    private void bye(String text) throws IOException {
        connection.deadline(GOODBYE);
        out.write(ImapResponse.Condition.untagged(ImapResponse.Outcome.BYE, null, text));
    }

    /// Reads octets in pieces.
    ///
    /// @param taker gets each piece; the array is lent
    static void pass(org.facteur.wire.text.LineReader input, long octets, Taker taker)
            throws IOException {
        byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, octets))];
        long left = octets;
        while (left > 0) {
            int count = input.read(piece, 0, (int) Math.min(piece.length, left));
            if (count < 0) {
                throw new java.io.EOFException("ended inside a letter");
            }
            taker.take(piece, count);
            left -= count;
        }
    }

    /// Gets octets that are lent.
    @FunctionalInterface
    interface Taker {
        void take(byte[] octets, int count);
    }
}
