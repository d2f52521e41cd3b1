package org.facteur.edge.sieve;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.facteur.net.listen.Connection;
import org.facteur.net.listen.DeadlinePassed;
import org.facteur.wire.managesieve.CommandAssembler;
import org.facteur.wire.managesieve.ManageSieveCommand;
import org.facteur.wire.managesieve.ManageSieveLimits;
import org.facteur.wire.managesieve.ManageSieveReply;
import org.facteur.wire.managesieve.ManageSieveReply.Code;
import org.facteur.wire.managesieve.ManageSieveReply.Ended;
import org.facteur.wire.managesieve.ManageSieveWriter;
import org.facteur.wire.sasl.ChannelBinding;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// The I/O loop of one peer: lines, literals, deadlines, TLS. Owns its thread.
final class ManageSieveConnection {
    private static final int PIECE = 8192;
    private static final int OCTETS_PER_SECOND = 1024;

    private final Connection connection;
    private final ManageSieveServices services;
    private final ManageSieveSettings settings;
    private final ManageSieveWriter writer;
    private long loginEndNanos;
    private CommandAssembler assembler = new CommandAssembler(ManageSieveLimits.BEFORE_LOGIN);
    private ManageSieveLimits limits = ManageSieveLimits.BEFORE_LOGIN;
    private ManageSieveSession session;
    private int errors;

    /// What follows a command.
    enum Next {
        COMMAND,
        START_TLS,
        CLOSE
    }

    ManageSieveConnection(
            Connection connection, ManageSieveServices services, ManageSieveSettings settings) {
        this.connection = connection;
        this.services = services;
        this.settings = settings;
        this.writer =
                new ManageSieveWriter(
                        (octets, offset, length) -> {
                            try {
                                connection.output().write(octets, offset, length);
                            } catch (IOException broken) {
                                throw new UncheckedIOException(broken);
                            }
                        });
        this.loginEndNanos = System.nanoTime() + settings.beforeLogin().toNanos();
        this.session = new ManageSieveSession(this, services);
    }

