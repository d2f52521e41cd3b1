package org.facteur.wire.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

class LetterIndexerTest {
    private static final String MIXED =
            """
            From: Ann <ann@example.org>
            To: bob@example.net
            Subject: =?utf-8?Q?Re:_[list]_H=C3=A9?=
            Date: Sun, 22 Nov 2026 10:00:00 +0100
            Message-ID: <1@example.org>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="b1"

            preamble
            --b1
            Content-Type: multipart/alternative; boundary=b2

            --b2

            > quoted
            Hello there,
             how are you?
            --b2
            Content-Type: text/html

            <p>Hello
            --b2--
            --b1
            Content-Type: message/rfc822

            Subject: inner
            From: x@y.test

            inner text
            --b1
            Content-Type: image/png; name="a.png"
            Content-Disposition: attachment; filename="a.png"
            Content-Transfer-Encoding: base64

            AAAA
            --b1--
            epilogue
            """;

    private static String section(String letter, LetterIndex index, String path) {
        byte[] octets = letter.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return index.find(SectionPath.parse(path))
                .map(
                        r ->
                                new String(
                                        octets,
                                        (int) r.start(),
                                        (int) r.length(),
                                        StandardCharsets.UTF_8))
                .orElse("none");
    }

    @Test
    void findsEverySectionOfANestedLetter() {
        LetterIndex index = Indexing.whole(MIXED);
        assertThat(index.anatomy().parts())
                .extracting(Part::section)
                .containsExactly("", "1", "1.1", "1.2", "2", "2.1", "3");
        assertThat(section(MIXED, index, "1.1"))
                .isEqualTo("> quoted\r\nHello there,\r\n how are you?");
        assertThat(section(MIXED, index, "1.2")).isEqualTo("<p>Hello");
        assertThat(section(MIXED, index, "1.2.MIME")).isEqualTo("Content-Type: text/html\r\n\r\n");
        assertThat(section(MIXED, index, "2.HEADER"))
                .isEqualTo("Subject: inner\r\nFrom: x@y.test\r\n\r\n");
        assertThat(section(MIXED, index, "2.TEXT")).isEqualTo("inner text");
        assertThat(section(MIXED, index, "2.1")).isEqualTo("inner text");
        assertThat(section(MIXED, index, "3")).isEqualTo("AAAA");
        assertThat(section(MIXED, index, "TEXT")).startsWith("preamble").endsWith("epilogue\r\n");
        assertThat(section(MIXED, index, "")).isEqualTo(MIXED.replace("\n", "\r\n"));
        for (String absent :
                List.of("4", "1.3", "3.1", "1.HEADER", "3.TEXT", "2.2", "2.1.1", "1.1.1")) {
            assertThat(section(MIXED, index, absent)).as(absent).isEqualTo("none");
        }
        assertThat(index.anatomy().parts()).allSatisfy(p -> assertThat(p.ambiguities()).isEmpty());
    }

    @Test
    void summaryIsWhatAListShows() {
        Summary summary = Indexing.whole(MIXED).listing().summary();
        assertThat(summary.subject()).isEqualTo("Re: [list] Hé");
        assertThat(summary.threadKeys().baseSubject()).isEqualTo("hé");
        assertThat(summary.threadKeys().reply()).isTrue();
        assertThat(summary.threadKeys().messageId()).isEqualTo("1@example.org");
        assertThat(summary.preview()).isEqualTo("Hello there, how are you?");
        assertThat(summary.hasAttachment()).isTrue();
        assertThat(summary.sentAt()).hasToString("2026-11-22T10:00+01:00");
        assertThat(summary.correspondents().from().getFirst().display()).isEqualTo("Ann");
    }

    @Test
    void envelopeAndBodyStructureAreReadyForTheWire() {
        Listing listing = Indexing.whole(MIXED).listing();
        assertThat(listing.envelope().toLatin1())
                .isEqualTo(
                        "(\"Sun, 22 Nov 2026 10:00:00 +0100\" \"=?utf-8?Q?Re:_[list]_H=C3=A9?=\""
                                + " ((\"Ann\" NIL \"ann\" \"example.org\")) ((\"Ann\" NIL \"ann\" \"example.org\"))"
                                + " ((\"Ann\" NIL \"ann\" \"example.org\")) ((NIL NIL \"bob\" \"example.net\"))"
                                + " NIL NIL NIL \"<1@example.org>\")");
        assertThat(listing.bodyStructure().toLatin1())
                .isEqualTo(
                        "(((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 37 2 NIL NIL NIL NIL)"
                                + "(\"text\" \"html\" NIL NIL NIL \"7bit\" 8 0 NIL NIL NIL NIL)"
                                + " \"alternative\" (\"boundary\" \"b2\") NIL NIL NIL)"
                                + "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 44 (NIL \"inner\" ((NIL NIL \"x\" \"y.test\"))"
                                + " ((NIL NIL \"x\" \"y.test\")) ((NIL NIL \"x\" \"y.test\")) NIL NIL NIL NIL NIL)"
                                + " (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 10 0 NIL NIL NIL NIL)"
                                + " 3 NIL NIL NIL NIL)"
                                + "(\"image\" \"png\" (\"name\" \"a.png\") NIL NIL \"base64\" 4 NIL"
                                + " (\"attachment\" (\"filename\" \"a.png\")) NIL NIL)"
                                + " \"mixed\" (\"boundary\" \"b1\") NIL NIL NIL)");
        assertThat(listing.body().toLatin1())
                .endsWith(
                        "(\"image\" \"png\" (\"name\" \"a.png\") NIL NIL \"base64\" 4) \"mixed\")");
    }

