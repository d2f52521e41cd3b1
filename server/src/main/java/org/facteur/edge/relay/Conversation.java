package org.facteur.edge.relay;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.QueuedLetter;
import org.facteur.core.queue.QueuedRecipient;
import org.facteur.core.queue.RecipientResult;
import org.facteur.net.listen.OutgoingConnection;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.BodyKind;
import org.facteur.wire.smtp.DotStuffer;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.MailParameters;
import org.facteur.wire.smtp.RcptParameters;
import org.facteur.wire.smtp.SmtpCapabilities;
import org.facteur.wire.smtp.SmtpCapability;
import org.facteur.wire.smtp.SmtpCommand;
import org.facteur.wire.smtp.SmtpCommandWriter;
import org.facteur.wire.smtp.SmtpReply;
import org.facteur.wire.smtp.SmtpReplyReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One item and one server: from the greeting to the answer to the final dot. One thread; used
/// once.
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final SmtpReplyReader READER = new SmtpReplyReader(2048, 100);
    private static final int PIECE = 16 * 1024;

    private final RelaySettings settings;
    private final RelayServices services;
    private final OutgoingConnection connection;
    private final Domain host;
    private final QueueItem item;

    /// How a conversation ended.
    sealed interface Ending {}

    /// The server decided.
    record Done(List<RecipientResult> results) implements Ending {
        public Done {
            results = List.copyOf(results);
        }
    }

    /// This server cannot be talked to now; another may.
    ///
    /// @param status enhanced status should there be no other
    record Next(String status, String why) implements Ending {
        public Next {
            Objects.requireNonNull(status);
            Objects.requireNonNull(why);
        }
    }

    /// TLS was offered and did not come about; the line is broken.
    static final class NotEncrypted extends IOException {
        NotEncrypted(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    Conversation(
            RelaySettings settings,
            RelayServices services,
            OutgoingConnection connection,
            Domain host,
            QueueItem item) {
        this.settings = settings;
        this.services = services;
        this.connection = connection;
        this.host = host;
        this.item = item;
    }

    /// The server does not want to talk, whatever the letter.
    private static final class Unwelcome extends IOException {
        Unwelcome(SmtpReply reply) {
            super("it said: " + reply.code() + " " + reply.text());
        }
    }

    /// @param encrypt whether STARTTLS is used where it is offered
    /// @throws NotEncrypted to be tried again without
    Ending run(boolean encrypt) throws IOException {
        try {
            SmtpReply greeting = read(settings.times().greeting());
            if (greeting.code() != 220) {
                throw new Unwelcome(greeting);
            }
            SmtpCapabilities capabilities = greet();
            if (encrypt && capabilities.has(SmtpCapability.STARTTLS)) {
                SmtpReply reply = ask(new SmtpCommand.StartTls(), settings.times().command());
                if (reply.code() == 220) {
                    beginTls();
                    capabilities = greet();
                }
            }
            Ending ending = hand(capabilities);
            quit();
            return ending;
        } catch (Unwelcome unwelcome) {
            return new Next("4.3.2", String.valueOf(unwelcome.getMessage()));
        }
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

    private void beginTls() throws NotEncrypted {
        try {
            connection.deadline(settings.times().command());
            connection.startTlsAsClient(services.outside().tls().opportunistic(host.name()));
        } catch (IOException failed) {
            throw new NotEncrypted(failed);
        }
    }

    /// Hands the letter over, if it can go this way at all.
    private Ending hand(SmtpCapabilities capabilities) throws IOException {
        QueuedLetter letter = item.letter();
        if (letter.sizeBytes() > capabilities.sizeLimit()) {
            return new Done(
                    Verdicts.refused(item, "5.3.4", host + " takes no letters of this size"));
        }
        if (letter.international() && !capabilities.has(SmtpCapability.SMTPUTF8)) {
            return new Done(
                    Verdicts.refused(item, "5.6.7", host + " takes no international addresses"));
        }
        if (letter.eightBit() && !capabilities.has(SmtpCapability.EIGHT_BIT_MIME)) {
            return new Done(
                    Verdicts.refused(item, "5.6.3", host + " takes no letters with 8-bit text"));
        }
        return envelope(capabilities);
    }

    private SmtpCommand.Mail mail(SmtpCapabilities capabilities) {
        QueuedLetter letter = item.letter();
        return new SmtpCommand.Mail(
                item.origin().sender(),
                new MailParameters(
                        capabilities.has(SmtpCapability.SIZE) ? letter.sizeBytes() : -1,
                        letter.international(),
                        null,
                        LetterWishes.NONE.withBody(
                                capabilities.has(SmtpCapability.EIGHT_BIT_MIME) && letter.eightBit()
                                        ? BodyKind.EIGHT_BIT_MIME
                                        : null)));
    }

    /// MAIL, RCPT and DATA: in one go where that is offered (RFC 2920 §3.1), else one by one.
    private Ending envelope(SmtpCapabilities capabilities) throws IOException {
        boolean pipelined = capabilities.has(SmtpCapability.PIPELINING);
        List<SmtpCommand> commands = new ArrayList<>();
        commands.add(mail(capabilities));
        for (QueuedRecipient recipient : item.waiting()) {
            commands.add(new SmtpCommand.Rcpt(recipient.address(), RcptParameters.NONE));
        }
        connection.deadline(settings.times().command());
        if (pipelined) {
            for (SmtpCommand command : commands) {
                write(command);
            }
            write(new SmtpCommand.Data());
            connection.flush();
        }
        List<SmtpReply> replies = new ArrayList<>();
        for (SmtpCommand command : commands) {
            replies.add(
                    pipelined
                            ? read(settings.times().command())
                            : ask(command, settings.times().command()));
            if (!pipelined && !replies.getFirst().positive()) {
                break;
            }
        }
        return decide(replies, pipelined);
    }

    private Ending decide(List<SmtpReply> replies, boolean pipelined) throws IOException {
        SmtpReply mail = replies.getFirst();
        List<RecipientResult> results = new ArrayList<>();
        List<EmailAddress> accepted = new ArrayList<>();
        for (int i = 1; i < replies.size(); i++) {
            EmailAddress recipient = item.waiting().get(i - 1).address();
            if (replies.get(i).positive()) {
                accepted.add(recipient);
            } else {
                results.add(Verdicts.of(recipient, replies.get(i), host));
            }
        }
        boolean nobody = !mail.positive() || accepted.isEmpty();
        if (nobody && !pipelined) {
            return envelopeRefused(mail, results);
        }
        SmtpReply data =
                pipelined
                        ? read(settings.times().data())
                        : ask(new SmtpCommand.Data(), settings.times().data());
        if (nobody) {
            endUnwantedLetter(data);
            return envelopeRefused(mail, results);
        }
        SmtpReply last;
        try {
            last = data.code() == 354 ? letter() : data;
        } catch (IOException broken) {
            // It may have the letter all the same: no other server gets it in this attempt.
            return new Done(Verdicts.deferred(item, "4.4.2", host + " left during the letter"));
        }
        if (last.code() == 421) {
            return results.isEmpty()
                    ? new Next("4.3.2", "it said: 421 " + last.text())
                    : new Done(results);
        }
        for (EmailAddress recipient : accepted) {
            results.add(Verdicts.of(recipient, last, host));
        }
        return new Done(results);
    }

    private Ending envelopeRefused(SmtpReply mail, List<RecipientResult> results) {
        if (mail.code() == 421) {
            return new Next("4.3.2", "it said: 421 " + mail.text());
        }
        return new Done(mail.positive() ? results : Verdicts.all(item, mail, host));
    }

    /// A server that says 354 although nobody was accepted gets an empty letter (RFC 2920 §3.1).
    private void endUnwantedLetter(SmtpReply data) throws IOException {
        if (data.code() == 354) {
            new DotStuffer(connection.output()).finish();
            connection.flush();
            read(settings.times().end());
        }
    }

    /// The letter, and what is said of it.
    private SmtpReply letter() throws IOException {
        DotStuffer stuffer = new DotStuffer(connection.output());
        byte[] piece = new byte[PIECE];
        try (InputStream in = services.queue().read(item)) {
            for (int some = in.read(piece); some >= 0; some = in.read(piece)) {
                connection.deadline(settings.times().block());
                stuffer.write(piece, 0, some);
            }
        }
        connection.deadline(settings.times().block());
        stuffer.finish();
        connection.flush();
        return read(settings.times().end());
    }

    private void quit() {
        try {
            connection.deadline(settings.times().connect());
            write(new SmtpCommand.Quit());
            connection.flush();
        } catch (IOException gone) {
            LOG.debug("{} left before QUIT", host);
        }
    }

    private SmtpReply ask(SmtpCommand command, Duration patience) throws IOException {
        connection.deadline(patience);
        write(command);
        connection.flush();
        return read(patience);
    }

    private SmtpReply read(Duration patience) throws IOException {
        connection.deadline(patience);
        return READER.read(connection.input());
    }

    private void write(SmtpCommand command) throws IOException {
        connection.output().write(SmtpCommandWriter.write(command));
    }
}