    void write(ManageSieveReply reply) throws IOException {
        try {
            writer.write(reply);
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    String id() {
        return connection.id();
    }

    InetAddress source() {
        return connection.remote().getAddress();
    }

    /// What a sign-in can be bound to.
    Optional<ChannelBinding> channelBinding() {
        return connection.channelBinding();
    }

    /// Whether a password may pass here.
    boolean mayLogin() {
        return connection.tls().isPresent()
                || (settings.insecurePlaintextLogin() && source().isLoopbackAddress());
    }

    boolean canStartTls() {
        return connection.canStartTls();
    }

    void run() throws IOException {
        connection.deadline(settings.beforeLogin());
        try {
            session.announce();
            while (awaitInput() && oneCommand()) {
                // Each round serves one command.
            }
        } catch (DeadlinePassed _) {
            write(Ended.bye(Code.TRYLATER, "Time is over."));
        } catch (LineFault _) {
            write(Ended.bye(Code.NONE, "Lines end with CRLF and hold no NUL."));
        } catch (EOFException _) {
            return;
        }
        connection.flush();
    }

    private boolean oneCommand() throws IOException {
        ManageSieveCommand command;
        try {
            command = read();
        } catch (SyntaxFault fault) {
            boolean size = CommandAssembler.isTooLarge(fault);
            return fault(
                    size ? Code.MAXSIZE : Code.NONE,
                    size
                            ? "That text is too large."
                            : "Not understood: " + fault.getMessage() + ".");
        }
        if (command == null) {
            return false;
        }
        return switch (session.act(command)) {
            case COMMAND -> true;
            case START_TLS -> startTls();
            case CLOSE -> false;
        };
    }

    /// @return null when nothing can follow
    private @Nullable ManageSieveCommand read() throws IOException {
        while (true) {
            byte[] line = line();
            if (line == null) {
                return null;
            }
            switch (assembler.line(line)) {
                case CommandAssembler.Step.NeedLiteral(int octets) -> {
                    byte[] literal = new byte[octets];
                    moreTime(octets);
                    connection.input().readFully(literal, 0, octets);
                    assembler.literal(literal);
                }
                case CommandAssembler.Step.PassOver(long octets) -> passOver(octets);
                case CommandAssembler.Step.Hopeless _ -> {
                    write(Ended.bye(Code.MAXSIZE, "That text is larger than all limits."));
                    return null;
                }
                case CommandAssembler.Step.Complete(ManageSieveCommand command) -> {
                    return command;
                }
            }
        }
    }

    private byte @Nullable [] line() throws IOException {
        try {
            return connection.input().readLine(limits.line());
        } catch (LineFault fault) {
            if (!fault.inStep() || assembler.inside()) {
                throw fault;
            }
            throw new SyntaxFault(0, "a line of at most " + limits.line() + " octets", null);
        }
    }

    private void passOver(long octets) throws IOException {
        moreTime(octets);
        byte[] piece = new byte[PIECE];
        long left = octets;
        while (left > 0) {
            int count = (int) Math.min(left, piece.length);
            connection.input().readFully(piece, 0, count);
            left -= count;
        }
    }

    private void moreTime(long octets) {
        if (session.signedIn()) {
            connection.deadline(settings.command().plusSeconds(octets / OCTETS_PER_SECOND));
        }
    }

    /// Says that a command was wrong.
    ///
    /// @return whether the peer may go on
    boolean fault(Code code, String text) throws IOException {
        if (++errors >= settings.errors()) {
            write(Ended.bye(Code.NONE, "Too many faulty commands."));
            return false;
        }
        write(Ended.no(code, text));
        return true;
    }

    /// Waits for the next command.
    ///
    /// @return false when the session is over
    private boolean awaitInput() throws IOException {
        if (connection.input().buffered() == 0) {
            connection.flush();
            connection.input().rest();
            boolean input = false;
            while (!input) {
                Duration patience = patience();
                if (!patience.isPositive()) {
                    write(Ended.bye(Code.TRYLATER, "Nothing was asked for a long time."));
                    return false;
                }
                switch (connection.await(patience)) {
                    case INPUT -> input = true;
                    case TIMEOUT -> {
                        // Said above, with the next look at the clock.
                    }
                    case WOKEN -> {
                        if (connection.stopping()) {
                            write(Ended.bye(Code.TRYLATER, "The server is stopping."));
                            return false;
                        }
                    }
                }
            }
        }
        if (session.signedIn()) {
            connection.deadline(settings.command());
        }
        return true;
    }

    private Duration patience() {
        return session.signedIn()
                ? settings.idle()
                : Duration.ofNanos(loginEndNanos - System.nanoTime());
    }

    /// Asks the client for its next step of an exchange (RFC 5804 §2.1).
    ///
    /// @return null when it takes its command back
    /// @throws SyntaxFault when it sends something else
    @Nullable Octets ask(Octets challenge) throws IOException {
        write(new ManageSieveReply.Challenge(challenge));
        connection.flush();
        byte[] line = connection.input().readLine(limits.line());
        if (line == null) {
            throw new EOFException("ended inside AUTHENTICATE");
        }
        long literal = CommandAssembler.responseLiteral(line);
        if (literal < 0) {
            return CommandAssembler.response(line);
        }
        if (literal > limits.literal()) {
            throw new EOFException("a response larger than any");
        }
        byte[] octets = new byte[(int) literal];
        connection.input().readFully(octets, 0, octets.length);
        byte[] rest = connection.input().readLine(limits.line());
        if (rest == null || rest.length > 0) {
            throw SyntaxFault.at(0, "the end of the line", "RFC 5804 §2.1");
        }
        return CommandAssembler.response(octets);
    }

    /// Holds the peer back before it hears an answer.
    void pause(Duration delay) throws IOException {
        if (delay.isPositive()) {
            connection.flush();
            connection.pause(delay);
        }
    }

    /// From now on scripts pass, or no more.
    void allow(ManageSieveLimits allowed) {
        limits = allowed;
        assembler = new CommandAssembler(allowed);
        loginEndNanos = System.nanoTime() + settings.beforeLogin().toNanos();
    }

    private boolean startTls() throws IOException {
        ByteArrayOutputStream goAhead = new ByteArrayOutputStream();
        new ManageSieveWriter(goAhead::write).write(Ended.ok("Begin TLS."));
        connection.flush();
        connection.startTls(goAhead.toByteArray());
        session = new ManageSieveSession(this, services);
        session.announce();
        return true;
    }
}
