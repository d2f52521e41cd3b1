package org.facteur.wire.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.facteur.wire.text.SyntaxFault;

/// Whatever letter is recoded, nothing above 127 is left in it.
class SevenBitPlanFuzzTest {
    @FuzzTest
    void whateverComesOutIsSevenBit(byte[] letter) {
        try {
            SevenBitPlanTest.recoded(letter)
                    .ifPresent(
                            text -> {
                                for (byte b : text) {
                                    assertThat(b).isNotNegative();
                                }
                            });
        } catch (SyntaxFault malformed) {
            assertThat(malformed).isNotNull();
        }
    }
}
