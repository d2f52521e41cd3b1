package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.jspecify.annotations.Nullable;

/// The rows of a letter itself: listing, anatomy, places, thread, blobs. One transaction.
final class LetterRows {
    /// From so many letters on a scan costs less than looking each one up.
    private static final int SCANNED = 8;

    private final BoxTransaction box;

    /// Parts of a letter's index that do not fit a row, staged before the transaction.
    record Indexes(Spill listing, Spill anatomy) {}

    /// Octets for a row, or a blob that holds them.
    sealed interface Spill {
        @SuppressWarnings("ArrayRecordComponent")
        record InRow(byte[] octets) implements Spill {}

        record InBlob(StagedBlob blob) implements Spill {}
    }

    LetterRows(BoxTransaction box) {
        this.box = box;
    }

    /// Writes a letter that lies nowhere yet.
    Letter insert(Arrival arrival, Indexes indexes) {
        LetterId id = box.takeLetterId();
        Transaction tx = box.tx();
        StagedBlob octets = arrival.letter().octets();
        tx.keep(octets);
        ThreadId thread =
                new ThreadRows(tx)
                        .join(id, arrival.letter().index().listing().summary().threadKeys());
        Letter letter =
                new Letter(
                        id,
                        thread,
                        octets.id(),
                        octets.size(),
                        arrival.prefix(),
                        hold(indexes.listing()));
        tx.put(Layout.letter(id.number()), letter.encode());
        tx.put(Layout.anatomy(id.number()), Letter.Held.encodeRow(hold(indexes.anatomy())));
        return letter;
    }

    private Letter.Held hold(Spill spill) {
        return switch (spill) {
            case Spill.InRow(byte[] octets) -> new Letter.Held.Inline(octets);
            case Spill.InBlob(StagedBlob blob) -> {
                box.tx().keep(blob);
                yield new Letter.Held.Apart(blob.id(), blob.size());
            }
        };
    }

    /// @param row of a letter
    static Letter decode(Row row) {
        return Letter.decode(new LetterId(Layout.number(row.key(), 0)), row.value());
    }

    /// Whether letters lie so near to each other, in ascending order, that one scan finds them.
    static boolean near(List<LetterId> ids) {
        if (ids.size() < SCANNED) {
            return false;
        }
        long before = -1;
        for (LetterId id : ids) {
            if (id.number() <= before) {
                return false;
            }
            before = id.number();
        }
        long span = before - ids.getFirst().number() + 1;
        return span <= Math.min(StoreLimits.SCAN_ROWS, ids.size() + ids.size() / 2);
    }

    /// @param ids near each other
    /// @return in their order; null for one that is not there
    static List<@Nullable Letter> scan(ReadView view, List<LetterId> ids) {
        List<@Nullable Letter> letters = new ArrayList<>(ids.size());
        List<Row> rows =
                view.scan(
                        Layout.lettersBetween(
                                ids.getFirst().number() - 1, ids.getLast().number() + 1),
                        StoreLimits.SCAN_ROWS);
        int at = 0;
        for (Row row : rows) {
            long number = Layout.number(row.key(), 0);
            while (at < ids.size() && ids.get(at).number() < number) {
                letters.add(null);
                at++;
            }
            if (at < ids.size() && ids.get(at).number() == number) {
                letters.add(Letter.decode(ids.get(at++), row.value()));
            }
        }
        while (letters.size() < ids.size()) {
            letters.add(null);
        }
        return letters;
    }

    static Optional<Letter> find(ReadView view, LetterId id) {
        return view.find(Layout.letter(id.number())).map(octets -> Letter.decode(id, octets));
    }

    /// Notes that an entry of a letter came to be.
    ///
    /// @throws Refusal LIMIT past 1,000 entries of one letter, whose places share one row
    void arrive(LetterId letter, MailboxId mailbox, long uid) {
        Places places = places(letter);
        if (places.list().size() >= BoxLimits.PLACES) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "This letter lies in too many places already.",
                    "Cette lettre est déjà rangée à trop d'endroits.");
        }
        box.tx().put(Layout.places(letter.number()), places.with(mailbox, uid).encode());
    }

    /// Notes that an entry moved.
    void move(LetterId letter, Places.Place from, Places.Place to) {
        box.tx()
                .put(
                        Layout.places(letter.number()),
                        places(letter)
                                .without(from.mailbox(), from.uid())
                                .with(to.mailbox(), to.uid())
                                .encode());
    }

    /// Notes that an entry ended; with the last one the letter ends too.
    void leave(LetterId letter, MailboxId mailbox, long uid) {
        Places rest = places(letter).without(mailbox, uid);
        if (rest.list().isEmpty()) {
            erase(letter);
        } else {
            box.tx().put(Layout.places(letter.number()), rest.encode());
        }
    }

    private Places places(LetterId letter) {
        return box.tx()
                .find(Layout.places(letter.number()))
                .map(Places::decode)
                .orElse(new Places(java.util.List.of()));
    }

    private void erase(LetterId id) {
        Transaction tx = box.tx();
        Letter letter = find(tx, id).orElseThrow(() -> missing(id));
        byte[] anatomy = tx.find(Layout.anatomy(id.number())).orElseThrow(() -> missing(id));
        tx.release(letter.blob());
        release(letter.listing());
        release(Letter.Held.decodeRow(anatomy));
        new ThreadRows(tx).leave(id, letter.thread());
        tx.delete(Layout.letter(id.number()));
        tx.delete(Layout.anatomy(id.number()));
        tx.delete(Layout.places(id.number()));
        tx.delete(Layout.facts(id.number() / FactChunk.LENGTH));
    }

    private void release(Letter.Held held) {
        switch (held) {
            case Letter.Held.Inline _ -> {
                // Ends with its row.
            }
            case Letter.Held.Apart(BlobId blob, long _) -> box.tx().release(blob);
        }
    }

    private static org.facteur.store.kv.StoreFault missing(LetterId id) {
        return new org.facteur.store.kv.StoreFault(
                org.facteur.store.kv.StoreFault.Kind.CORRUPT,
                "a row of letter " + id + " is missing");
    }
}
