package org.facteur.wire.vcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

class VcardTest {
    private static VcardFile read(String text) {
        return VcardReader.read(text.getBytes(StandardCharsets.UTF_8), VcardLimits.STANDARD);
    }

    private static Vcard one(String... lines) {
        return read("BEGIN:VCARD\r\n" + String.join("\r\n", lines) + "\r\nEND:VCARD\r\n")
                .cards()
                .getFirst();
    }

    @Test
    void propertiesHaveGroupsParametersAndValues() {
        Vcard card =
                one(
                        "VERSION:4.0",
                        "item1.EMAIL;TYPE=work,\"home\";PREF=1;X-A=\"a:b;c\":anna@example.com");
        assertThat(card.version()).isEqualTo("4.0");
        VcardProperty email = card.properties().getFirst();
        assertThat(email.group()).isEqualTo("item1");
        assertThat(email.types()).containsExactly("work", "home");
        assertThat(email.find("X-A")).contains("a:b;c");
        assertThat(email.value()).isEqualTo("anna@example.com");
    }

    @Test
    void foldedLinesAreOneAndEscapesAreRead() {
        Vcard card = one("NOTE:one\\, tw", " o\\nthree \\\\ ", " four");
        assertThat(card.properties().getFirst().text()).isEqualTo("one, two\nthree \\ four");
        assertThat(one("N:A\\;B;C,D;;").properties().getFirst().components())
                .isEqualTo(List.of(List.of("A;B"), List.of("C", "D"), List.of(""), List.of("")));
    }

    @Test
    void oldCardsAreRead() {
        Vcard card =
                one(
                        "VERSION:2.1",
                        "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Dupr=E9;No=EBl",
                        "NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab=",
                        "c",
                        "TEL;CELL;VOICE:06",
                        "PHOTO;JPEG;BASE64:AAEC",
                        "  AwQF",
                        "",
                        "FN:x");
        assertThat(card.properties().get(0).components())
                .isEqualTo(List.of(List.of("Dupré"), List.of("Noël")));
        assertThat(card.properties().get(1).text()).isEqualTo("a\nbc");
        assertThat(card.properties().get(2).types()).containsExactly("cell", "voice");
        assertThat(card.properties().get(3).value()).isEqualTo("AAECAwQF");
        assertThat(card.properties().get(4).value()).isEqualTo("x");
    }

    @Test
    void otherCharsetsAndLineEndsAreRead() {
        String text = "BEGIN:VCARD\nFN:Zoé\nEND:VCARD\n";
        for (String charset : List.of("windows-1252", "UTF-8", "UTF-16")) {
            VcardFile file =
                    VcardReader.read(text.getBytes(Charset.forName(charset)), VcardLimits.STANDARD);
            assertThat(file.cards().getFirst().find("FN").orElseThrow().text()).isEqualTo("Zoé");
        }
        assertThat(read(text.replace('\n', '\r')).cards()).hasSize(1);
        assertThat(read("﻿" + text).cards()).hasSize(1);
    }

    @Test
    void brokenLinesAndNestedCardsAreDropped() {
        VcardFile file =
                read(
                        "junk\nBEGIN:VCARD\nFN:a\nno property\nAGENT:\nBEGIN:VCARD\nFN:inner\n"
                                + "END:VCARD\nNOTE:n\nBEGIN");
        assertThat(file.cards()).hasSize(1);
        assertThat(file.cards().getFirst().properties())
                .extracting(VcardProperty::name)
                .containsExactly("FN", "AGENT", "NOTE");
        assertThat(file.dropped()).isEqualTo(3);
    }

    @Test
    void limitsHold() {
        VcardLimits small = new VcardLimits(100, 1, 2, 1);
        byte[] two =
                "BEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n".getBytes(StandardCharsets.UTF_8);
        assertThat(VcardReader.read(two, small).cards()).hasSize(1);
        assertThatThrownBy(() -> VcardReader.read(new byte[101], small))
                .isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> read("Dear Sir")).isInstanceOf(SyntaxFault.class);
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        Vcard card =
                new Vcard(
                        "4.0",
                        List.of(
                                VcardProperty.of("FN", VcardProperty.escape("Zoé, \\ ; \n fin")),
                                VcardProperty.of(
                                        "EMAIL",
                                        "a@b",
                                        new VcardProperty.Parameter(
                                                "LABEL", List.of("a\"b^c\nd", "e:f;g,h"))),
                                VcardProperty.of("NOTE", "é😀".repeat(60))));
        byte[] octets = VcardWriter.write(List.of(card));
        for (String line : new String(octets, StandardCharsets.UTF_8).split("\r\n", -1)) {
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75);
        }
        assertThat(VcardReader.read(octets, VcardLimits.STANDARD).cards()).containsExactly(card);
    }
}
