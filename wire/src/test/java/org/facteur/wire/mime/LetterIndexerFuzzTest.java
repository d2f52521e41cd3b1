package org.facteur.wire.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

/// Any octets index, or are refused; in whatever pieces they come.
class LetterIndexerFuzzTest {
    private static final String[] WORDS = {
        "Content-Type: multipart/mixed; boundary=a\r\n",
        "Content-Type: multipart/digest; boundary=\"b\"\r\n",
        "Content-Type: message/rfc822\r\n",
        "Content-Type: text/html; charset=utf-7\r\n",
        "\r\n",
        "\n",
        "--a\r\n",
        "--a--\r\n",
        "--b\n",
        "--b--",
        "--",
        "-",
        "From: A <a@b>, g:c@d;\r\n",
        "Subject: =?utf-8?Q?=C3?=\r\n",
        "Content-Transfer-Encoding: base64\r\n",
        "text ",
        "\r",
        "\0",
        ": ",
        " ",
        "Date: 1 Jan 2020 10:00\r\n",
        "Content-Disposition: attachment; filename*0*=utf-8''%E9\r\n",
        "References: <a@b> <c@d>\r\n",
        "é",
        "<p>",
        "&#x;"
    };

    @FuzzTest
    void anyOctetsAreIndexedAlike(byte[] letter) {
        check(letter);
    }

    @FuzzTest
    void anyStoredFormIsReadOrRefused(byte[] octets) {
        try {
            Anatomy anatomy = Anatomy.decode(octets);
            assertThat(Anatomy.decode(anatomy.encode().toArray())).isEqualTo(anatomy);
        } catch (SyntaxFault _) {
            assertThat(octets).isNotNull();
        }
        try {
            Listing listing = Listing.decode(octets);
            assertThat(Listing.decode(listing.encode().toArray())).isEqualTo(listing);
        } catch (SyntaxFault _) {
            assertThat(octets).isNotNull();
        }
    }

    @Test
    void lettersMadeOfLikelyPiecesAreIndexedAlike() {
        for (long seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            StringBuilder letter = new StringBuilder();
            int words = random.nextInt(30);
            for (int i = 0; i < words; i++) {
                letter.append(WORDS[random.nextInt(WORDS.length)]);
            }
            check(letter.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void check(byte[] letter) {
        LetterIndex whole;
        try {
            whole = Indexing.whole(letter);
        } catch (SyntaxFault _) {
            return;
        }
        assertThat(Indexing.bytewise(letter)).isEqualTo(whole);
        assertThat(Indexing.split(letter, Arrays.hashCode(letter))).isEqualTo(whole);
        Invariants.check("letter " + Arrays.hashCode(letter), letter, whole);
        assertThat(
                        LetterIndex.decode(
                                whole.encodeAnatomy().toArray(), whole.encodeListing().toArray()))
                .isEqualTo(whole);
    }
}
