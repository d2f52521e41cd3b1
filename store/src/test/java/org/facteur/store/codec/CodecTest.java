package org.facteur.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.facteur.store.kv.StoreFault;
import org.junit.jupiter.api.Test;

class CodecTest {
    private static final long[] NUMBERS = {0, 1, 127, 128, 16_383, 16_384, Long.MAX_VALUE};

    @Test
    void everythingComesBack() {
        Encoder out = new Encoder(3);
        for (long number : NUMBERS) {
            out.number(number).signed(number).signed(-number).signed(~number).bits(~number);
        }
        out.flag(true).flag(false).text("é\0€").optionalText(null).optionalText("");
        out.octets(new byte[] {1, 2}).list(List.of("a", "b"), Encoder::text);
        Decoder in = new Decoder(out.toBytes(), 3);
        assertThat(in.formatVersion()).isEqualTo(3);
        for (long number : NUMBERS) {
            assertThat(in.number()).isEqualTo(number);
            assertThat(in.signed()).isEqualTo(number);
            assertThat(in.signed()).isEqualTo(-number);
            assertThat(in.signed()).isEqualTo(~number);
            assertThat(in.bits()).isEqualTo(~number);
        }
        assertThat(in.flag()).isTrue();
        assertThat(in.flag()).isFalse();
        assertThat(in.text()).isEqualTo("é\0€");
        assertThat(in.optionalText()).isNull();
        assertThat(in.optionalText()).isEmpty();
        assertThat(in.octets()).containsExactly(1, 2);
        assertThat(in.list(Decoder::text)).containsExactly("a", "b");
        in.end();
    }

    @Test
    void everyCutIsCorrupt() {
        byte[] whole = new Encoder(1).text("some text").number(300).flag(true).toBytes();
        for (int cut = 0; cut < whole.length; cut++) {
            byte[] part = Arrays.copyOf(whole, cut);
            assertThatThrownBy(
                            () -> {
                                Decoder in = new Decoder(part, 1);
                                in.text();
                                in.number();
                                in.flag();
                            })
                    .isInstanceOf(StoreFault.class)
                    .hasMessageContaining("CORRUPT");
        }
    }

    @Test
    void aNewerRecordIsNamedSo() {
        byte[] octets = new Encoder(2).toBytes();
        assertThatThrownBy(() -> new Decoder(octets, 1))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("NEWER_FORMAT");
        assertThatThrownBy(() -> new Encoder(1).number(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