    @Test
    void envelopeWritesGroupsLiteralsAndMissingHosts() {
        String envelope =
                Indexing.whole("To: G:a@b.test;, lonely\nSubject: say \"hi\"\n\n")
                        .listing()
                        .envelope()
                        .toLatin1();
        assertThat(envelope)
                .isEqualTo(
                        "(NIL {8}\r\nsay \"hi\" NIL NIL NIL ((NIL NIL \"G\" NIL)(NIL NIL \"a\" \"b.test\")(NIL NIL NIL NIL)"
                                + "(NIL NIL \"lonely\" \"\")) NIL NIL NIL NIL)");
    }

    @Test
    void feedsInPiecesGiveTheSameIndex() {
        for (String letter :
                List.of(
                        MIXED,
                        MIXED.replace("\n", "\r\n"),
                        MIXED.replace("\n\n", "\n"),
                        "",
                        "\n",
                        "a",
                        "--b1\n--")) {
            byte[] octets = letter.getBytes(StandardCharsets.UTF_8);
            LetterIndex whole = Indexing.whole(octets);
            assertThat(Indexing.bytewise(octets)).isEqualTo(whole);
            Invariants.check("letter", octets, whole);
            for (long seed = 0; seed < 30; seed++) {
                assertThat(Indexing.split(octets, seed)).isEqualTo(whole);
            }
        }
    }

    private static Set<Ambiguity> ambiguities(String letter) {
        Set<Ambiguity> all = new java.util.TreeSet<>();
        Indexing.whole(letter).anatomy().parts().forEach(part -> all.addAll(part.ambiguities()));
        return all;
    }

    @Test
    void marksWhatReadersDisagreeAbout() {
        assertThat(ambiguities("Content-Type: text/plain\nContent-Type: text/html\n\nx"))
                .contains(Ambiguity.TWO_CONTENT_TYPES);
        assertThat(
                        ambiguities(
                                "Content-Type: multipart/mixed; boundary=a; boundary=b\n\n--a\n\nx\n--a--\n"))
                .containsExactly(Ambiguity.TWO_BOUNDARIES);
        assertThat(ambiguities("Content-Transfer-Encoding: x-own\n\nx"))
                .containsExactly(Ambiguity.UNKNOWN_ENCODING);
        assertThat(ambiguities("Content-Type: multipart/mixed\n\nx"))
                .containsExactly(Ambiguity.NO_BOUNDARY);
        assertThat(ambiguities("Content-Type: multipart/mixed; boundary=a\n\n--a\n\nx"))
                .containsExactly(Ambiguity.NOT_CLOSED);
        assertThat(
                        ambiguities(
                                "Content-Type: multipart/mixed; boundary=a\n\n--a\n\nx\n--ab\n--a--\n"))
                .containsExactly(Ambiguity.NEAR_BOUNDARY);
        assertThat(ambiguities("Subject: x\nno field here\n\nx"))
                .containsExactly(Ambiguity.NO_SEPARATOR);
        assertThat(ambiguities("From: a@b\nFrom: c@d\n\nx"))
                .containsExactly(Ambiguity.REPEATED_FIELD);
        assertThat(ambiguities("Content-Type: nonsense\n\nx"))
                .containsExactly(Ambiguity.BAD_CONTENT_TYPE);
        assertThat(
                        ambiguities(
                                "Content-Type: multipart/mixed; boundary=a\nContent-Transfer-Encoding: base64\n\n--a\n\nx\n--a--\n"))
                .containsExactly(Ambiguity.ENCODED_CONTAINER);
        assertThat(
                        ambiguities(
                                "Content-Type: multipart/mixed; boundary=\"a b \"\n\n--a b  \n\nx\n--a b--\t\n"))
                .isEmpty();
    }

