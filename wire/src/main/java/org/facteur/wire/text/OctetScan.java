package org.facteur.wire.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks through many octets, eight at a time: every octet of every letter passes here. Pure.
public final class OctetScan {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

    private OctetScan() {}

    /// Whether any octet from `from` to `to`, excluded, is above 127.
    public static boolean hasHighBit(byte[] octets, int from, int to) {
        int at = from;
        long seen = 0;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            seen |= (long) WORDS.get(octets, at);
        }
        for (; at < to; at++) {
            seen |= octets[at] & 0x80;
        }
        return (seen & HIGH_BITS) != 0;
    }

    /// How many octets from `from` to `to`, excluded, equal one below 128.
    public static int count(byte wanted, byte[] octets, int from, int to) {
        long pattern = wanted * ONES;
        int found = 0;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long differing = (long) WORDS.get(octets, at) ^ pattern;
            // The high bit of an octet stays clear only where all its bits are.
            long kept = ((differing & LOW_BITS) + LOW_BITS) | differing | LOW_BITS;
            found += Long.bitCount(~kept);
        }
        for (; at < to; at++) {
            found += octets[at] == wanted ? 1 : 0;
        }
        return found;
    }

    /// Where the first octet at or after `from` may be that is below `limit`, itself at most 127:
    /// there are none before the answer, and octets above 127 count as none.
    ///
    /// @return at most `to`; the octet there is to be looked at
    public static int skipAtLeast(int limit, byte[] octets, int from, int to) {
        long limits = limit * ONES;
        int at = from;
        while (at <= to - Long.BYTES) {
            long word = (long) WORDS.get(octets, at);
            long below = (word - limits) & ~word & HIGH_BITS;
            if (below != 0) {
                return at + Long.numberOfTrailingZeros(below) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        return at;
    }
}
