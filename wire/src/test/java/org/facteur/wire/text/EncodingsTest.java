package org.facteur.wire.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncodingsTest {
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String decode(StreamDecoder decoder, String text, int step) {
        OctetBuffer out = new OctetBuffer(100_000);
        byte[] bytes = ascii(text);
        for (int i = 0; i < bytes.length; i += step) {
            decoder.decode(bytes, i, Math.min(step, bytes.length - i), out);
        }
        decoder.finish(out);
        return new String(out.toArray(), StandardCharsets.UTF_8);
    }

    @Test
    void base64SkipsJunkAndGoesOnBehindPadding() {
        for (int step : new int[] {1, 3, 1000}) {
            assertThat(decode(new Base64Decoder(), "aGVs\r\n b*G8=\r\n", step)).isEqualTo("hello");
            assertThat(decode(new Base64Decoder(), "YQ==Yg==", step)).isEqualTo("ab");
            assertThat(decode(new Base64Decoder(), "aGVsbG", step)).isEqualTo("hell");
        }
    }

    @Test
    void base64RoundTripsAnyOctets() {
        Random random = new Random(7);
        for (int length = 0; length < 200; length++) {
            byte[] plain = new byte[length];
            random.nextBytes(plain);
            OctetBuffer lines = new OctetBuffer(10_000);
            Base64Text.encodeLines(plain, lines);
            assertThat(Base64Text.decodeTolerant(lines.toArray())).isEqualTo(plain);
            assertThat(Base64Text.decodeStrict(ascii(Base64Text.encode(plain)))).isEqualTo(plain);
        }
    }

    @Test
    void strictBase64RefusesEveryDeviation() {
        for (String text :
                List.of(
                        "YQ",
                        "YQ=",
                        "YR==",
                        "YQ==\n",
                        "Y Q==",
                        "YQ==YQ==",
                        "====",
                        "YQ=a",
                        "!!!!")) {
            assertThatThrownBy(() -> Base64Text.decodeStrict(ascii(text)))
                    .as(text)
                    .isInstanceOf(SyntaxFault.class);
        }
        assertThat(Base64Text.decodeStrict(new byte[0])).isEmpty();
    }

    @Test
    void quotedPrintableReadsTheBrokenToo() {
        for (int step : new int[] {1, 2, 1000}) {
            assertThat(decode(new QuotedPrintableDecoder(), "caf=C3=A9 =\r\nau lait  \r\nx", step))
                    .isEqualTo("café au lait\r\nx");
            assertThat(decode(new QuotedPrintableDecoder(), "1=ZZ=4\r\n=", step))
                    .isEqualTo("1=ZZ=4\r\n");
            assertThat(decode(new QuotedPrintableDecoder(), "a= \t\r\nb=\nc", step))
                    .isEqualTo("abc");
        }
    }

    @Test
    void quotedPrintableRoundTripsTextInShortLines() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            byte[] text = new byte[random.nextInt(400)];
            for (int i = 0; i < text.length; i++) {
                text[i] =
                        (byte)
                                (random.nextInt(4) == 0
                                        ? random.nextInt(256)
                                        : 'a' + random.nextInt(26));
            }
            OctetBuffer out = new OctetBuffer(10_000);
            QuotedPrintable.encode(text, out);
            assertThat(QuotedPrintable.decode(out.toArray())).isEqualTo(text);
            assertThat(new String(out.toArray(), StandardCharsets.ISO_8859_1).split("\r\n", -1))
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(76));
        }
    }

    @Test
    void encodedWordsJoinBeforeTheirCharsetIsApplied() {
        assertThat(EncodedWords.decode(ascii("=?utf-8?B?w6k=?= =?UTF-8?Q?=C3?= =?utf-8?Q?=A9?=!")))
                .isEqualTo("éé!");
        assertThat(EncodedWords.decode(ascii("=?ISO-8859-1?Q?a?= b"))).isEqualTo("a b");
        assertThat(EncodedWords.decode(ascii("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=")))
                .isEqualTo("ab");
        assertThat(EncodedWords.decode(ascii("=?ISO-8859-1?Q?a_b?= =?ISO-8859-2?Q?_c?=")))
                .isEqualTo("a b c");
        assertThat(EncodedWords.decode(ascii("x =?ISO-8859-1*fr?Q?=E9t=E9?= y")))
                .isEqualTo("x été y");
    }

    @Test
    void encodedWordsNeverGiveControlsOrFail() {
        assertThat(EncodedWords.decode(ascii("=?utf-8?Q?a=0D=0ABcc:_x=00?="))).isEqualTo("aBcc: x");
        assertThat(EncodedWords.decode(ascii("=?no-such?Q?=E9?="))).isEqualTo("\uFFFD");
        for (String broken :
                List.of(
                        "=?",
                        "=?utf-8?",
                        "=?utf-8?Q",
                        "=?utf-8?Q?abc",
                        "=?utf-8?X?abc?=",
                        "=??Q?a?=")) {
            assertThat(EncodedWords.decode(ascii(broken))).isEqualTo(broken);
        }
        assertThat(EncodedWords.decode(ascii("=?a?q? ".repeat(20_000)))).hasSize(140_000);
        String many = "=?utf-8?q?x?= ".repeat(1200);
        assertThat(EncodedWords.decode(ascii(many)))
                .startsWith("x".repeat(1000) + " =?utf-8?q?x?=");
    }

    @Test
    void encodedWordsRoundTrip() {
        for (String text :
                List.of(
                        "Réunion",
                        "日本語の件名はとても長いので折り返す必要があります。そうでしょう？",
                        "a=?b",
                        "plain",
                        "😀".repeat(60))) {
            String encoded = EncodedWords.encode(text, 9);
            assertThat(encoded.split("\r\n ", -1))
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(75));
            byte[] bytes = ascii(encoded);
            assertThat(EncodedWords.decode(HeaderFolding.unfold(bytes, 0, bytes.length)))
                    .isEqualTo(text);
        }
    }

    @Test
    void parametersJoinSectionsAndCharsets() {
        ParameterValue value =
                ParameterValue.parse(
                        ascii(
                                "attachment; filename*0*=utf-8''r%C3%A9; filename*1*=sum%C3%A9; filename*2=\".pdf\"; x=\"a;b\\\"c\" (note)"));
        assertThat(value.value()).isEqualTo("attachment");
        assertThat(value.find("filename")).contains("résumé.pdf");
        assertThat(value.find("x")).contains("a;b\"c");
        assertThat(ParameterValue.parse(ascii("a/b; name=\"=?utf-8?B?w6k=?=\"")).find("name"))
                .contains("é");
        assertThat(ParameterValue.parse(ascii("a/b; name*=iso-8859-1'fr'%E9t%E9")).find("name"))
                .contains("été");
        assertThat(ParameterValue.parse(ascii("a/b; boundary=x; boundary=y")).count("boundary"))
                .isEqualTo(2);
        assertThat(ParameterValue.parse(ascii("a/b; n*0=a; n*99999=b; n*2=c")).find("n"))
                .contains("a");
    }

    @Test
    void charsetsAreFoundByTheNamesLettersUse() {
        for (String name :
                List.of(
                        "utf8",
                        "\"UTF-8\"",
                        "latin1",
                        "cp1252",
                        "win-1251",
                        "koi8-r",
                        "gb2312",
                        "gbk",
                        "big5",
                        "shift_jis",
                        "sjis",
                        "iso-2022-jp",
                        "euc-kr",
                        "ks_c_5601-1987",
                        "tis-620",
                        "iso-8859-8-i",
                        "macintosh",
                        "windows-1257",
                        "ibm850",
                        "iso-8859-15",
                        "iso-8859-16",
                        "iso-2022-kr",
                        "euc-jp",
                        "gb18030",
                        "utf-16le",
                        "iso-2022-cn",
                        "iso-8859-11",
                        "windows-1258")) {
            assertThat(MailCharsets.find(name)).as(name).isPresent();
        }
        assertThat(MailCharsets.find("x-nothing")).isEmpty();
        assertThat(MailCharsets.find("a\0b c")).isEmpty();
    }

    @Test
    void textIsNeverRefused() {
        byte[] latin = {'d', (byte) 0xE9, 'j', (byte) 0xE0, ' ', 'v', 'u'};
        assertThat(MailCharsets.decodeUndeclared(latin, 0, latin.length)).isEqualTo("déjà vu");
        assertThat(MailCharsets.decode(latin, 0, latin.length, "us-ascii")).isEqualTo("déjà vu");
        assertThat(MailCharsets.decode(latin, 0, latin.length, "nothing"))
                .isEqualTo("d\uFFFDj\uFFFD vu");
        byte[] cut = {'a', (byte) 0xE2, (byte) 0x82};
        assertThat(MailCharsets.isUtf8(cut, 0, 3)).isTrue();
        byte[] seven = ascii("+ADw-script+AD4- a+-b");
        assertThat(MailCharsets.decode(seven, 0, seven.length, "utf-7")).isEqualTo("<script> a+b");
        assertThat(MailCharsets.decodeHtml(seven, 0, seven.length, "utf-7"))
                .isEqualTo("+ADw-script+AD4- a+-b");
    }

    @Test
    void foldingKeepsTheValueAndRefusesAnother() {
        String value = "word ".repeat(60).strip();
        String field = HeaderFolding.fold("Subject", value);
        assertThat(field.split("\r\n", -1))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
        byte[] bytes = ascii(field);
        assertThat(ascii(value)).isEqualTo(HeaderFolding.unfold(bytes, 8, bytes.length));
        for (String bad : List.of("a\r\nBcc: x", "a\nb", "a\rb", "a\0b")) {
            assertThatThrownBy(() -> HeaderFolding.fold("X", bad)).isInstanceOf(SyntaxFault.class);
        }
    }
}
