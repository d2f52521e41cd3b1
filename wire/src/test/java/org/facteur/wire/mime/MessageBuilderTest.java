package org.facteur.wire.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

class MessageBuilderTest {
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-11-22T10:00:00+01:00");

    private static MessageBuilder letter(String subject) {
        return new MessageBuilder()
                .date(TIME)
                .from(
                        new NamedAddress(
                                new HeaderText("Dupont, \"Zoé\" de l’Atelier"),
                                EmailAddress.parse("zoe@example.org")))
                .to(
                        List.of(
                                NamedAddress.of(EmailAddress.parse("\"a b\"@example.net")),
                                NamedAddress.of(EmailAddress.parse("c@d.test"))))
                .subject(new HeaderText(subject))
                .messageId("1@example.org")
                .answerTo(List.of("a@b", "c@d"));
    }

    private static final String SUBJECT =
            "Une très longue ligne de sujet, avec des accents : été, hiver, printemps et automne à la fois";
    private static final String TEXT = "Bonjour\n.\nFrom here\n" + "x".repeat(200) + " é\n";

    private static byte[] letterWithEverything() {
        byte[] data = new byte[500];
        return letter(SUBJECT)
                .build(
                        new BodyPart.Multiple(
                                "mixed",
                                null,
                                List.of(
                                        new BodyPart.Multiple(
                                                "alternative",
                                                null,
                                                List.of(
                                                        new BodyPart.Text("plain", TEXT),
                                                        new BodyPart.Text(
                                                                "html", "<p>Bonjour</p>"))),
                                        new BodyPart.Data(
                                                "application/pdf",
                                                new HeaderText(
                                                        "résumé de l’été — version définitive (2).pdf"),
                                                Octets.copyOf(data),
                                                false))))
                .toArray();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        byte[] octets = letterWithEverything();
        LetterIndex index = Indexing.whole(octets);
        assertThat(index.anatomy().parts()).allSatisfy(p -> assertThat(p.ambiguities()).isEmpty());
        assertThat(index.anatomy().parts())
                .extracting(p -> p.type().toString())
                .containsExactly(
                        "multipart/mixed",
                        "multipart/alternative",
                        "text/plain",
                        "text/html",
                        "application/pdf");
        Summary summary = index.listing().summary();
        assertThat(summary.subject()).isEqualTo(SUBJECT);
        assertThat(summary.sentAt()).isEqualTo(TIME);
        assertThat(summary.correspondents().from().getFirst().displayName())
                .isEqualTo("Dupont, \"Zoé\" de l’Atelier");
        assertThat(summary.correspondents().to())
                .extracting(a -> a.mailbox())
                .doesNotContainNull()
                .hasSize(2);
        assertThat(summary.threadKeys().references()).containsExactly("a@b", "c@d");
        assertThat(summary.hasAttachment()).isTrue();
        assertThat(index.anatomy().parts().getLast().findFileName())
                .contains("résumé de l’été — version définitive (2).pdf");
    }

    @Test
    void linesStayShortAndTextComesBack() {
        byte[] octets = letterWithEverything();
        String written = new String(octets, StandardCharsets.UTF_8);
        assertThat(written.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(written.split("\r\n", -1))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
        PartRange plain = Indexing.whole(octets).anatomy().parts().get(2).range();
        assertThat(
                        PartText.decode(
                                ContentType.TEXT_PLAIN,
                                TransferEncoding.QUOTED_PRINTABLE,
                                java.util.Arrays.copyOfRange(
                                        octets, (int) plain.bodyStart(), (int) plain.end())))
                .isEqualTo(TEXT.replace("\n", "\r\n"));
    }

    @Test
    void nothingAddsAField() {
        for (String text :
                List.of("a\r\nBcc: x@y", "a\nb", "a\0b", "a\u2028b", "a\u0085b", "\uD800")) {
            assertThatThrownBy(() -> new HeaderText(text)).isInstanceOf(SyntaxFault.class);
        }
        assertThatThrownBy(() -> new MessageBuilder().messageId("a> <b"))
                .isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> new MessageBuilder().text("X\r\nY", new HeaderText("z")))
                .isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> new BodyPart.Text("plain\r\nX: y", "z"))
                .isInstanceOf(SyntaxFault.class);
        byte[] octets =
                letter("=?utf-8?Q?a=0D=0ABcc:_x?=")
                        .build(new BodyPart.Text("plain", "x"))
                        .toArray();
        assertThat(Indexing.whole(octets).listing().summary().subject())
                .isEqualTo("=?utf-8?Q?a=0D=0ABcc:_x?=");
    }

    @Test
    void aBoundaryNeverStandsInAPart() {
        Octets inside = Octets.ofLatin1("--=_facteur_0_0\r\n--=_facteur_0_1\r\n");
        byte[] octets =
                letter("x")
                        .build(
                                new BodyPart.Multiple(
                                        "mixed",
                                        null,
                                        List.of(new BodyPart.Verbatim("text/x-log", inside))))
                        .toArray();
        assertThat(Indexing.whole(octets).anatomy().parts()).hasSize(2);
    }
}
