package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.Row;
import org.facteur.store.layout.Layout;

/// One letter that a POP device took out of a mailbox: where it lies now and where it lay. Its
/// keywords and its date stay with the entry.
///
/// @param credential which device took it
/// @param place where it was put
record Collected(
        long credential,
        Instant when,
        LetterId letter,
        Places.Place place,
        Origin origin,
        Fate fate,
        long sizeBytes) {
    private static final int FORMAT = 1;

    /// Where it lay.
    ///
    /// @param segments the mailbox's name then, should it be gone when the letter is put back
    record Origin(MailboxId mailbox, List<String> segments) {
        Origin {
            Objects.requireNonNull(mailbox);
            segments = List.copyOf(segments);
        }
    }

    /// What becomes of it. The code is stored and never changes.
    enum Fate {
        /// Hidden; may be put back until its time is over.
        KEPT(1),
        /// In the archive, where it stays; the row is for the other devices.
        ARCHIVED(2),
        /// Hidden only until the other devices have it.
        CONDEMNED(3);

        private final int code;

        Fate(int code) {
            this.code = code;
        }

        static Fate of(int code) {
            for (Fate fate : values()) {
                if (fate.code == code) {
                    return fate;
                }
            }
            return KEPT;
        }
    }

    Collected {
        Objects.requireNonNull(when);
        Objects.requireNonNull(letter);
        Objects.requireNonNull(place);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(fate);
    }

    /// Whether it lies in the hidden mailbox.
    boolean hidden() {
        return fate != Fate.ARCHIVED;
    }

    Key key() {
        return Layout.popCollected(credential, when, place.uid());
    }

    byte[] encode() {
        return new Encoder(FORMAT)
                .number(letter.number())
                .number(place.mailbox().number())
                .number(origin.mailbox().number())
                .list(origin.segments(), Encoder::text)
                .number(fate.code)
                .number(sizeBytes)
                .toBytes();
    }

    static Collected decode(Row row) {
        Decoder in = new Decoder(row.value(), FORMAT);
        LetterId letter = new LetterId(in.number());
        MailboxId mailbox = new MailboxId(in.number());
        Origin origin = new Origin(new MailboxId(in.number()), in.list(Decoder::text));
        Fate fate = Fate.of(in.count());
        long sizeBytes = in.number();
        in.end();
        return new Collected(
                Layout.number(row.key(), 0),
                Instant.ofEpochMilli(Layout.number(row.key(), 1)),
                letter,
                new Places.Place(mailbox, Layout.number(row.key(), 2)),
                origin,
                fate,
                sizeBytes);
    }
}
