package org.facteur.edge.smtp;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Incident;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.account.AccountId;
import org.facteur.core.deliver.Consignment;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.intake.EntryRules;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.intake.ReceivedField;
import org.facteur.core.intake.SubmittedHeader;
import org.facteur.core.intake.TransferProtocol;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.net.listen.Connection;
import org.facteur.net.listen.DeadlinePassed;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.DataReader;
import org.facteur.wire.smtp.SmtpReply;
import org.facteur.wire.text.SyntaxFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one letter, from the 354 to its answer. One thread; used once.
final class LetterReceipt {
    private static final Logger LOG = LoggerFactory.getLogger(LetterReceipt.class);

    /// After its first minute a letter must have brought this much for each second.
    private static final long OCTETS_PER_SECOND = 1000;

    private static final long FREE_SECONDS = 60;

    /// How far past the largest letter a refused one is swallowed.
    private static final long SWALLOWED = 64L * 1024 * 1024;

    private final Connection connection;
    private final SmtpSettings settings;
    private final SmtpServices services;
    private final SmtpSession session;
    private final Transaction transaction;
    private final Instant received;

    /// The answers, and whether the conversation must end with them.
    record Outcome(List<SmtpReply> replies, boolean last) {
        Outcome {
            replies = List.copyOf(replies);
        }
    }

    LetterReceipt(
            Connection connection,
            SmtpSettings settings,
            SmtpServices services,
            SmtpSession session,
            Transaction transaction) {
        this.connection = connection;
        this.settings = settings;
        this.services = services;
        this.session = session;
        this.transaction = transaction;
        this.received = services.clock().instant();
    }

    /// @param number which letter of the session this is
    /// @throws DeadlinePassed when the peer is too slow
    Outcome take(int number) throws IOException {
        String id = id(number);
        try (LetterWriter writer =
                new LetterWriter(services.boxes().blobs(), settings.sizeBytes(), rules(id))) {
            DataReader reader = new DataReader(writer::write, SmtpSettings.TEXT_LINE);
            if (!readAll(reader)) {
                return new Outcome(List.of(Replies.TOO_LARGE), true);
            }
            DataReader.Fault fault = reader.fault();
            if (fault != null) {
                return answer(Replies.fault(fault));
            }
            return finish(writer, id);
        }
    }

    private EntryRules rules(String id) {
        return switch (settings.role()) {
            case RECEPTION -> EntryRules.reception(settings.hostname());
            case LMTP -> EntryRules.trusted();
            case SUBMISSION ->
                    EntryRules.submission(
                            new EntryRules.Completion(id, settings.hostname(), received));
        };
    }

    /// Letters, digits and hyphens; leads from an answer to the log.
    private String id(int number) {
        return Long.toString(received.toEpochMilli(), 36)
                + "-"
                + connection.id().toLowerCase(Locale.ROOT)
                + "-"
                + number;
    }

    /// @return false when the letter goes on and on
    private boolean readAll(DataReader reader) throws IOException {
        long begun = System.nanoTime();
        boolean more;
        do {
            connection.deadline(settings.times().dataBlock());
            more = reader.read(connection.input());
            long seconds = (System.nanoTime() - begun) / 1_000_000_000L;
            if (seconds > FREE_SECONDS
                    && reader.octets() < (seconds - FREE_SECONDS) * OCTETS_PER_SECOND) {
                throw new DeadlinePassed();
            }
            if (reader.octets() > settings.sizeBytes() + SWALLOWED) {
                return false;
            }
        } while (more);
        connection.deadline(settings.times().command());
        return true;
    }

    private Outcome finish(LetterWriter writer, String id) {
        try {
            try (NewLetter letter = writer.finish()) {
                Outcome outcome =
                        settings.role() == SmtpRole.LMTP
                                ? deliverEach(letter, writer, id)
                                : answer(deliver(letter, writer, id, transaction.recipients()));
                log(id, writer.size(), outcome);
                return outcome;
            }
        } catch (Refusal | SyntaxFault | Busy expected) {
            return answer(reply(expected));
        } catch (RuntimeException bug) {
            return answer(broken(bug));
        }
    }

