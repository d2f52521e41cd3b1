package org.facteur.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DotStuffingTest {
    private static final byte[] ALPHABET = {'a', '.', '\r', '\n', '\t', 'z', (byte) 0xe9, 0, ' '};

    private static byte[] stuffed(byte[] letter, SplittableRandom pieces) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DotStuffing stuffing = new DotStuffing(out);
        int at = 0;
        while (at < letter.length) {
            int some = Math.min(letter.length - at, 1 + pieces.nextInt(letter.length));
            stuffing.write(letter, at, some);
            at += some;
        }
        stuffing.end();
        return out.toByteArray();
    }

    /// The same rule, an octet at a time.
    private static byte[] plainly(byte[] letter) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean start = true;
        int at = 0;
        while (at < letter.length) {
            byte octet = letter[at++];
            if (octet == '\r' || octet == '\n') {
                if (octet == '\r' && at < letter.length && letter[at] == '\n') {
                    at++;
                }
                out.write('\r');
                out.write('\n');
                start = true;
                continue;
            }
            if (start && octet == '.') {
                out.write('.');
            }
            out.write(octet);
            start = false;
        }
        if (!start) {
            out.write('\r');
            out.write('\n');
        }
        out.writeBytes(".\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    @Test
    void everyLineEndsAndDotsAreDoubledHoweverTheLetterIsCut() throws IOException {
        long seed = Long.getLong("facteur.seed", 20260301);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] letter = new byte[1 + random.nextInt(60)];
            int plain = random.nextInt(10);
            for (int i = 0; i < letter.length; i++) {
                letter[i] =
                        random.nextInt(10) < plain
                                ? (byte) ('a' + random.nextInt(26))
                                : ALPHABET[random.nextInt(ALPHABET.length)];
            }
            assertThat(stuffed(letter, random)).as("seed %s", seed).isEqualTo(plainly(letter));
        }
    }
}
