package org.facteur.core.bulk;

import java.time.Instant;
import java.util.Objects;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;

/// A deed and how far it is.
///
/// @param number in its account
/// @param started when it was asked for
public record Bulk(long number, Instant started, Deed deed, Progress progress) {
    private static final int FORMAT = 1;

    /// How it stands. The order is stored.
    public enum State {
        /// Letters are being changed.
        RUNNING,
        /// All were.
        DONE,
        /// It is being taken back.
        UNDOING,
        /// It was taken back.
        UNDONE
    }

    /// How far it is.
    ///
    /// @param total letters
    /// @param done how many were looked at, of this state: while it is taken back it counts anew
    /// @param refused how many could not be changed, or were left alone
    /// @param reached how many the deed itself came to
    public record Progress(State state, int total, int done, int refused, int reached) {
        public Progress {
            Objects.requireNonNull(state);
        }
    }

    public Bulk {
        Objects.requireNonNull(started);
        Objects.requireNonNull(deed);
        Objects.requireNonNull(progress);
    }

    Bulk with(Progress further) {
        return new Bulk(number, started, deed, further);
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT).number(progress.state().ordinal());
        out.number(progress.total()).number(progress.done());
        out.number(progress.refused()).number(progress.reached());
        deed.encode(out);
        return out.toBytes();
    }

    static Bulk decode(ShelfItem item) {
        Decoder in = new Decoder(item.content(), FORMAT);
        State state = State.values()[Math.min(in.count(), State.values().length - 1)];
        Progress progress = new Progress(state, in.count(), in.count(), in.count(), in.count());
        Deed deed = Deed.decode(in);
        in.end();
        return new Bulk(item.number(), item.made(), deed, progress);
    }
}
