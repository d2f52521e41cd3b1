package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Quota;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.Transaction;
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

    List<Placed> append(List<Arrival> arrivals) {
        return append(arrivals, null, _ -> {});
    }

    /// @param within the quota that counts; null for the account's own
    /// @param beside what is written in the same transaction
    List<Placed> append(
            List<Arrival> arrivals, @Nullable Quota within, Consumer<Transaction> beside) {
        return take(arrivals, within == null ? ownQuota() : within, box -> beside.accept(box.tx()));
    }

    private Quota ownQuota() {
        return boxes.directory().getAccount(owner).quota();
    }

    /// Puts a letter in the place of another, at one instant.
    ///
    /// @throws Refusal NOT_FOUND when the other is not there any more
    Placed replace(MailboxId from, long uid, Arrival arrival) {
        return take(
                        List.of(arrival),
                        ownQuota(),
                        box -> {
                            Entry entry =
                                    box.entry(from, uid).orElseThrow(LetterIntake::noSuchLetter);
                            box.remove(from, entry);
                            new LetterRows(box).leave(entry.letter(), from, uid);
                        })
                .getFirst();
    }

    private static Refusal noSuchLetter() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND,
                "The letter is not there any more.",
                "La lettre n'est plus là.");
    }

    /// @param beside what else the transaction does, last of all
    private List<Placed> take(
            List<Arrival> arrivals, Quota quota, Consumer<BoxTransaction> beside) {
        List<StagedBlob> staged = new ArrayList<>(0);
        try {
            List<LetterRows.Indexes> indexes = new ArrayList<>(arrivals.size());
            for (Arrival arrival : arrivals) {
                byte[] listing = arrival.letter().index().encodeListing().toArray();
                byte[] anatomy = arrival.letter().index().encodeAnatomy().toArray();
                indexes.add(new LetterRows.Indexes(spill(listing, staged), spill(anatomy, staged)));
            }
            var done =
                    boxes.write(
                            actor,
                            owner,
                            box -> {
                                List<Placed> placed = new ArrayList<>(arrivals.size());
                                for (int i = 0; i < arrivals.size(); i++) {
                                    refuseOverflow(box, i);
                                    placed.add(place(box, arrivals.get(i), indexes.get(i), quota));
                                }
                                beside.accept(box);
                                return placed;
                            });
            return done.value().stream()
                    .map(
                            placed ->
                                    new Placed(
                                            placed.mailbox(),
                                            placed.uidValidity(),
                                            placed.uid(),
                                            placed.letter(),
                                            done.version()))
                    .toList();
        } finally {
            staged.forEach(StagedBlob::close);
        }
    }

    private static void refuseOverflow(BoxTransaction box, int before) {
        if (before > 0 && box.full()) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "Too many letters at once.",
                    "Trop de lettres à la fois.");
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

    /// @param staged gets the blob that was needed, to be closed at the end
    private LetterRows.Spill spill(byte[] octets, List<StagedBlob> staged) {
        if (octets.length <= Letter.Held.INLINE_BYTES) {
            return new LetterRows.Spill.InRow(octets);
        }
        try (BlobWriter writer = boxes.blobs().write()) {
            writer.write(octets, 0, octets.length);
            StagedBlob blob = writer.finish();
            staged.add(blob);
            return new LetterRows.Spill.InBlob(blob);
        }
    }
}
