package org.facteur.wire.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.facteur.wire.text.ByteSource;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

class Pop3ReplyTest {
    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String written(Pop3Reply reply) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Pop3Writer(out).write(reply);
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static byte[] stuffed(byte[] letter, int bodyLines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Pop3Writer(out).letter(new ByteArrayInputStream(letter), bodyLines);
        return out.toByteArray();
    }

    /// Gives octets in pieces of at most `most`.
    private static Pop3ReplyReader reader(byte[] octets, int most) {
        ByteArrayInputStream in = new ByteArrayInputStream(octets);
        ByteSource source =
                (target, offset, length) -> in.read(target, offset, Math.min(length, most));
        return new Pop3ReplyReader(new LineReader(source), Pop3Limits.DEFAULT);
    }

    private static byte[] plain(byte[] reply, int most) throws IOException {
        ByteArrayOutputStream letter = new ByteArrayOutputStream();
        long size = reader(reply, most).readLetter(letter::write, 1_000_000);
        assertThat(size).isEqualTo(letter.size());
        return letter.toByteArray();
    }

    @Test
    void repliesAreWrittenAndReadTheSame() throws IOException {
        List<Pop3Reply> replies =
                List.of(
                        new Pop3Reply.Ok(""),
                        new Pop3Reply.Ok("Hello."),
                        new Pop3Reply.Err(null, "No."),
                        new Pop3Reply.Err(Pop3Code.SYS_TEMP, "Later."));
        for (Pop3Reply reply : replies) {
            String text = written(reply);
            assertThat(text).endsWith("\r\n");
            assertThat(reader(octets(text), 1).readReply()).isEqualTo(reply);
        }
        assertThat(written(new Pop3Reply.Status(2, 320))).isEqualTo("+OK 2 320\r\n");
        assertThat(written(new Pop3Reply.One(new Pop3Line.Uid(2, "a.b"))))
                .isEqualTo("+OK 2 a.b\r\n");
        assertThat(written(new Pop3Reply.Challenge(octets("abc")))).isEqualTo("+ YWJj\r\n");
        Pop3Reply read = reader(octets("+ YWJj\r\n"), 3).readReply();
        assertThat(((Pop3Reply.Challenge) read).octets()).isEqualTo(octets("abc"));
    }

    @Test
    void aReplyNeverHoldsMoreThanOneLine() throws IOException {
        assertThat(written(new Pop3Reply.Err(null, "a\r\n+OK é"))).isEqualTo("-ERR a??+OK ?\r\n");
    }

    @Test
    void lettersAreStuffedAndLinesEndWithCrlf() throws IOException {
        assertThat(stuffed(octets(".a\r\n..b\r\nc."), Pop3Top.WHOLE))
                .isEqualTo(octets("..a\r\n...b\r\nc.\r\n.\r\n"));
        assertThat(stuffed(octets(""), Pop3Top.WHOLE)).isEqualTo(octets(".\r\n"));
        assertThat(stuffed(octets("a\n.\nb\rc\r"), Pop3Top.WHOLE))
                .isEqualTo(octets("a\r\n..\r\nb\r\nc\r\n.\r\n"));
    }

    @Test
    void topStopsAfterItsLines() throws IOException {
        String letter = "A: b\r\nC: d\r\n\r\none\r\ntwo\r\n";
        assertThat(stuffed(octets(letter), 0)).isEqualTo(octets("A: b\r\nC: d\r\n\r\n.\r\n"));
        assertThat(stuffed(octets(letter), 1))
                .isEqualTo(octets("A: b\r\nC: d\r\n\r\none\r\n.\r\n"));
        assertThat(stuffed(octets(letter), 9)).isEqualTo(octets(letter + ".\r\n"));
        assertThat(stuffed(octets("A: b\r\n"), 3)).isEqualTo(octets("A: b\r\n.\r\n"));
    }

    @Test
    void anyLetterOfCrlfLinesComesThroughAtAnySplit() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder letter = new StringBuilder();
            for (int line = random.nextInt(6); line > 0; line--) {
                for (int at = random.nextInt(4); at > 0; at--) {
                    letter.append(random.nextInt(3) == 0 ? 'x' : '.');
                }
                letter.append("\r\n");
            }
            byte[] plain = octets(letter.toString());
            byte[] reply = stuffed(plain, Pop3Top.WHOLE);
            assertThat(plain(reply, 1 + random.nextInt(5))).isEqualTo(plain);
            assertThat(plain(reply, 1)).isEqualTo(plain);
        }
    }

    @Test
    void whatFollowsALetterIsLeftToTheNextRead() throws IOException {
        Pop3ReplyReader reader = reader(octets("a\r\n.\r\n+OK next\r\n"), 100);
        reader.readLetter((octets, offset, length) -> {}, 100);
        assertThat(reader.readReply()).isEqualTo(new Pop3Reply.Ok("next"));
    }

    @Test
    void linesOfAListingAreRead() throws IOException {
        Pop3ReplyReader reader = reader(octets("1 a\r\n..x\r\n.\r\n"), 2);
        assertThat(reader.readLine()).isEqualTo("1 a");
        assertThat(reader.readLine()).isEqualTo(".x");
        assertThat(reader.readLine()).isNull();
    }

    @Test
    void aBrokenServerIsAFault() {
        assertThatThrownBy(() -> reader(octets("OK\r\n"), 9).readReply())
                .isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> reader(octets("+OKAY\r\n"), 9).readReply())
                .isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> reader(octets("+ !\r\n"), 9).readReply())
                .isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> reader(octets(""), 9).readReply())
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> plain(octets("half"), 9)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> plain(octets(".\rx"), 9)).isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(
                        () ->
                                reader(octets("12345\r\n.\r\n"), 9)
                                        .readLetter((octets, offset, length) -> {}, 4))
                .isInstanceOf(SyntaxFault.class);
    }
}
