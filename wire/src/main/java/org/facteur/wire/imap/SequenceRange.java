package org.facteur.wire.imap;

/// A pair of message numbers or UIDs as a client wrote it; either end may be `*`, and the ends may
/// come in either order (RFC 9051 §9, seq-range).
///
/// @param first 1 to 4294967295, or [#STAR]
/// @param last 1 to 4294967295, or [#STAR]; the same as `first` for a single number
public record SequenceRange(long first, long last) {
    /// `*`: the largest number in use in the mailbox.
    public static final long STAR = 0;

    /// The largest message number, UID and UIDVALIDITY: unsigned 32 bit.
    public static final long MAX = 0xFFFF_FFFFL;

    public SequenceRange {
        if (first < 0 || first > MAX || last < 0 || last > MAX) {
            throw new IllegalArgumentException("not a message number: " + first + ":" + last);
        }
    }

    /// One number alone.
    public static SequenceRange single(long number) {
        return new SequenceRange(number, number);
    }

    /// The smaller end once `*` stands for `max`.
    long low(long max) {
        return Math.min(value(first, max), value(last, max));
    }

    /// The larger end once `*` stands for `max`.
    long high(long max) {
        return Math.max(value(first, max), value(last, max));
    }

    private static long value(long end, long max) {
        return end == STAR ? max : end;
    }
}