    /// LMTP answers for each recipient (RFC 2033 §4.2).
    private Outcome deliverEach(NewLetter letter, LetterWriter writer, String id) {
        List<SmtpReply> replies = new ArrayList<>();
        for (Envelope.Recipient recipient : transaction.recipients()) {
            replies.add(deliver(letter, writer, id, List.of(recipient)));
        }
        return new Outcome(replies, false);
    }

    private SmtpReply deliver(
            NewLetter letter, LetterWriter writer, String id, List<Envelope.Recipient> recipients) {
        try {
            Optional<Account> submitter = session.account();
            if (submitter.isPresent()) {
                new SubmittedHeader(letter)
                        .refuseForged(
                                address ->
                                        services.directory().owns(submitter.get().id(), address));
            }
            services.delivery()
                    .accept(
                            new Consignment(
                                    letter,
                                    envelope(recipients, submitter.map(Account::id)),
                                    trace(id, recipients),
                                    writer.eightBit(),
                                    received,
                                    writer.deliveredTo(),
                                    null));
            return SmtpReply.of(250, "2.0.0", "Letter accepted as " + id);
        } catch (Refusal | SyntaxFault | Busy expected) {
            return reply(expected);
        } catch (RuntimeException bug) {
            return broken(bug);
        }
    }

    private Envelope envelope(List<Envelope.Recipient> recipients, Optional<AccountId> submitter) {
        return new Envelope(
                transaction.sender(),
                recipients,
                submitter.orElse(null),
                transaction.parameters().smtpUtf8(),
                transaction.parameters().wishes());
    }

    /// Where people hand letters in, nobody need know from where.
    private byte[] trace(String id, List<Envelope.Recipient> recipients) {
        boolean submitted = session.account().isPresent();
        SmtpState.Greeting greeting = session.greeting();
        ReceivedField.Peer peer =
                submitted
                        ? null
                        : new ReceivedField.Peer(
                                greeting == null ? null : greeting.name(),
                                connection.remote().getAddress());
        return new ReceivedField(
                        peer,
                        settings.hostname(),
                        new TransferProtocol(
                                settings.role() == SmtpRole.LMTP,
                                greeting != null && greeting.extended(),
                                connection.tls().isPresent(),
                                submitted,
                                transaction.parameters().smtpUtf8()),
                        id,
                        recipients.size() == 1 ? recipients.getFirst().address() : null,
                        received.atZone(ZoneId.systemDefault()).toOffsetDateTime().withNano(0))
                .toBytes();
    }

    private static SmtpReply reply(RuntimeException expected) {
        return switch (expected) {
            case Refusal refusal -> Replies.refused(refusal);
            case SyntaxFault _ -> Replies.structure();
            default -> {
                LOG.warn("a letter waits: {}", expected.getMessage());
                yield Replies.BUSY;
            }
        };
    }

    private SmtpReply broken(RuntimeException bug) {
        Incident incident = Incident.create();
        LOG.error("{} incident {}", connection.id(), incident, bug);
        return Replies.incident(incident);
    }

    /// LMTP owes an answer for each recipient, whatever happened (RFC 2033 §4.2).
    private Outcome answer(SmtpReply reply) {
        int times = settings.role() == SmtpRole.LMTP ? transaction.recipientCount() : 1;
        return new Outcome(java.util.Collections.nCopies(times, reply), false);
    }

    private void log(String id, long bytes, Outcome outcome) {
        EmailAddress sender = transaction.sender();
        LOG.info(
                "letter {} from {} for {}: {} bytes, {}, {}",
                id,
                sender == null ? "<>" : sender.domain(),
                transaction.recipientCount(),
                bytes,
                connection.tls().isPresent() ? "TLS" : "clear",
                outcome.replies().getFirst().code());
    }
}
