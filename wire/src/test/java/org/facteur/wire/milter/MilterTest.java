package org.facteur.wire.milter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

class MilterTest {
    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String edit(String header, MilterReply.Change... changes) {
        return new String(
                HeaderEdit.apply(octets(header), List.of(changes)), StandardCharsets.UTF_8);
    }

    @Test
    void packetsAreWrittenAsFiltersReadThem() {
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(MilterWriter.negotiate()))
                .isEqualTo("0000000d4f" + "00000006" + "00000031" + "000fffff");
        assertThat(MilterWriter.mail("<a@b>")).isEqualTo(octets("\0\0\0\7M<a@b>\0"));
        assertThat(MilterWriter.connect("h", 25, "192.0.2.1"))
                .isEqualTo(octets("\0\0\0\20Ch\0004\0\031192.0.2.1\0"));
        assertThat(MilterWriter.macros('M', Map.of("i", "x")))
                .isEqualTo(octets("\0\0\0\6DMi\0x\0"));
        assertThat(MilterWriter.header("To", octets("a\r\n b")))
                .isEqualTo(octets("\0\0\0\11LTo\0a\n b\0"));
        assertThat(MilterWriter.body(octets("xyz"), 2)).isEqualTo(octets("\0\0\0\3Bxy"));
    }

    @Test
    void answersAreReadOrFault() {
        assertThat(MilterReader.parse(octets("c"))).isEqualTo(new MilterReply.Continue());
        assertThat(MilterReader.parse(octets("y550 5.7.1 no\0")))
                .isEqualTo(new MilterReply.Text("550 5.7.1 no"));
        assertThat(MilterReader.parse(octets("O\0\0\0\6\0\0\0\1\0\0\0\0more")))
                .isEqualTo(new MilterReply.Negotiated(6, 1, 0));
        assertThat(MilterReader.parse(octets("m\0\0\0\2Subject\0\0")))
                .isEqualTo(new MilterReply.Replace(2, "Subject", ""));
        for (String broken :
                List.of("", "x", "c1", "h", "hA\0b", "i\0\0\0", "O\0\0\0\6", "b", "+")) {
            assertThatThrownBy(() -> MilterReader.parse(octets(broken)))
                    .as(broken)
                    .isInstanceOf(SyntaxFault.class);
        }
    }

    @Test
    void headersAreChangedInOrder() {
        String header = "A: 1\r\nB: 2\r\n x\r\na: 3\r\n\r\n";
        assertThat(
                        edit(
                                header,
                                new MilterReply.Add("C", "4"),
                                new MilterReply.Insert(0, "Top", "t\n\tu"),
                                new MilterReply.Insert(99, "End", "e"),
                                new MilterReply.Replace(2, "A", "5"),
                                new MilterReply.Replace(1, "b", ""),
                                new MilterReply.Replace(1, "None", ""),
                                new MilterReply.Replace(1, "New", "n")))
                .isEqualTo("Top: t\r\n\tu\r\nA: 1\r\nA: 5\r\nC: 4\r\nEnd: e\r\nNew: n\r\n\r\n");
        for (MilterReply.Change odd :
                List.of(
                        new MilterReply.Add("A B", "x"),
                        new MilterReply.Add("", "x"),
                        new MilterReply.Add("A", "x\n\nbody"),
                        new MilterReply.Add("A", "x\nB: y"),
                        new MilterReply.Add("A", "x\ry"))) {
            assertThatThrownBy(() -> edit(header, odd)).isInstanceOf(SyntaxFault.class);
        }
    }
}
