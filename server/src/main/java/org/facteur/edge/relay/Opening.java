package org.facteur.edge.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.facteur.core.queue.Carriage;
import org.facteur.core.queue.Smarthost;
import org.facteur.net.listen.Connection;
import org.facteur.net.listen.OutgoingConnection;
import org.facteur.net.tls.ClientContexts;
import org.facteur.net.tls.Protection;
import org.facteur.net.tls.TlsFault;
import org.facteur.wire.address.Domain;
import org.facteur.wire.sasl.SaslClient;
import org.facteur.wire.smtp.SmtpCapabilities;
import org.facteur.wire.smtp.SmtpCapability;
import org.facteur.wire.smtp.SmtpCommand;
import org.facteur.wire.smtp.SmtpCommandWriter;
import org.facteur.wire.smtp.SmtpReply;
import org.facteur.wire.smtp.SmtpReplyReader;

/// A conversation's beginning: greeting, EHLO, TLS, signing in. One thread; used once.
final class Opening {
    private static final SmtpReplyReader READER = new SmtpReplyReader(2048, 100);

    private final RelaySettings settings;
    private final ClientContexts tls;
    private final OutgoingConnection connection;
    private final Domain host;
    private final Protection protection;

    /// The server does not want to talk, whatever the letter.
    static final class Unwelcome extends IOException {
        Unwelcome(SmtpReply reply) {
            super("it said: " + reply.code() + " " + reply.text());
        }
    }

    /// The line is not protected as it must be.
    static final class Unprotected extends IOException {
        private final TlsFault fault;

        Unprotected(TlsFault fault, String words) {
            super(words);
            this.fault = Objects.requireNonNull(fault);
        }

        TlsFault fault() {
            return fault;
        }
    }

    /// What was learnt.
    record Opened(SmtpCapabilities capabilities, Carriage carriage) {
        Opened {
            Objects.requireNonNull(capabilities);
            Objects.requireNonNull(carriage);
        }
    }

    Opening(
            RelaySettings settings,
            ClientContexts tls,
            OutgoingConnection connection,
            Domain host,
            Protection protection) {
        this.settings = settings;
        this.tls = tls;
        this.connection = connection;
        this.host = host;
        this.protection = protection;
    }

    /// @throws Unwelcome when the server sends us away
    /// @throws Unprotected when TLS failed or is not what it must be; the line is useless then
    /// @throws IOException when the line breaks
    Opened run(Way way) throws IOException {
        if (way.implicitTls()) {
            encrypt();
        }
        SmtpReply greeting = read(settings.times().greeting());
        if (greeting.code() != 220) {
            throw new Unwelcome(greeting);
        }
        SmtpCapabilities capabilities = greet();
        if (!way.implicitTls() && !(protection instanceof Protection.Clear)) {
            if (capabilities.has(SmtpCapability.STARTTLS) && startTls()) {
                encrypt();
                capabilities = greet();
            } else if (protection.demanding()) {
                throw new Unprotected(
                        TlsFault.STARTTLS_NOT_SUPPORTED, host + " offers no encryption");
            }
        }
        Smarthost.SignIn signIn = way.signIn();
        if (signIn != null) {
            signIn(signIn);
        }
        return new Opened(capabilities, new Carriage(host.name(), protectedBy()));
    }

    /// EHLO, or HELO to a server that knows no better (RFC 5321 §3.2).
    private SmtpCapabilities greet() throws IOException {
        SmtpReply reply =
                ask(new SmtpCommand.Ehlo(settings.hostname()), settings.times().command());
        if (reply.code() == 250) {
            return SmtpCapabilities.of(reply);
        }
        if (!reply.permanentFailure()) {
            throw new Unwelcome(reply);
        }
        SmtpReply second =
                ask(new SmtpCommand.Helo(settings.hostname()), settings.times().command());
        if (second.code() != 250) {
            throw new Unwelcome(second);
        }
        return SmtpCapabilities.NONE;
    }

    private boolean startTls() throws IOException {
        return ask(new SmtpCommand.StartTls(), settings.times().command()).code() == 220;
    }

    private void encrypt() throws Unprotected {
        try {
            connection.deadline(settings.times().command());
            connection.startTlsAsClient(tls.opportunistic(host.name()));
        } catch (IOException failed) {
            throw new Unprotected(
                    TlsFault.VALIDATION_FAILURE, "TLS with " + host + ": " + failed.getMessage());
        }
        Optional<TlsFault> fault = protection.fault(connection.peerCertificates(), host.name());
        if (fault.isPresent()) {
            throw new Unprotected(
                    fault.get(),
                    "the certificate of " + host + " does not do: " + fault.get().keyword());
        }
    }

    private String protectedBy() {
        return connection
                .tls()
                .map(Connection.TlsSession::protocol)
                .map(
                        protocol ->
                                switch (protection) {
                                    case Protection.Clear _, Protection.Opportunistic _ -> protocol;
                                    case Protection.Trusted _ -> protocol + ", verified";
                                    case Protection.Anchored _ -> protocol + ", DANE";
                                })
                .orElse("");
    }

    /// PLAIN (RFC 4616 §2), and only on an encrypted line.
    private void signIn(Smarthost.SignIn who) throws IOException {
        if (connection.tls().isEmpty()) {
            throw new Unprotected(
                    TlsFault.STARTTLS_NOT_SUPPORTED,
                    "no password goes to " + host + " in the clear");
        }
        SaslClient client = SaslClient.plain(who.user(), who.password());
        SmtpReply reply =
                ask(new SmtpCommand.Auth("PLAIN", client.first()), settings.times().command());
        if (reply.code() != 235) {
            throw new Unwelcome(reply);
        }
    }

    private SmtpReply ask(SmtpCommand command, Duration patience) throws IOException {
        connection.deadline(patience);
        connection.output().write(SmtpCommandWriter.write(command));
        connection.flush();
        return read(patience);
    }

    private SmtpReply read(Duration patience) throws IOException {
        connection.deadline(patience);
        return READER.read(connection.input());
    }
}
