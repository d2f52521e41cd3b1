package org.facteur.core.search;

import java.util.BitSet;

/// What the index knows about one question: of each letter, whether it fits, does not, or must be
/// read. Immutable.
public final class IndexAnswer {
    /// The index knows nothing: every letter must be read.
    public static final IndexAnswer NOTHING = new IndexAnswer(0, new BitSet(), new BitSet());

    private final long upTo;
    private final BitSet fits;
    private final BitSet doubtful;

    /// Of one letter.
    public enum Verdict {
        FITS,
        DOES_NOT,
        /// Only its octets tell.
        UNKNOWN
    }

    /// @param upTo the last letter that is indexed; with all before it
    /// @param fits numbers of letters
    /// @param doubtful numbers of letters that must be read
    IndexAnswer(long upTo, BitSet fits, BitSet doubtful) {
        this.upTo = upTo;
        this.fits = fits;
        this.doubtful = doubtful;
    }

    /// @param letter its number
    public Verdict of(long letter) {
        if (letter > upTo) {
            return Verdict.UNKNOWN;
        }
        if (fits.get((int) letter)) {
            return Verdict.FITS;
        }
        return doubtful.get((int) letter) ? Verdict.UNKNOWN : Verdict.DOES_NOT;
    }

    /// Whether one of two texts is there: this or that.
    public IndexAnswer or(IndexAnswer other) {
        BitSet either = (BitSet) fits.clone();
        either.or(other.fits);
        BitSet unsure = (BitSet) doubtful.clone();
        unsure.or(other.doubtful);
        return new IndexAnswer(Math.min(upTo, other.upTo), either, unsure);
    }

    /// The same letters, none of them surely: for what is necessary but not enough.
    public IndexAnswer necessary() {
        BitSet unsure = (BitSet) fits.clone();
        unsure.or(doubtful);
        return new IndexAnswer(upTo, new BitSet(), unsure);
    }

    /// Whether it says nothing of any letter.
    public boolean isNothing() {
        return upTo == 0;
    }

    /// How many letters fit for sure.
    public int fitting() {
        return fits.cardinality();
    }
}
