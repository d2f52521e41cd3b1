package org.facteur.core.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.facteur.wire.mime.IndexLimits;
import org.facteur.wire.mime.LetterIndexer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentsTest {
    private static List<Fact> facts(String type, String name, byte[] content) throws IOException {
        String letter =
                "From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
                        + "Hello\r\n--b\r\nContent-Type: "
                        + type
                        + "\r\nContent-Disposition: attachment; filename*=utf-8''"
                        + java.net.URLEncoder.encode(name, StandardCharsets.UTF_8)
                                .replace("+", "%20")
                        + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(content)
                        + "\r\n--b--\r\n";
        byte[] octets = letter.getBytes(StandardCharsets.UTF_8);
        LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
        indexer.feed(octets, 0, octets.length);
        return Attachments.of(
                indexer.finish().anatomy(),
                (from, to) ->
                        new ByteArrayInputStream(octets, (int) from, (int) Math.max(0, to - from)));
    }

    private static byte[] windowsProgram() {
        byte[] octets = new byte[600];
        octets[0] = 'M';
        octets[1] = 'Z';
        octets[60] = (byte) 0x80;
        octets[0x80] = 'P';
        octets[0x81] = 'E';
        return octets;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invoice.pdf.exe",
                "invoice.pdf     .scr",
                "invoice\u202efdp.exe",
                "photo.jpg.js",
                "photo.jpg.js. .",
                "scan.doc\u200b.vbs"
            })
    void programsInDisguiseAreFound(String name) throws IOException {
        assertThat(facts("application/pdf", name, new byte[] {1, 2, 3}))
                .extracting(Fact::code)
                .containsExactly("program-in-disguise");
    }

    @ParameterizedTest
    @ValueSource(strings = {"setup.exe", "run.LNK", "disk.iso", "note.one", "a.b.hta", "x.jar"})
    void programsAreFoundByTheirNames(String name) throws IOException {
        assertThat(facts("application/octet-stream", name, new byte[] {1}))
                .extracting(Fact::code)
                .containsExactly("program");
    }

    @Test
    void programsAreFoundByWhatTheyAre() throws IOException {
        assertThat(facts("application/pdf", "invoice.pdf", windowsProgram()))
                .extracting(Fact::code)
                .containsExactly("program");
        assertThat(facts("image/png", "a.png", new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}))
                .hasSize(1);
        assertThat(
                        facts(
                                "application/zip",
                                "a.zip",
                                new byte[] {0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0}))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "application/pdf, invoice.pdf, %PDF-1.7",
        "text/plain, notes.txt, MZ is how this text begins and it goes on and on for a while yet",
        "application/zip, photos.zip, PK",
        "text/plain, 1.2.3.txt, x",
        "application/octet-stream, example.com.pdf, x",
        "text/html, page.html, <html>"
    })
    void documentsAreLeftAlone(String type, String name, String content) throws IOException {
        byte[] octets = content.getBytes(StandardCharsets.US_ASCII);
        assertThat(facts(type, name, octets)).isEmpty();
    }

    @Test
    void aNameIsShownWithoutItsTricks() throws IOException {
        assertThat(facts("application/pdf", "a\u202efdp.exe", new byte[0]).getFirst().sentence())
                .extracting(sentence -> sentence.in(org.facteur.base.word.Language.FRENCH))
                .isEqualTo("« afdp.exe » est un programme, pas un document.");
    }
}
