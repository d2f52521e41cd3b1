package org.facteur.edge.pop3;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.facteur.net.listen.Connection;
import org.facteur.net.listen.DeadlinePassed;
import org.facteur.wire.pop3.Pop3Code;
import org.facteur.wire.pop3.Pop3Parser;
import org.facteur.wire.pop3.Pop3Reply;
import org.facteur.wire.pop3.Pop3Writer;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// The I/O loop of one peer: lines, deadlines, TLS. Owns its thread.
final class Pop3Connection {
    private final Connection connection;
    private final Pop3Settings settings;
    private final Function<Pop3Connection, Pop3Session> sessions;
    private final Pop3Writer writer;
    private final Pop3Parser parser;
    private final long loginEndNanos;
    private Pop3Session session;
    private int errors;

    /// What follows a command.
    enum Next {
        COMMAND,
        START_TLS,
        CLOSE
    }

    Pop3Connection(
            Connection connection,
            Pop3Settings settings,
            Function<Pop3Connection, Pop3Session> sessions) {
        this.connection = connection;
        this.settings = settings;
        this.sessions = sessions;
        this.writer = new Pop3Writer(connection.output());
        this.parser = new Pop3Parser(settings.limits());
        this.loginEndNanos = System.nanoTime() + settings.beforeLogin().toNanos();
        this.session = sessions.apply(this);
    }

    Pop3Writer writer() {
        return writer;
    }

    String id() {
        return connection.id();
    }

    InetAddress source() {
        return connection.remote().getAddress();
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
            writer.write(new Pop3Reply.Ok("POP3 ready."));
            boolean open = true;
            while (open) {
                open = awaitInput() && oneCommand();
            }
        } catch (DeadlinePassed | EOFException gone) {
            // RFC 1939 §3: the line is closed without a word, and nothing is deleted.
            return;
        }
    }

    private boolean oneCommand() throws IOException {
        byte[] line;
        try {
            line = connection.input().readLine(settings.limits().commandOctets());
        } catch (LineFault fault) {
            return fault(null, fault.inStep() ? "That line is too long." : "That is no line.")
                    && fault.inStep();
        }
        if (line == null) {
            return false;
        }
        Next next;
        try {
            next = session.act(parser.parse(line));
        } catch (SyntaxFault fault) {
            return fault(null, "Not understood: " + fault.getMessage() + ".");
        }
        return switch (next) {
            case COMMAND -> true;
            case START_TLS -> startTls();
            case CLOSE -> false;
        };
    }

    /// Says that a command was wrong.
    ///
    /// @return whether the peer may go on
    boolean fault(@Nullable Pop3Code code, String text) throws IOException {
        writer.write(new Pop3Reply.Err(code, text));
        return ++errors < settings.errors();
    }

    /// Waits for the next command.
    ///
    /// @return false when the session is over
    private boolean awaitInput() throws IOException {
        if (connection.input().buffered() > 0) {
            return goOn();
        }
        connection.flush();
        connection.input().rest();
        while (true) {
            Duration patience = patience();
            if (!patience.isPositive()) {
                return false;
            }
            switch (connection.await(patience)) {
                case INPUT -> {
                    return goOn();
                }
                case TIMEOUT -> {
                    return false;
                }
                case WOKEN -> {
                    if (connection.stopping()) {
                        writer.write(new Pop3Reply.Err(null, "The server is stopping."));
                        return false;
                    }
                }
            }
        }
    }

    private boolean goOn() {
        if (session.signedIn()) {
            connection.deadline(settings.idle());
            return true;
        }
        return patience().isPositive();
    }

    private Duration patience() {
        return session.signedIn()
                ? settings.idle()
                : Duration.ofNanos(loginEndNanos - System.nanoTime());
    }

    /// Gives a letter of this size time to pass: a kilobyte a second at least.
    void deadlineFor(long octets) {
        connection.deadline(settings.idle().plusSeconds(octets / 1000));
    }

    /// Asks the client for its next step of an AUTH exchange (RFC 5034 §4).
    ///
    /// @return empty when it gives up or sends no base64, or has ended
    Optional<byte[]> ask(byte[] challenge) throws IOException {
        writer.write(new Pop3Reply.Challenge(challenge));
        connection.flush();
        try {
            byte @Nullable [] line =
                    connection.input().readLine(settings.limits().responseOctets());
            return line == null ? Optional.empty() : parser.parseResponse(line);
        } catch (SyntaxFault notBase64) {
            return Optional.empty();
        } catch (LineFault fault) {
            if (!fault.inStep()) {
                throw new EOFException("the peer sends no lines");
            }
            return Optional.empty();
        }
    }

    /// Holds the peer back before it hears an answer.
    void pause(Duration delay) throws IOException {
        if (delay.isPositive()) {
            connection.flush();
            connection.pause(delay);
        }
    }

    private boolean startTls() throws IOException {
        ByteArrayOutputStream goAhead = new ByteArrayOutputStream();
        new Pop3Writer(goAhead).write(new Pop3Reply.Ok("Begin TLS."));
        connection.flush();
        connection.startTls(goAhead.toByteArray());
        session = sessions.apply(this);
        return true;
    }
}
