package org.facteur.edge.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Incident;
import org.facteur.core.login.LoginResult;
import org.facteur.core.login.SignIn;
import org.facteur.net.listen.Connection;
import org.facteur.net.listen.DeadlinePassed;
import org.facteur.wire.sasl.SaslMechanism;
import org.facteur.wire.smtp.ChunkReader;
import org.facteur.wire.smtp.SmtpCommand;
import org.facteur.wire.smtp.SmtpParser;
import org.facteur.wire.smtp.SmtpReply;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One conversation: reads, parses, lets the session decide, writes. Owns the connection and its
/// thread.
final class SmtpConnection {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpConnection.class);
    private static final Duration GREETING = Duration.ofSeconds(30);

    /// Errors that are answered at once.
    private static final int FREE_ERRORS = 5;

    private final Connection connection;
    private final SmtpSettings settings;
    private final SmtpServices services;
    private final BooleanSupplier stressed;
    private final SmtpParser parser;
    private final long begun = System.nanoTime();
    private SmtpSession session;
    private boolean announced;
    private boolean over;
    private int errors;
    private int junk;
    private int unknownRecipients;
    private int letters;
    private int chunks;

    /// A letter that comes in chunks, while it does.
    private @Nullable LetterReceipt chunked;

    SmtpConnection(
            Connection connection,
            SmtpSettings settings,
            SmtpServices services,
            BooleanSupplier stressed) {
        this.connection = connection;
        this.settings = settings;
        this.services = services;
        this.stressed = stressed;
        this.parser = new SmtpParser(settings.lines());
        this.session = newSession();
    }

    private SmtpSession newSession() {
        boolean encrypted = connection.tls().isPresent();
        boolean loopback = connection.remote().getAddress().isLoopbackAddress();
        return new SmtpSession(
                settings,
                services,
                new SmtpSession.Line(
                        encrypted,
                        connection.canStartTls(),
                        encrypted || (settings.insecurePlaintextLogin() && loopback)));
    }

    void run() throws IOException {
        connection.deadline(GREETING);
        if (connection.tls().isEmpty()
                && connection.await(Duration.ZERO) == Connection.Awaited.INPUT) {
            send(Replies.EARLY);
            connection.flush();
            return;
        }
        String protocol = settings.role() == SmtpRole.LMTP ? " LMTP" : " ESMTP";
        send(SmtpReply.plain(220, settings.hostname().name() + protocol + " Facteur"));
        try {
            while (!over) {
                converse();
            }
        } catch (DeadlinePassed slow) {
            LOG.debug("{} took too long", connection.id());
            connection.deadline(GREETING);
            send(Replies.TOO_SLOW);
        } finally {
            dropChunked();
        }
        connection.flush();
    }

    /// One command.
    private void converse() throws IOException {
        SmtpReply goodbye = awaitCommand();
        if (goodbye != null) {
            end(goodbye);
            return;
        }
        byte[] line;
        try {
            line = connection.input().readLine(settings.lines().auth());
        } catch (LineFault fault) {
            refuseLine(fault);
            return;
        }
        if (line == null) {
            over = true;
            return;
        }
        try {
            SmtpCommand command = parser.parse(line, session.international());
            countJunk(command);
            obey(command, line);
        } catch (SyntaxFault fault) {
            if (SmtpParser.announcesOctets(line)) {
                end(Replies.syntax(fault));
            } else {
                refuse(Replies.syntax(fault));
            }
        } catch (Busy busy) {
            LOG.warn("{} {}", connection.id(), busy.getMessage());
            send(Replies.BUSY);
        } catch (RuntimeException bug) {
            Incident incident = Incident.create();
            LOG.error("{} incident {}", connection.id(), incident, bug);
            send(Replies.incident(incident));
        }
    }

    /// Octets that a command announces are taken off the line whatever becomes of it (RFC 3030 §2);
    /// where nobody can say how many there are, the conversation ends.
    private void obey(SmtpCommand command, byte[] line) throws IOException {
        if (command instanceof SmtpCommand.Unacceptable && SmtpParser.announcesOctets(line)) {
            end(Replies.LONG_LINE);
            return;
        }
        SmtpAct act = session.handle(command);
        if (command instanceof SmtpCommand.Bdat(long octets, boolean _)
                && !(act instanceof SmtpAct.TakeChunk)
                && !swallow(octets)) {
            end(Replies.TOO_LARGE);
            return;
        }
        act(act);
        if (!session.chunking()) {
            dropChunked();
        }
    }

    /// @return false when it would be too much
    private boolean swallow(long octets) throws IOException {
        if (octets > settings.sizeBytes() + LetterReceipt.SWALLOWED) {
            return false;
        }
        ChunkReader chunk = new ChunkReader((bytes, offset, length) -> {}, Integer.MAX_VALUE, true);
        chunk.begin(octets);
        long from = System.nanoTime();
        do {
            connection.deadline(settings.times().dataBlock());
            if (settings.times().pace().missed(System.nanoTime() - from, chunk.octets())) {
                throw new DeadlinePassed();
            }
        } while (chunk.read(connection.input()));
        return true;
    }

    private void dropChunked() {
        LetterReceipt unfinished = chunked;
        if (unfinished != null) {
            chunked = null;
            unfinished.close();
        }
    }

    /// Waits for the next command; all answers so far go out when nothing more waits to be read.
    ///
    /// @return why the conversation ends now, or null when a command is there
    private @Nullable SmtpReply awaitCommand() throws IOException {
        Duration patience =
                stressed.getAsBoolean()
                        ? settings.times().stressed()
                        : announced ? settings.times().command() : settings.times().beforeMail();
        connection.deadline(patience);
        if (System.nanoTime() - begun > settings.times().session().toNanos()) {
            return Replies.TOO_SLOW;
        }
        while (!connection.stopping()) {
            switch (connection.await(patience)) {
                case INPUT -> {
                    return connection.stopping() ? Replies.STOPPING : null;
                }
                case TIMEOUT -> {
                    return Replies.TOO_SLOW;
                }
                case WOKEN -> {
                    // Stopping is the only news there is.
                }
            }
        }
        return Replies.STOPPING;
    }

    private void refuseLine(LineFault fault) throws IOException {
        if (fault.inStep()) {
            refuse(Replies.LONG_LINE);
        } else {
            end(Replies.BROKEN_LINE);
        }
    }

    private void countJunk(SmtpCommand command) throws IOException {
        switch (command) {
            case SmtpCommand.Mail _ -> announced = true;
            case SmtpCommand.Noop _,
                    SmtpCommand.Rset _,
                    SmtpCommand.Vrfy _,
                    SmtpCommand.Help _,
                    SmtpCommand.Ehlo _,
                    SmtpCommand.Helo _,
                    SmtpCommand.Lhlo _ ->
                    junk++;
            case SmtpCommand.Rcpt _,
                    SmtpCommand.Data _,
                    SmtpCommand.Bdat _,
                    SmtpCommand.Quit _,
                    SmtpCommand.Expn _,
                    SmtpCommand.StartTls _,
                    SmtpCommand.Auth _,
                    SmtpCommand.Unknown _,
                    SmtpCommand.Unacceptable _ -> {
                // Counted as errors where they are.
            }
        }
    }

    private void act(SmtpAct act) throws IOException {
        if (junk > settings.counts().junk()) {
            end(Replies.TOO_MUCH_JUNK);
            return;
        }
        switch (act) {
            case SmtpAct.Answer(SmtpReply reply) -> {
                if (reply.permanentFailure()) {
                    refuse(reply);
                } else {
                    send(reply);
                }
            }
            case SmtpAct.UnknownRecipient(SmtpReply reply) -> {
                if (++unknownRecipients >= settings.counts().unknownRecipients()) {
                    end(Replies.TOO_MANY_ERRORS);
                } else {
                    send(reply);
                }
            }
            case SmtpAct.Vain(SmtpReply reply) -> send(reply);
            case SmtpAct.Goodbye(SmtpReply reply) -> end(reply);
            case SmtpAct.TakeLetter(Announcement announcement) -> takeLetter(announcement);
            case SmtpAct.TakeChunk chunk -> takeChunk(chunk);
            case SmtpAct.BeginTls _ -> beginTls();
            case SmtpAct.BeginAuth(SaslMechanism mechanism, var initial) ->
                    authenticate(mechanism, initial);
        }
    }

    private void takeLetter(Announcement announcement) throws IOException {
        if (!countLetter()) {
            return;
        }
        send(Replies.SEND_LETTER);
        connection.flush();
        try (LetterReceipt receipt = receipt(announcement)) {
            LetterReceipt.Outcome outcome = receipt.data();
            sendAll(outcome);
        }
    }

    private void takeChunk(SmtpAct.TakeChunk chunk) throws IOException {
        if (++chunks > settings.counts().chunks()) {
            end(Replies.TOO_MANY_CHUNKS);
            return;
        }
        LetterReceipt receipt = chunked;
        if (receipt == null) {
            if (!countLetter()) {
                return;
            }
            receipt = receipt(chunk.announcement());
            chunked = receipt;
        }
        LetterReceipt.Outcome outcome = receipt.chunk(chunk.octets(), chunk.last());
        if (outcome.refused() && !chunk.last()) {
            session.spoil();
        }
        if (chunk.last()) {
            dropChunked();
        }
        sendAll(outcome);
    }

    private boolean countLetter() throws IOException {
        if (letters >= settings.counts().letters()) {
            end(Replies.TOO_MANY_LETTERS);
            return false;
        }
        letters++;
        junk = 0;
        return true;
    }

    private LetterReceipt receipt(Announcement announcement) {
        String id =
                Long.toString(services.clock().instant().toEpochMilli(), 36)
                        + "-"
                        + connection.id().toLowerCase(Locale.ROOT)
                        + "-"
                        + letters;
        return new LetterReceipt(connection, settings, services, announcement, id);
    }

    private void sendAll(LetterReceipt.Outcome outcome) throws IOException {
        for (SmtpReply reply : outcome.replies()) {
            send(reply);
        }
        over = outcome.last();
    }

    private void beginTls() throws IOException {
        connection.startTls("220 2.0.0 Begin TLS\r\n".getBytes(StandardCharsets.US_ASCII));
        session = newSession();
    }

    private void authenticate(SaslMechanism mechanism, @Nullable Octets initial)
            throws IOException {
        SignIn signIn =
                new SignIn(
                        services.login(),
                        mechanism,
                        settings.role().door(),
                        connection.remote().getAddress());
        try {
            SignIn.Step step = signIn.begin(initial == null ? null : initial.toArray());
            while (step instanceof SignIn.Step.Challenge(Octets octets)) {
                byte[] response = response(octets);
                if (response == null) {
                    return;
                }
                step = signIn.respond(response);
            }
            if (step instanceof SignIn.Step.Done(LoginResult result)) {
                conclude(result);
            }
        } catch (Busy busy) {
            send(Replies.AUTH_BUSY);
        }
    }

    // continue-req = "334" SP [base64] CRLF
    /// @return null when the exchange is over because of it; the peer was answered then
    private byte @Nullable [] response(Octets challenge) throws IOException {
        send(SmtpReply.plain(334, Base64Text.encode(challenge.toArray())));
        connection.flush();
        byte[] line;
        try {
            line = connection.input().readLine(settings.lines().auth());
        } catch (LineFault fault) {
            refuseLine(fault);
            return null;
        }
        if (line == null) {
            over = true;
            return null;
        }
        if (line.length == 1 && line[0] == '*') {
            refuse(Replies.AUTH_CANCELLED);
            return null;
        }
        try {
            return Base64Text.decodeStrict(line);
        } catch (SyntaxFault fault) {
            refuse(Replies.AUTH_BROKEN);
            return null;
        }
    }

    private void conclude(LoginResult result) throws IOException {
        switch (result) {
            case LoginResult.Granted granted -> {
                session.signedIn(granted);
                LOG.info(
                        "{} account {} signed in by {}",
                        connection.id(),
                        granted.account().id(),
                        settings.role());
                send(Replies.SIGNED_IN);
            }
            case LoginResult.Denied(Duration delay) -> {
                connection.pause(delay);
                refuse(Replies.NOT_SIGNED_IN);
            }
            case LoginResult.Blocked _ -> end(Replies.AUTH_BLOCKED);
        }
    }

    /// Answers an error, later and later, and ends after too many.
    private void refuse(SmtpReply reply) throws IOException {
        errors++;
        if (errors >= settings.counts().errors()) {
            end(Replies.TOO_MANY_ERRORS);
            return;
        }
        if (errors > FREE_ERRORS) {
            Duration pause = Duration.ofSeconds(errors - FREE_ERRORS);
            Duration longest = settings.times().longestPause();
            connection.pause(pause.compareTo(longest) > 0 ? longest : pause);
        }
        send(reply);
    }

    private void end(SmtpReply reply) throws IOException {
        send(reply);
        over = true;
    }

    private void send(SmtpReply reply) throws IOException {
        LOG.debug("{} > {}", connection.id(), reply.code());
        connection.output().write(reply.toBytes());
    }
}
