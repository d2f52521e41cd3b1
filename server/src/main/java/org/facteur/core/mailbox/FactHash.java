package org.facteur.core.mailbox;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/// Numbers of 64 bits that stand for texts in memory, by a key drawn at the start: whoever writes
/// letters cannot know which texts would meet.
final class FactHash {
    private static final long SEED = new SecureRandom().nextLong();
    private static final long ODD = 0x9E3779B97F4A7C15L ^ (new SecureRandom().nextLong() << 1);

    private FactHash() {}

    /// Never 0.
    static long of(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        long hash = of(octets, 0, octets.length);
        return hash == 0 ? 1 : hash;
    }

    static long of(byte[] octets, int from, int to) {
        long hash = SEED ^ (to - from);
        for (int i = from; i < to; i++) {
            hash = mixed(hash ^ (octets[i] & 0xff));
        }
        return mixed(hash ^ SEED);
    }

    private static long mixed(long value) {
        long product = value * ODD;
        return product ^ Math.unsignedMultiplyHigh(value, ODD) ^ (product >>> 29);
    }
}
