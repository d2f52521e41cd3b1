package org.facteur.core.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.facteur.base.word.Language;
import org.facteur.core.account.AccountId;
import org.facteur.store.blob.BlobId;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.RcptParameters;

/// One letter on its way to one destination.
///
/// @param recipients those that are not settled yet, at most [#RECIPIENTS]
public record QueueItem(
        QueueId id,
        QueuedLetter letter,
        Origin origin,
        Destination destination,
        List<QueuedRecipient> recipients,
        Schedule schedule) {
    /// The most recipients of one item: letters for more become several items.
    public static final int RECIPIENTS = 100;

    /// 1: the first. 2: the states after FAILED; wishes of the letter and of each recipient at the
    /// end.
    private static final int FORMAT = 2;

    public QueueItem {
        Objects.requireNonNull(id);
        Objects.requireNonNull(letter);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(destination);
        Objects.requireNonNull(schedule);
        recipients = List.copyOf(recipients);
    }

    /// Recipients still to be tried.
    public List<QueuedRecipient> waiting() {
        return in(QueuedRecipient.State.WAITING);
    }

    /// Recipients given up whose sender is not told yet.
    public List<QueuedRecipient> failed() {
        return in(QueuedRecipient.State.FAILED);
    }

    /// Recipients that are settled and whose sender is to be told: given up, or reached where the
    /// sender asked to hear of it.
    public List<QueuedRecipient> toTell() {
        return recipients.stream().filter(QueuedRecipient::toTell).toList();
    }

    /// Since when it may be tried: when it was taken, or when its sender lets it go (RFC 4865 §4).
    public Instant released() {
        LetterWishes.Release release = letter.wishes().release();
        Instant created = schedule.created();
        Instant moment = release == null ? created : release.moment(created);
        return moment.isAfter(created) ? moment : created;
    }

    private List<QueuedRecipient> in(QueuedRecipient.State state) {
        return recipients.stream().filter(recipient -> recipient.state() == state).toList();
    }

    QueueItem with(Schedule newSchedule) {
        return new QueueItem(id, letter, origin, destination, recipients, newSchedule);
    }

    QueueItem with(List<QueuedRecipient> newRecipients) {
        return new QueueItem(id, letter, origin, destination, newRecipients, schedule);
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        out.raw(letter.blob().toBytes()).number(letter.blobBytes()).octets(letter.prefix());
        out.number(letter.headerBytes()).flag(letter.eightBit()).flag(letter.international());
        EmailAddress sender = origin.sender();
        AccountId account = origin.account();
        out.optionalText(sender == null ? null : sender.toString());
        out.number(account == null ? 0 : account.number()).text(origin.language().tag());
        switch (destination) {
            case Destination.Remote(Domain domain) -> out.flag(true).text(domain.name());
            case Destination.Local _ -> out.flag(false);
        }
        out.list(
                recipients,
                (to, recipient) ->
                        to.text(recipient.address().toString())
                                .number(recipient.state().ordinal())
                                .text(recipient.status())
                                .text(recipient.answer()));
        out.signed(schedule.created().toEpochMilli()).signed(schedule.next().toEpochMilli());
        out.number(schedule.attempts()).flag(schedule.held()).flag(schedule.delayTold());
        // Where the first format had a lease.
        out.bits(0);
        StoredWishes.write(out, letter.wishes());
        recipients.forEach(recipient -> StoredWishes.write(out, recipient.wishes()));
        return out.toBytes();
    }

    static QueueItem decode(QueueId id, byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        QueuedLetter bare =
                new QueuedLetter(
                        new BlobId(in.raw(BlobId.BYTES)),
                        in.number(),
                        in.octets(),
                        in.number(),
                        in.flag(),
                        in.flag(),
                        LetterWishes.NONE);
        String sender = in.optionalText();
        long account = in.number();
        Origin origin =
                new Origin(
                        sender == null ? null : EmailAddress.parse(sender),
                        account == 0 ? null : new AccountId(account),
                        Language.of(in.text()));
        Destination destination =
                in.flag()
                        ? new Destination.Remote(Domain.parse(in.text()))
                        : new Destination.Local();
        List<QueuedRecipient> recipients = new ArrayList<>(in.list(QueueItem::recipient));
        Schedule schedule =
                new Schedule(
                        Instant.ofEpochMilli(in.signed()),
                        Instant.ofEpochMilli(in.signed()),
                        in.count(),
                        in.flag(),
                        in.flag());
        in.bits();
        QueuedLetter letter = bare;
        if (in.formatVersion() >= 2) {
            letter = bare.with(StoredWishes.letter(in));
            recipients.replaceAll(recipient -> recipient.with(StoredWishes.recipient(in)));
        }
        in.end();
        return new QueueItem(id, letter, origin, destination, recipients, schedule);
    }

    private static QueuedRecipient recipient(Decoder in) {
        return new QueuedRecipient(
                EmailAddress.parse(in.text()),
                StoredWishes.pick(QueuedRecipient.State.values(), in.number()),
                in.text(),
                in.text(),
                RcptParameters.NONE);
    }
}
