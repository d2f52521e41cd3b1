package org.facteur.core.deliver;

import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.facteur.base.word.Language;
import org.facteur.base.word.Sentence;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.QueuedRecipient;
import org.facteur.store.blob.Blob;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.LocalPart;
import org.facteur.wire.mime.HeaderFilter;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.NamedAddress;
import org.facteur.wire.report.DeliveryAction;
import org.facteur.wire.report.DeliveryOutcome;
import org.facteur.wire.report.DeliveryReport;
import org.facteur.wire.report.DeliveryReportLetter;
import org.facteur.wire.report.EnhancedStatus;
import org.facteur.wire.report.RecipientReport;
import org.facteur.wire.report.ReportFrame;
import org.facteur.wire.report.ReportWording;
import org.facteur.wire.smtp.RcptParameters;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Tells senders what became of their letters (RFC 3464), in words a person understands. Any
/// thread.
///
/// Reports go to the envelope sender only, carry the empty reverse path and no body of the
/// original, and nothing is ever reported about a letter whose own reverse path is empty (RFC 5321
/// §4.5.5).
public final class Bounces {
    private static final Sentence POSTMAN = new Sentence("Postmaster", "Facteur");

    private final Delivery delivery;
    private final Queue queue;
    private final Domain host;
    private final InstantSource clock;

    /// @param host this server's name, from which reports come
    public Bounces(Delivery delivery, Queue queue, Domain host, InstantSource clock) {
        this.delivery = delivery;
        this.queue = queue;
        this.host = host;
        this.clock = clock;
    }

    /// Reports the settled recipients of an item, then takes them out of it. Doing it again after a
    /// crash sends nothing twice.
    public void report(QueueItem item) {
        if (item.toTell().isEmpty()) {
            return;
        }
        for (QueuedRecipient.State state : QueuedRecipient.State.values()) {
            List<QueuedRecipient> about =
                    item.toTell().stream()
                            .filter(each -> each.state() == state && wanted(each))
                            .toList();
            if (!about.isEmpty()) {
                send(item, about, action(state), null);
            }
        }
        queue.reported(item.id());
    }

    /// Whether the sender wants to hear what became of a recipient (RFC 3461 §4.1).
    private static boolean wanted(QueuedRecipient recipient) {
        return recipient
                .wishes()
                .wants(
                        switch (recipient.state()) {
                            case WAITING -> RcptParameters.Notify.DELAY;
                            case FAILED -> RcptParameters.Notify.FAILURE;
                            case DELIVERED, RELAYED, EXPANDED -> RcptParameters.Notify.SUCCESS;
                        });
    }

    private static DeliveryAction action(QueuedRecipient.State state) {
        return switch (state) {
            case WAITING -> DeliveryAction.DELAYED;
            case FAILED -> DeliveryAction.FAILED;
            case DELIVERED -> DeliveryAction.DELIVERED;
            case RELAYED -> DeliveryAction.RELAYED;
            case EXPANDED -> DeliveryAction.EXPANDED;
        };
    }

    /// Tells the sender, once, that a letter is late and still tried.
    ///
    /// @param until when it will be given up
    public void reportDelayed(QueueItem item, java.time.Instant until) {
        List<QueuedRecipient> about = item.waiting().stream().filter(Bounces::wanted).toList();
        if (!about.isEmpty() && !item.schedule().delayTold()) {
            send(item, about, DeliveryAction.DELAYED, local(until));
            queue.delayTold(item.id());
        }
    }

    private void send(
            QueueItem item,
            List<QueuedRecipient> about,
            DeliveryAction action,
            @Nullable OffsetDateTime until) {
        EmailAddress from = item.origin().sender();
        if (from == null) {
            return;
        }
        EmailAddress sender = delivery.forwards().original(from);
        DeliveryReport report =
                new DeliveryReport(
                        envelopeId(item),
                        new HeaderText(host.name()),
                        local(item.schedule().created()),
                        about.stream().map(each -> recipient(each, action, until)).toList());
        ReportWording wording = wording(item.origin().language());
        byte[] header = header(item);
        String key = "report-" + item.id() + "-" + action + "-" + item.schedule().attempts();
        ReportFrame frame =
                new ReportFrame(
                        new NamedAddress(
                                new HeaderText(POSTMAN.in(item.origin().language())),
                                new EmailAddress(LocalPart.of("postmaster"), host)),
                        sender,
                        local(clock.instant()),
                        key.toLowerCase(java.util.Locale.ROOT) + "@" + host.name(),
                        wording.subject(action, subject(header)));
        int days = (int) Duration.between(item.schedule().created(), clock.instant()).toDays();
        delivery.acceptOwn(
                DeliveryReportLetter.write(frame, report, wording.text(report, days), header),
                Envelope.plain(null, List.of(sender), null, report.isInternational()),
                key);
    }

    private RecipientReport recipient(
            QueuedRecipient recipient, DeliveryAction action, @Nullable OffsetDateTime until) {
        return new RecipientReport(
                recipient.address(),
                original(recipient),
                new DeliveryOutcome(action, EnhancedStatus.parse(recipient.status())),
                null,
                recipient.answer().isEmpty() ? null : clean(recipient.answer()),
                local(clock.instant()),
                until);
    }

    private static @Nullable HeaderText envelopeId(QueueItem item) {
        String id = item.letter().wishes().envelopeId();
        return id == null ? null : clean(id);
    }

    /// The recipient the sender meant, where we can write it (RFC 3464 §2.3.1).
    private static @Nullable EmailAddress original(QueuedRecipient recipient) {
        RcptParameters.OriginalRecipient original = recipient.wishes().original();
        if (original == null) {
            return null;
        }
        try {
            return switch (original.type()) {
                case "rfc822", RcptParameters.OriginalRecipient.UTF_8 ->
                        EmailAddress.parse(original.address());
                default -> null;
            };
        } catch (SyntaxFault odd) {
            return null;
        }
    }

    private static ReportWording wording(Language language) {
        return switch (language) {
            case ENGLISH -> ReportWording.ENGLISH;
            case FRENCH -> ReportWording.FRENCH;
        };
    }

    private byte[] header(QueueItem item) {
        int length =
                (int)
                        Math.min(
                                DeliveryReportLetter.MOST_ORIGINAL,
                                Math.min(item.letter().headerBytes(), item.letter().blobBytes()));
        byte[] header = new byte[length];
        try (Blob blob = queue.open(item)) {
            blob.read(0, header, 0, length);
        }
        return header;
    }

    private static HeaderText subject(byte[] header) {
        byte[] field = HeaderFilter.fields(header, Set.of("subject"), false).toArray();
        int colon = 0;
        while (colon < field.length && field[colon] != ':') {
            colon++;
        }
        int start = Math.min(field.length, colon + 1);
        byte[] value = Arrays.copyOfRange(field, start, field.length);
        return clean(EncodedWords.decode(HeaderFolding.unfold(value, 0, value.length)).strip());
    }

    private static HeaderText clean(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .limit(500)
                .filter(point -> !Character.isISOControl(point))
                .filter(point -> point != 0x2028 && point != 0x2029)
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .forEach(kept::appendCodePoint);
        return new HeaderText(kept.toString());
    }

    private static OffsetDateTime local(java.time.Instant instant) {
        return instant.atZone(ZoneId.systemDefault()).toOffsetDateTime().withNano(0);
    }
}
