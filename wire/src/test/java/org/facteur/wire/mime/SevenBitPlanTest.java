package org.facteur.wire.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.facteur.wire.mime.SevenBitPlan.Segment;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.QuotedPrintable;
import org.junit.jupiter.api.Test;

class SevenBitPlanTest {
    private static Anatomy anatomy(byte[] letter) {
        LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
        indexer.feed(letter, 0, letter.length);
        return indexer.finish().anatomy();
    }

    static Optional<byte[]> recoded(byte[] letter) {
        return SevenBitPlan.of(
                        anatomy(letter),
                        (from, target, length) ->
                                System.arraycopy(letter, (int) from, target, 0, length))
                .map(plan -> apply(plan, letter));
    }

    private static byte[] apply(SevenBitPlan plan, byte[] letter) {
        OctetBuffer out = new OctetBuffer(Integer.MAX_VALUE - 16);
        for (Segment segment : plan.segments()) {
            switch (segment) {
                case Segment.Copied(long from, long to) ->
                        out.accept(letter, (int) from, (int) (to - from));
                case Segment.Written(var octets) -> out.append(octets);
                case Segment.Quoted(long from, long to) ->
                        QuotedPrintable.encode(
                                Arrays.copyOfRange(letter, (int) from, (int) to), out);
                case Segment.Based(long from, long to) -> {
                    byte[] text =
                            Base64.getMimeEncoder()
                                    .encode(Arrays.copyOfRange(letter, (int) from, (int) to));
                    out.accept(text, 0, text.length);
                }
            }
        }
        return out.toArray();
    }

    private static String recoded(String letter) {
        byte[] octets = letter.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return recoded(octets)
                .map(text -> new String(text, StandardCharsets.US_ASCII).replace("\r\n", "\n"))
                .orElse("");
    }

    @Test
    void onlyWhatNeedsItIsChanged() {
        assertThat(
                        recoded(
                                """
                                Subject: x
                                MIME-Version: 1.0
                                Content-Type: multipart/mixed; boundary=b
                                Content-Transfer-Encoding: 8bit

                                preamble
                                --b
                                Content-Type: text/plain; charset=utf-8
                                Content-Transfer-Encoding: 8bit

                                été
                                --b
                                Content-Type: text/plain

                                summer
                                --b
                                Content-Type: application/x
                                Content-Transfer-Encoding: binary

                                été
                                --b--
                                """))
                .isEqualTo(
                        """
                        Subject: x
                        MIME-Version: 1.0
                        Content-Type: multipart/mixed; boundary=b
                        Content-Transfer-Encoding: 7bit

                        preamble
                        --b
                        Content-Type: text/plain; charset=utf-8
                        Content-Transfer-Encoding: quoted-printable

                        =C3=A9t=C3=A9
                        --b
                        Content-Type: text/plain

                        summer
                        --b
                        Content-Type: application/x
                        Content-Transfer-Encoding: base64

                        w6l0w6k=
                        --b--
                        """);
    }

    @Test
    void aLetterThatNeverSaidWhatItIsSaysSo() {
        assertThat(recoded("Subject: x\n\nété\n"))
                .isEqualTo(
                        "Subject: x\nMIME-Version: 1.0\n"
                                + "Content-Type: text/plain; charset=unknown-8bit\n"
                                + "Content-Transfer-Encoding: quoted-printable\n\n"
                                + "=C3=A9t=C3=A9\n");
    }

    @Test
    void aLetterInALetterIsChangedInside() {
        assertThat(
                        recoded(
                                "MIME-Version: 1.0\nContent-Type: message/rfc822\n"
                                        + "Content-Transfer-Encoding: 8bit\n\n"
                                        + "Subject: in\nMIME-Version: 1.0\n"
                                        + "Content-Type: text/plain; charset=utf-8\n"
                                        + "Content-Transfer-Encoding: 8bit\n\né\n"))
                .contains("Content-Transfer-Encoding: 7bit\n\nSubject: in")
                .endsWith("Content-Transfer-Encoding: quoted-printable\n\n=C3=A9\n");
    }

    @Test
    void whatCannotBeChangedIsSaid() {
        assertThat(recoded("Subject: été\n\nx\n")).isEmpty();
        assertThat(
                        recoded(
                                "MIME-Version: 1.0\nContent-Type: multipart/signed; boundary=b\n\n"
                                        + "--b\nContent-Type: text/plain\n\né\n--b--\n"))
                .isEmpty();
        assertThat(recoded("Content-Transfer-Encoding: x-odd\n\né\n")).isEmpty();
    }
}
