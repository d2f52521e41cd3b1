package org.facteur.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class EncodingsFuzzTest {
    @FuzzTest
    void encodedWordsNeverFail(byte[] value) {
        String text = EncodedWords.decode(value);
        assertThat(text.chars().noneMatch(Character::isISOControl)).isTrue();
    }

    @FuzzTest
    void parametersNeverFail(byte[] value) {
        ParameterValue parsed = ParameterValue.parse(value);
        for (ParameterValue.Parameter parameter : parsed.parameters()) {
            assertThat(parsed.find(parameter.name())).isNotNull();
        }
    }

    @FuzzTest
    void charsetsNeverFail(FuzzedDataProvider data) {
        String name = data.consumeString(20);
        byte[] text = data.consumeRemainingAsBytes();
        assertThat(MailCharsets.decode(text, 0, text.length, name)).isNotNull();
        assertThat(MailCharsets.decodeHtml(text, 0, text.length, name)).isNotNull();
    }

    @FuzzTest
    void transferDecodersGiveTheSameInPieces(byte[] text) {
        for (int kind = 0; kind < 2; kind++) {
            StreamDecoder whole = kind == 0 ? new Base64Decoder() : new QuotedPrintableDecoder();
            StreamDecoder pieces = kind == 0 ? new Base64Decoder() : new QuotedPrintableDecoder();
            OctetBuffer one = new OctetBuffer(1 << 20);
            OctetBuffer two = new OctetBuffer(1 << 20);
            whole.decode(text, 0, text.length, one);
            whole.finish(one);
            for (int i = 0; i < text.length; i++) {
                pieces.decode(text, i, 1, two);
            }
            pieces.finish(two);
            assertThat(two.toArray()).isEqualTo(one.toArray());
        }
    }
}
