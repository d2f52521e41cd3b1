package org.facteur.core.mailbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/// Numbers of 64 bits that stand for texts.
///
/// In memory they depend on a key drawn at the start: whoever writes letters cannot know which
/// texts would meet in a table.
final class FactHash {
    private static final long SEED = new SecureRandom().nextLong();
    private static final long ODD = 0x9E3779B97F4A7C15L ^ (new SecureRandom().nextLong() << 1);

    private FactHash() {}

    /// The same for ever, so that it can be kept. Never 0.
    static long of(String text) {
        byte[] hash = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        long number = ByteBuffer.wrap(hash).getLong();
        return number == 0 ? 1 : number;
    }

    /// For the time of this process, from what [#of(String)] gave; 0 for 0.
    static long keyed(long kept) {
        return kept == 0 ? 0 : (kept ^ SEED) * ODD | 1;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
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
