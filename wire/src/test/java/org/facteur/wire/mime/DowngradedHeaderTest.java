package org.facteur.wire.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.facteur.wire.text.MailCharsets;
import org.junit.jupiter.api.Test;

/// Headers in UTF-8 for programs that do not know them.
class DowngradedHeaderTest {
    private static String of(String header) {
        return new String(
                DowngradedHeader.of(header.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
    }

    @Test
    void subjectsAndNamesBecomeEncodedWords() {
        assertThat(of("Subject: Caf\u00e9\r\nFrom: Ren\u00e9 <rene@a.example>\r\n\r\n"))
                .isEqualTo(
                        "Subject: =?utf-8?Q?Caf=C3=A9?=\r\n"
                                + "From: =?utf-8?Q?Ren=C3=A9?= <rene@a.example>\r\n\r\n");
    }

    @Test
    void addressesThatCannotBeWrittenCanBeRead() {
        String plain =
                of(
                        "From: Joe <jo\u00e9@a.example>\r\n"
                                + "To: bob@b.example, \u00e9a@b.example\r\nX-A: b\r\n\r\n");
        assertThat(plain)
                .contains("<invalid@internationalized-address.invalid>")
                .contains("<bob@b.example>, ")
                .contains("X-A: b\r\n")
                .contains("jo=C3=A9=40a=2Eexample");
        assertThat(
                        MailCharsets.onlyAscii(
                                plain.getBytes(StandardCharsets.UTF_8), 0, plain.length()))
                .isTrue();
    }

    @Test
    void otherFieldsBeyondAsciiAreLeftOut() {
        assertThat(
                        of(
                                "Received: by h for <\u00e9@a.example>; now\r\n"
                                        + "Content-Type: text/plain; charset=utf-8; name=\"\u00e9;x\"\r\n"
                                        + "Date: today\r\n\r\n"))
                .isEqualTo("Content-Type: text/plain; charset=utf-8\r\nDate: today\r\n\r\n");
    }

    @Test
    void whatIsPlainOrNoUtf8StaysAsItIs() {
        byte[] plain = "Subject: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] latin = "Subject: \u00e9\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(DowngradedHeader.of(plain)).isSameAs(plain);
        assertThat(DowngradedHeader.of(latin)).isSameAs(latin);
        assertThat(DowngradedHeader.plain(plain, plain.length)).isTrue();
        assertThat(DowngradedHeader.plain(plain, plain.length - 2)).isFalse();
        assertThat(DowngradedHeader.plain(latin, latin.length)).isFalse();
    }

    @Test
    void bodiesPassWhereverTheHeaderEnds() throws IOException {
        for (int length = 0; length < 20_000; length += 1_777) {
            String fill = ("X-Fill: " + "x".repeat(60) + "\r\n").repeat(length / 70);
            String body = "\r\nb\u00f6dy\r\n".repeat(1 + length / 10);
            String letter = fill + "Subject: \u00e9\r\n" + body;
            String plain =
                    new String(
                            ConventionalLetter.of(
                                            new ByteArrayInputStream(
                                                    letter.getBytes(StandardCharsets.UTF_8)))
                                    .readAllBytes(),
                            StandardCharsets.UTF_8);
            assertThat(plain).isEqualTo(fill + "Subject: =?utf-8?B?w6k=?=\r\n" + body);
        }
    }

    @FuzzTest
    void anyHeaderGivesPlainOrTheSame(byte[] octets) {
        byte[] out = DowngradedHeader.of(octets);
        assertThat(
                        java.util.Arrays.equals(out, octets)
                                || MailCharsets.onlyAscii(out, 0, out.length))
                .isTrue();
    }
}
