package org.facteur.wire.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static ByteSource pieces(String text, int most, long seed) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Random random = new Random(seed);
        int[] at = {0};
        return (target, offset, length) -> {
            if (at[0] == bytes.length) {
                return -1;
            }
            int count = Math.min(Math.min(length, bytes.length - at[0]), 1 + random.nextInt(most));
            System.arraycopy(bytes, at[0], target, offset, count);
            at[0] += count;
            return count;
        };
    }

    private static List<String> lines(ByteSource source, int limit) throws IOException {
        LineReader reader = new LineReader(source);
        List<String> lines = new ArrayList<>();
        for (byte[] line = reader.readLine(limit); line != null; line = reader.readLine(limit)) {
            lines.add(new String(line, StandardCharsets.ISO_8859_1));
        }
        return lines;
    }

    @Test
    void cutsLinesAlikeWhateverThePieces() throws IOException {
        String text = "one\r\n\r\nthree three\r\n" + "x".repeat(9000) + "\r\nend\r\n";
        List<String> whole = lines(pieces(text, Integer.MAX_VALUE, 0), 10_000);
        assertThat(whole).hasSize(5).startsWith("one", "", "three three").endsWith("end");
        assertThat(lines(pieces(text, 1, 0), 10_000)).isEqualTo(whole);
        for (long seed = 1; seed < 20; seed++) {
            assertThat(lines(pieces(text, 50, seed), 10_000)).isEqualTo(whole);
        }
    }

    @Test
    void refusesWhatTwoReadersWouldCutDifferently() {
        for (String text : List.of("a\nb\r\n", "a\rb\r\n", "\n", "a\r\r\n")) {
            for (int most : new int[] {1, 100}) {
                assertThatThrownBy(() -> lines(pieces(text, most, 1), 100))
                        .isInstanceOfSatisfying(
                                LineFault.class,
                                fault -> {
                                    assertThat(fault.kind())
                                            .isEqualTo(LineFault.Kind.BARE_CR_OR_LF);
                                    assertThat(fault.inStep()).isFalse();
                                });
            }
        }
        assertThatThrownBy(() -> lines(pieces("a\0b\r\n", 100, 1), 100))
                .isInstanceOfSatisfying(
                        LineFault.class, f -> assertThat(f.kind()).isEqualTo(LineFault.Kind.NUL));
    }

    @Test
    void staysInStepAfterALineTooLong() throws IOException {
        for (int most : new int[] {1, 7, 100_000}) {
            LineReader reader = new LineReader(pieces("12345678901\r\n1234567890\r\n", most, 3));
            assertThatThrownBy(() -> reader.readLine(10))
                    .isInstanceOfSatisfying(
                            LineFault.class, fault -> assertThat(fault.inStep()).isTrue());
            assertThat(reader.readLine(10)).hasSize(10);
            assertThat(reader.readLine(10)).isNull();
        }
    }

    @Test
    void givesUpAnEndlessLine() {
        assertThatThrownBy(
                        () ->
                                lines(
                                        (target, offset, length) -> {
                                            java.util.Arrays.fill(
                                                    target, offset, offset + length, (byte) 'x');
                                            return length;
                                        },
                                        100))
                .isInstanceOfSatisfying(
                        LineFault.class,
                        f -> assertThat(f.kind()).isEqualTo(LineFault.Kind.ENDLESS));
    }

    @Test
    void tellsAnEndInsideALineFromOneBetween() throws IOException {
        assertThat(new LineReader(pieces("", 1, 1)).readLine(10)).isNull();
        assertThatThrownBy(() -> new LineReader(pieces("abc", 1, 1)).readLine(10))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> new LineReader(pieces("abc\r", 1, 1)).readLine(10))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void readsLiteralsBetweenLinesAndRests() throws IOException {
        LineReader reader = new LineReader(pieces("a {5}\r\nhello b\r\n", 100, 1));
        assertThat(reader.readLine(100)).asString().isEqualTo("a {5}");
        byte[] literal = new byte[5];
        reader.readFully(literal, 0, 5);
        assertThat(literal).asString().isEqualTo("hello");
        assertThat(reader.await()).isTrue();
        assertThat(reader.peek(1)).isEqualTo((byte) 'b');
        assertThat(reader.readLine(100)).asString().isEqualTo(" b");
        reader.rest();
        assertThat(reader.buffered()).isZero();
        assertThat(reader.await()).isFalse();
    }
}
