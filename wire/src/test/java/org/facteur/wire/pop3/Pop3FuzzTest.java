package org.facteur.wire.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.SyntaxFault;

class Pop3FuzzTest {
    @FuzzTest
    void aCommandIsReadOrRefused(byte[] octets) {
        try {
            assertThat(new Pop3Parser(Pop3Limits.DEFAULT).parse(octets)).isNotNull();
        } catch (SyntaxFault fault) {
            assertThat(fault.expected()).isNotEmpty();
        }
    }

    @FuzzTest
    void aServerSaysAnything(byte[] octets) throws IOException {
        Pop3ReplyReader reader =
                new Pop3ReplyReader(
                        new LineReader(new ByteArrayInputStream(octets)::read), Pop3Limits.DEFAULT);
        try {
            while (true) {
                reader.readReply();
                reader.readLetter((piece, offset, length) -> {}, 1000);
            }
        } catch (SyntaxFault | LineFault | EOFException end) {
            assertThat(end).isNotNull();
        }
    }

    @FuzzTest
    void whatIsSentAsALetterIsReadAsOne(byte[] octets) throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        new Pop3Writer(sent).letter(new ByteArrayInputStream(octets), Pop3Top.WHOLE);
        LineReader lines = new LineReader(new ByteArrayInputStream(sent.toByteArray())::read);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        new Pop3ReplyReader(lines, Pop3Limits.DEFAULT)
                .readLetter(read::write, 3L * octets.length + 2);
        assertThat(lines.await()).isFalse();
        assertThat(read.size()).isGreaterThanOrEqualTo(octets.length);
    }
}
