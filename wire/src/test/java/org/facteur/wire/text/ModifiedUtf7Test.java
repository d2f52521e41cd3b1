package org.facteur.wire.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModifiedUtf7Test {
    /// The first two are the examples of RFC 3501 §5.1.3.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "~peter/mail/台北/日本語|~peter/mail/&U,BTFw-/&ZeVnLIqe-",
                "台北日本語|&U,BTF2XlZyyKng-",
                "Envoyés|Envoy&AOk-s",
                "A&B|A&-B",
                "é&é|&AOk-&-&AOk-",
                "😀|&2D3eAA-",
                "INBOX|INBOX"
            })
    void writesAndReadsNames(String name, String encoded) {
        assertThat(ModifiedUtf7.encode(name)).isEqualTo(encoded);
        assertThat(ModifiedUtf7.decode(encoded)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&", "A&B", "&AOk", "&AO-", "&AGE-", "&U,BTFw-&ZeVnLIqe-", "&Jjo!", "&AP/-", "é",
                "&2D0-", "&3gA-", "&AOkA-", "\t", "&AOl-", "&====-", "&A-", "&AA-", "&AAA-&AAB-"
            })
    void refusesWhatItWouldNotWrite(String encoded) {
        assertThatThrownBy(() -> ModifiedUtf7.decode(encoded)).isInstanceOf(SyntaxFault.class);
    }

    @Test
    void readsBackWhatItWrites() {
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            StringBuilder name = new StringBuilder();
            int length = random.nextInt(12);
            for (int k = 0; k < length; k++) {
                int c = random.nextInt(3) == 0 ? random.nextInt(0x11_0000) : random.nextInt(0x180);
                name.appendCodePoint(c >= 0xD800 && c < 0xE000 ? '&' : c);
            }
            String encoded = ModifiedUtf7.encode(name.toString());
            assertThat(encoded).matches(text -> text.chars().allMatch(c -> c >= 32 && c < 127));
            assertThat(ModifiedUtf7.decode(encoded)).isEqualTo(name.toString());
        }
    }

    @Test
    void replacesLoneSurrogates() {
        assertThat(ModifiedUtf7.decode(ModifiedUtf7.encode("a\uD800b\uDC00")))
                .isEqualTo("a\uFFFDb\uFFFD");
    }
}
