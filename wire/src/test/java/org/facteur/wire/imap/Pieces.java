package org.facteur.wire.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.facteur.wire.text.ByteSource;
import org.facteur.wire.text.LineReader;

/// The same octets handed over whole, one by one, and at random splits.
final class Pieces {
    private Pieces() {}

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Readers over the same octets, cut in different ways.
    static List<LineReader> readers(byte[] octets) {
        List<LineReader> readers = new ArrayList<>();
        readers.add(new LineReader(source(octets, new Random(0), Integer.MAX_VALUE)));
        readers.add(new LineReader(source(octets, new Random(0), 1)));
        for (int seed = 1; seed <= 5; seed++) {
            readers.add(new LineReader(source(octets, new Random(seed), 17)));
        }
        return readers;
    }

    private static ByteSource source(byte[] octets, Random random, int longest) {
        int[] at = {0};
        return (target, offset, length) -> {
            if (at[0] == octets.length) {
                return -1;
            }
            int most = Math.min(length, octets.length - at[0]);
            int count =
                    longest == Integer.MAX_VALUE
                            ? most
                            : Math.min(most, 1 + random.nextInt(longest));
            System.arraycopy(octets, at[0], target, offset, count);
            at[0] += count;
            return count;
        };
    }
}
