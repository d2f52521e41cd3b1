package org.facteur.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class ModifiedUtf7FuzzTest {
    @FuzzTest
    void whatCanBeReadIsWrittenTheSame(byte[] encoded) {
        String name;
        try {
            name = ModifiedUtf7.decode(encoded);
        } catch (SyntaxFault _) {
            return;
        }
        assertThat(ModifiedUtf7.encode(name).getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo(encoded);
    }
}
