package org.facteur.wire.imap;

/// A window on an ordered result (RFC 9394 §3.1): `1:100` counts from the start, `-1:-100` from the
/// end.
///
/// @param first not 0; 1 is the oldest, -1 the newest
/// @param last not 0, of the same sign as `first`
public record PartialRange(long first, long last) {
    public PartialRange {
        if (first == 0 || last == 0 || (first > 0) != (last > 0)) {
            throw new IllegalArgumentException("a partial range has two ends of one sign");
        }
    }

    /// How many places from its end of the result are passed over before the window, 0 or more.
    public long skip() {
        return Math.min(Math.abs(first), Math.abs(last)) - 1;
    }

    /// How many places the window is wide, 1 or more.
    public long width() {
        return Math.abs(Math.abs(first) - Math.abs(last)) + 1;
    }

    /// Whether the window counts from the newest.
    public boolean fromEnd() {
        return first < 0;
    }
}
