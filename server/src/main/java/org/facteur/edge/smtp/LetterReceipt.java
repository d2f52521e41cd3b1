package org.facteur.edge.smtp;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Incident;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
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
import org.facteur.net.milter.MilterClient;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.BodyKind;
import org.facteur.wire.smtp.ChunkReader;
import org.facteur.wire.smtp.DataReader;
import org.facteur.wire.smtp.LetterSource;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.MailParameters;
import org.facteur.wire.smtp.SmtpReply;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.OctetSink;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one letter, from its first octet to its answer. One thread; used for one letter.
final class LetterReceipt implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LetterReceipt.class);

    /// How far past the largest letter a refused one is swallowed.
    static final long SWALLOWED = 64L * 1024 * 1024;

    /// What a filter may add to a letter.
    private static final long FILTER_BYTES = 1024 * 1024;

    private static final int MOST_TRACE = 32 * 1024;

    private final Connection connection;
    private final SmtpSettings settings;
    private final SmtpServices services;
    private final Announcement announcement;
    private final String id;
    private final Instant received;
    private final LetterWriter writer;
    private final ChunkReader chunks;
    private final @Nullable SenderCheck senderCheck;
    private final OctetSink octets;
    private boolean keepApart;

    /// The answers, and whether the conversation must end with them.
    record Outcome(List<SmtpReply> replies, boolean last) {
        Outcome {
            replies = List.copyOf(replies);
        }

        boolean refused() {
            return replies.stream().noneMatch(SmtpReply::positive);
        }
    }

    /// @param id letters, digits and hyphens; leads from an answer to the log
    LetterReceipt(
            Connection connection,
            SmtpSettings settings,
            SmtpServices services,
            Announcement announcement,
            String id) {
        this.connection = connection;
        this.settings = settings;
        this.services = services;
        this.announcement = announcement;
        this.id = id;
        this.received = services.clock().instant();
        this.writer = new LetterWriter(services.boxes().blobs(), settings.sizeBytes(), rules());
        SenderCheck check =
                SenderCheck.of(settings, services, connection.remote().getAddress()).orElse(null);
        this.senderCheck = check;
        this.octets = check == null ? writer::write : both(check, writer);
        this.chunks =
                new ChunkReader(
                        octets,
                        SmtpSettings.TEXT_LINE,
                        parameters().body() == BodyKind.BINARY_MIME);
    }

    /// What is judged are the octets as they came, before the door changes the header.
    private static OctetSink both(SenderCheck check, LetterWriter writer) {
        return (octets, offset, length) -> {
            check.accept(octets, offset, length);
            writer.write(octets, offset, length);
        };
    }

    private MailParameters parameters() {
        return announcement.transaction().parameters();
    }

    private EntryRules rules() {
        return switch (settings.role()) {
            case RECEPTION -> EntryRules.reception(settings.hostname());
            case LMTP -> EntryRules.trusted();
            case SUBMISSION ->
                    EntryRules.submission(
                            new EntryRules.Completion(id, settings.hostname(), received));
        };
    }

    /// Takes the letter after DATA.
    ///
    /// @throws DeadlinePassed when the peer is too slow
    Outcome data() throws IOException {
        DataReader reader = new DataReader(octets, SmtpSettings.TEXT_LINE);
        if (!readAll(reader)) {
            return new Outcome(List.of(Replies.TOO_LARGE), true);
        }
        LetterSource.Fault fault = reader.fault();
        return fault == null ? finish() : answer(Replies.fault(fault));
    }

    /// Takes one chunk, to its last octet whatever becomes of it (RFC 3030 §2).
    ///
    /// @param last whether the letter ends with it
    /// @throws DeadlinePassed when the peer is too slow
    Outcome chunk(long octets, boolean last) throws IOException {
        if (octets > settings.sizeBytes() + SWALLOWED) {
            return new Outcome(List.of(Replies.TOO_LARGE), true);
        }
        chunks.begin(octets);
        if (!readAll(chunks)) {
            return new Outcome(List.of(Replies.TOO_LARGE), true);
        }
        if (last) {
            chunks.end();
        }
        LetterSource.Fault fault = chunks.fault();
        SmtpReply refusal =
                fault != null
                        ? Replies.fault(fault)
                        : chunks.octets() > settings.sizeBytes() ? Replies.TOO_LARGE : null;
        if (!last) {
            return new Outcome(List.of(refusal == null ? Replies.CHUNK_TAKEN : refusal), false);
        }
        return refusal == null ? finish() : answer(refusal);
    }

    /// @return false when the letter goes on and on
    private boolean readAll(LetterSource source) throws IOException {
        long begun = System.nanoTime();
        long before = source.octets();
        boolean more;
        do {
            connection.deadline(settings.times().dataBlock());
            more = source.read(connection.input());
            if (settings.times()
                    .pace()
                    .missed(System.nanoTime() - begun, source.octets() - before)) {
                throw new DeadlinePassed();
            }
            if (source.octets() > settings.sizeBytes() + SWALLOWED) {
                return false;
            }
        } while (more);
        connection.deadline(settings.times().command());
        return true;
    }

    private Outcome finish() {
        try {
            Outcome outcome =
                    switch (filtered(authenticated(writer.finish()))) {
                        case FilterStep.Outcome.Deliver(NewLetter letter, boolean apart) -> {
                            keepApart |= apart;
                            yield deliver(letter);
                        }
                        case FilterStep.Outcome.Answer(SmtpReply reply) -> answer(reply);
                    };
            log(outcome);
            return outcome;
        } catch (Refusal | SyntaxFault | Busy expected) {
            return answer(reply(expected));
        } catch (RuntimeException bug) {
            return answer(broken(bug));
        }
    }

    private NewLetter authenticated(NewLetter letter) {
        SenderCheck check = senderCheck;
        if (check != null) {
            try {
                check.judge(letter, announcement, id);
            } catch (RuntimeException refused) {
                letter.close();
                throw refused;
            }
            keepApart = check.apart();
        }
        return letter;
    }

    private FilterStep.Outcome filtered(NewLetter letter) {
        MilterClient filter = services.extras().filter();
        return filter == null || settings.role() == SmtpRole.LMTP
                ? new FilterStep.Outcome.Deliver(letter, false)
                : new FilterStep(filter, announcement, connection.remote(), id)
                        .judge(
                                letter,
                                () ->
                                        new LetterWriter(
                                                services.boxes().blobs(),
                                                settings.sizeBytes() + FILTER_BYTES));
    }

    private Outcome deliver(NewLetter letter) {
        try (letter) {
            return settings.role() == SmtpRole.LMTP
                    ? deliverEach(letter)
                    : answer(deliver(letter, announcement.recipients()));
        }
    }

    /// LMTP answers for each recipient (RFC 2033 §4.2).
    private Outcome deliverEach(NewLetter letter) {
        List<SmtpReply> replies = new ArrayList<>();
        for (Envelope.Recipient recipient : announcement.recipients()) {
            replies.add(deliver(letter, List.of(recipient)));
        }
        return new Outcome(replies, false);
    }

    private SmtpReply deliver(NewLetter letter, List<Envelope.Recipient> recipients) {
        try {
            Account submitter = announcement.submitter();
            if (submitter != null) {
                new SubmittedHeader(letter)
                        .refuseForged(
                                address -> services.directory().owns(submitter.id(), address));
            }
            services.delivery()
                    .accept(
                            new Consignment(
                                    letter,
                                    envelope(recipients, submitter),
                                    trace(recipients),
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

    private Envelope envelope(List<Envelope.Recipient> recipients, @Nullable Account submitter) {
        LetterWishes wishes = parameters().wishes();
        LetterWishes.Release release = wishes.release();
        Envelope envelope =
                new Envelope(
                        announcement.transaction().sender(),
                        recipients,
                        submitter == null ? null : submitter.id(),
                        parameters().smtpUtf8(),
                        release == null
                                ? wishes
                                : wishes.withRelease(
                                        new LetterWishes.Release.At(release.moment(received))));
        return keepApart ? envelope.keptApart() : envelope;
    }

    /// Where people hand letters in, nobody need know from where.
    private byte[] trace(List<Envelope.Recipient> recipients) {
        boolean submitted = announcement.submitter() != null;
        SmtpState.Greeting greeting = announcement.greeting();
        ReceivedField.Peer peer =
                submitted
                        ? null
                        : new ReceivedField.Peer(greeting.name(), connection.remote().getAddress());
        byte[] received = receivedField(peer, recipients, submitted);
        SenderCheck check = senderCheck;
        if (check == null) {
            return received;
        }
        OctetBuffer trace = new OctetBuffer(MOST_TRACE);
        byte[] results = check.field();
        trace.accept(results, 0, results.length);
        trace.accept(received, 0, received.length);
        return trace.toArray();
    }

    private byte[] receivedField(
            ReceivedField.@Nullable Peer peer,
            List<Envelope.Recipient> recipients,
            boolean submitted) {
        SmtpState.Greeting greeting = announcement.greeting();
        return new ReceivedField(
                        peer,
                        settings.hostname(),
                        new TransferProtocol(
                                settings.role() == SmtpRole.LMTP,
                                greeting.extended(),
                                connection.tls().isPresent(),
                                submitted,
                                parameters().smtpUtf8()),
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
        int times =
                settings.role() == SmtpRole.LMTP ? announcement.transaction().recipientCount() : 1;
        return new Outcome(Collections.nCopies(times, reply), false);
    }

    private void log(Outcome outcome) {
        EmailAddress sender = announcement.transaction().sender();
        LOG.info(
                "letter {} from {} for {}: {} bytes, {}, {}",
                id,
                sender == null ? "<>" : sender.domain(),
                announcement.transaction().recipientCount(),
                writer.size(),
                connection.tls().isPresent() ? "TLS" : "clear",
                outcome.replies().getFirst().code());
    }

    /// Drops what was not finished.
    @Override
    public void close() {
        writer.close();
    }
}
