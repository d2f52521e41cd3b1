package org.facteur.core.queue;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.facteur.base.word.Language;
import org.facteur.core.account.AccountId;
import org.facteur.store.blob.BlobId;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;

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

    private static final int FORMAT = 1;

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
        return out.bits(schedule.lease()).toBytes();
    }

    static QueueItem decode(QueueId id, byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        QueuedLetter letter =
                new QueuedLetter(
                        new BlobId(in.raw(BlobId.BYTES)),
                        in.number(),
                        in.octets(),
                        in.number(),
                        in.flag(),
                        in.flag());
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
        List<QueuedRecipient> recipients = in.list(QueueItem::recipient);
        Schedule schedule =
                new Schedule(
                        Instant.ofEpochMilli(in.signed()),
                        Instant.ofEpochMilli(in.signed()),
                        in.count(),
                        in.flag(),
                        in.flag(),
                        in.bits());
        in.end();
        return new QueueItem(id, letter, origin, destination, recipients, schedule);
    }

    private static QueuedRecipient recipient(Decoder in) {
        return new QueuedRecipient(
                EmailAddress.parse(in.text()),
                in.count() == 0 ? QueuedRecipient.State.WAITING : QueuedRecipient.State.FAILED,
                in.text(),
                in.text());
    }
}
