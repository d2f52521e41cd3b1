package org.facteur.core.mailbox;

import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Quota;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.layout.Layout;
import org.jspecify.annotations.Nullable;

/// Puts an arriving letter into a mailbox: one transaction with everything it makes.
final class LetterIntake {
    private static final int FORMAT = 1;

    private final LetterBoxes boxes;
    private final Actor actor;
    private final AccountId owner;

    LetterIntake(LetterBoxes boxes, Actor actor, AccountId owner) {
        this.boxes = boxes;
        this.actor = actor;
        this.owner = owner;
    }

    Placed append(Arrival arrival) {
        Quota quota = boxes.directory().getAccount(owner).quota();
        @Nullable StagedBlob listingBlob = null;
        @Nullable StagedBlob anatomyBlob = null;
        try {
            byte[] listing = arrival.letter().index().encodeListing().toArray();
            byte[] anatomy = arrival.letter().index().encodeAnatomy().toArray();
            listingBlob = stageIfLarge(listing);
            anatomyBlob = stageIfLarge(anatomy);
            LetterRows.Indexes indexes =
                    new LetterRows.Indexes(
                            spill(listing, listingBlob), spill(anatomy, anatomyBlob));
            var done = boxes.write(actor, owner, box -> place(box, arrival, indexes, quota));
            Placed placed = done.value();
            return new Placed(
                    placed.mailbox(),
                    placed.uidValidity(),
                    placed.uid(),
                    placed.letter(),
                    done.version());
        } finally {
            close(listingBlob);
            close(anatomyBlob);
        }
    }

    private static Placed place(
            BoxTransaction box, Arrival arrival, LetterRows.Indexes indexes, Quota quota) {
        Key handover = arrival.handover() == null ? null : Layout.handover(arrival.handover());
        if (handover != null) {
            byte[] known = box.tx().find(handover).orElse(null);
            if (known != null) {
                return decode(known);
            }
        }
        QuotaGate.check(box.counters(), quota, 1, arrival.sizeBytes());
        MailboxId mailbox = arrival.mailbox();
        KeywordTable keywords = box.keywordsFor(mailbox, arrival.keywords());
        LetterRows rows = new LetterRows(box);
        Letter letter = rows.insert(arrival, indexes);
        long uid = box.add(mailbox, letter, keywords.bits(arrival.keywords()), arrival.received());
        rows.arrive(letter.id(), mailbox, uid);
        Placed placed =
                new Placed(
                        mailbox,
                        box.mailbox(mailbox).state().uidValidity(),
                        uid,
                        letter.id(),
                        box.modSeq());
        if (handover != null) {
            box.tx().put(handover, encode(placed));
        }
        return placed;
    }

    private static byte[] encode(Placed placed) {
        return new Encoder(FORMAT)
                .number(placed.mailbox().number())
                .number(placed.uidValidity())
                .number(placed.uid())
                .number(placed.letter().number())
                .number(placed.version())
                .toBytes();
    }

    private static Placed decode(byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        return new Placed(
                new MailboxId(in.number()),
                in.number(),
                in.number(),
                new LetterId(in.number()),
                in.number());
    }

    private @Nullable StagedBlob stageIfLarge(byte[] octets) {
        if (octets.length <= Letter.Held.INLINE_BYTES) {
            return null;
        }
        try (BlobWriter writer = boxes.blobs().write()) {
            writer.write(octets, 0, octets.length);
            return writer.finish();
        }
    }

    private static LetterRows.Spill spill(byte[] octets, @Nullable StagedBlob blob) {
        return blob == null
                ? new LetterRows.Spill.InRow(octets)
                : new LetterRows.Spill.InBlob(blob);
    }

    private static void close(@Nullable StagedBlob blob) {
        if (blob != null) {
            blob.close();
        }
    }
}
