package org.facteur.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Beside the plain loop, on random octets with few and many of those looked for.
class OctetScanTest {
    private final Random random = new Random(42);

    @Test
    void countsWhatAPlainLoopCounts() {
        for (int round = 0; round < 5_000; round++) {
            byte[] octets = octets();
            int from = random.nextInt(octets.length + 1);
            int to = from + random.nextInt(octets.length - from + 1);
            int expected = 0;
            for (int i = from; i < to; i++) {
                expected += octets[i] == '\n' ? 1 : 0;
            }
            assertThat(OctetScan.count((byte) '\n', octets, from, to)).isEqualTo(expected);
        }
    }

    @Test
    void seesOneHighBitAnywhere() {
        for (int length = 0; length < 40; length++) {
            byte[] plain = new byte[length];
            assertThat(OctetScan.hasHighBit(plain, 0, length)).isFalse();
            for (int at = 0; at < length; at++) {
                byte[] marked = plain.clone();
                marked[at] = (byte) 0x80;
                assertThat(OctetScan.hasHighBit(marked, 0, length)).isTrue();
                assertThat(OctetScan.hasHighBit(marked, at + 1, length)).isFalse();
                assertThat(OctetScan.hasHighBit(marked, 0, at)).isFalse();
            }
        }
    }

    @Test
    void skipsNothingThatIsBelowTheLimitAndComesForward() {
        for (int round = 0; round < 5_000; round++) {
            byte[] octets = octets();
            int from = random.nextInt(octets.length + 1);
            int first = from;
            while (first < octets.length && (octets[first] < 0 || octets[first] >= 14)) {
                first++;
            }
            int found = OctetScan.skipAtLeast(14, octets, from, octets.length);
            assertThat(found).isBetween(from, first);
            assertThat(first - found).isLessThan(Long.BYTES);
        }
    }

    private byte[] octets() {
        byte[] octets = new byte[random.nextInt(70)];
        int kinds = 1 + random.nextInt(4);
        for (int i = 0; i < octets.length; i++) {
            octets[i] =
                    (byte)
                            switch (random.nextInt(kinds)) {
                                case 0 -> 32 + random.nextInt(90);
                                case 1 -> random.nextInt(256);
                                case 2 -> '\n';
                                default -> random.nextInt(16);
                            };
        }
        return octets;
    }
}