    private static String nested(int depth) {
        StringBuilder letter = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            letter.append("Content-Type: multipart/mixed; boundary=x")
                    .append(i)
                    .append("\n\n--x")
                    .append(i)
                    .append('\n');
        }
        return letter.append("\ntext\n").toString();
    }

    @Test
    void depthAndPartsAreBounded() {
        LetterIndex deep = Indexing.whole(nested(80));
        assertThat(deep.anatomy().parts())
                .hasSize(51)
                .anyMatch(p -> p.ambiguities().contains(Ambiguity.TOO_DEEP));
        assertThatThrownBy(() -> Indexing.whole(nested(120))).isInstanceOf(SyntaxFault.class);
        String head = "Content-Type: multipart/mixed; boundary=a\n\n";
        LetterIndex many = Indexing.whole(head + "--a\n\nx\n".repeat(3000));
        assertThat(many.anatomy().parts()).hasSize(1000);
        assertThat(many.anatomy().root().ambiguities()).contains(Ambiguity.TOO_MANY_PARTS);
        assertThatThrownBy(() -> Indexing.whole(head + "--a\n\nx\n".repeat(10_001)))
                .isInstanceOf(SyntaxFault.class);
    }

    @Test
    void headersAreBounded() {
        assertThatThrownBy(() -> Indexing.whole("X: y\n".repeat(1001) + "\n"))
                .isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> Indexing.whole("X: " + "y".repeat(70_000) + "\n\n"))
                .isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> Indexing.whole("x".repeat(600_000)))
                .isInstanceOf(SyntaxFault.class);
        String inner =
                "Content-Type: multipart/mixed; boundary=a\n\n--a\nX: "
                        + "y".repeat(90_000)
                        + "\nContent-Type: text/html\n\nz\n--a--\n";
        assertThat(ambiguities(inner)).containsExactly(Ambiguity.HEADER_CUT);
        assertThat(Indexing.whole(inner).anatomy().parts().getLast().type())
                .hasToString("text/html");
    }

    @Test
    void messagesInMessagesKeepTheirSections() {
        String letter =
                "Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\nSubject: z\n\ntext";
        LetterIndex index = Indexing.whole(letter);
        assertThat(index.anatomy().parts())
                .extracting(Part::section)
                .containsExactly("1", "1.1", "1.1.1");
        assertThat(section(letter, index, "1.1.HEADER")).isEqualTo("Subject: z\r\n\r\n");
        assertThat(section(letter, index, "1.1.1")).isEqualTo("text");
    }

    @Test
    void fieldsAreFilteredAsTheyLie() {
        byte[] header =
                "Subject: a\r\n b\r\nTo: c\r\nSUBJECT: d\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(HeaderFilter.fields(header, Set.of("subject"), false).toLatin1())
                .isEqualTo("Subject: a\r\n b\r\nSUBJECT: d\r\n\r\n");
        assertThat(HeaderFilter.fields(header, Set.of("Subject"), true).toLatin1())
                .isEqualTo("To: c\r\n\r\n");
        assertThat(HeaderFilter.fields(header, Set.of("none"), false).toLatin1()).isEqualTo("\r\n");
    }

    @Test
    void previewsComeFromHtmlToo() {
        String html =
                "Content-Type: text/html; charset=utf-8\n\n<style>p{}</style><!-- x --><p>Bonjour&nbsp;&eacute;t&#233; &lt;b&gt;<br>fin";
        assertThat(Indexing.whole(html).listing().summary().preview())
                .isEqualTo("Bonjour été <b> fin");
        assertThat(
                        Indexing.whole("\n" + "a b\n".repeat(400))
                                .listing()
                                .summary()
                                .preview()
                                .length())
                .isBetween(250, 256);
    }

    @Test
    void partsDecodeAsStreams() throws Exception {
        byte[] body = "aGVsbG8gd29y\r\nbGQ=\r\n".getBytes(StandardCharsets.UTF_8);
        int[] at = {0};
        PartDecoder decoder =
                new PartDecoder(
                        (target, offset, length) -> {
                            if (at[0] == body.length) {
                                return -1;
                            }
                            target[offset] = body[at[0]++];
                            return 1;
                        },
                        TransferEncoding.BASE64);
        byte[] out = new byte[100];
        int size = 0;
        for (int count = decoder.read(out, 0, 3); count > 0; count = decoder.read(out, size, 3)) {
            size += count;
        }
        assertThat(new String(out, 0, size, StandardCharsets.UTF_8)).isEqualTo("hello world");
        assertThat(decoder.damaged()).isFalse();
    }

    @Test
    void storedFormsAreCheckedWhenRead() {
        LetterIndex index = Indexing.whole(MIXED);
        byte[] anatomy = index.encodeAnatomy().toArray();
        byte[] listing = index.encodeListing().toArray();
        assertThat(LetterIndex.decode(anatomy, listing)).isEqualTo(index);
        for (int cut = 0; cut < anatomy.length; cut++) {
            byte[] part = Arrays.copyOf(anatomy, cut);
            assertThatThrownBy(() -> Anatomy.decode(part)).isInstanceOf(SyntaxFault.class);
        }
        for (int cut = 0; cut < listing.length; cut++) {
            byte[] part = Arrays.copyOf(listing, cut);
            assertThatThrownBy(() -> Listing.decode(part)).isInstanceOf(SyntaxFault.class);
        }
        anatomy[0] = 99;
        assertThatThrownBy(() -> Anatomy.decode(anatomy)).isInstanceOf(SyntaxFault.class);
    }
}
