package org.facteur.wire.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.DotStuffing;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SmtpGrammarTest {
    private static final SmtpParser PARSER = new SmtpParser(SmtpLimits.STANDARD);
    private static final EmailAddress BOX = EmailAddress.parse("a@b.example");

    @Test
    void commandsAreReadInAnyCase() {
        assertThat(parse("ehlo Client.Example"))
                .isEqualTo(new SmtpCommand.Ehlo(Domain.parse("client.example")));
        assertThat(parse("HELO [192.0.2.1]"))
                .isEqualTo(new SmtpCommand.Helo(Domain.parse("[192.0.2.1]")));
        assertThat(parse("LHLO my!pc")).isEqualTo(new SmtpCommand.Lhlo(null));
        assertThat(parse("data  ")).isEqualTo(new SmtpCommand.Data());
        assertThat(parse("NOOP whatever")).isEqualTo(new SmtpCommand.Noop());
        assertThat(parse("BDAT 1000 last")).isEqualTo(new SmtpCommand.Bdat(1000, true));
        assertThat(parse("STARTTLS")).isEqualTo(new SmtpCommand.StartTls());
        assertThat(parse("AUTH plain =")).isEqualTo(new SmtpCommand.Auth("PLAIN", Octets.EMPTY));
        assertThat(parse("AUTH LOGIN")).isEqualTo(new SmtpCommand.Auth("LOGIN", null));
        assertThat(parse("XCLIENT a=b")).isEqualTo(new SmtpCommand.Unknown());
        assertThat(parse("")).isEqualTo(new SmtpCommand.Unknown());
        assertThat(parse("MAIL:x")).isEqualTo(new SmtpCommand.Unknown());
    }

    @Test
    void pathsAreReadAsWrittenByTheRulesAndByOldPrograms() {
        for (String path :
                List.of(
                        "<a@b.example>",
                        " <a@B.Example> ",
                        "a@b.example",
                        "<@x.example:a@b.example>",
                        "<@x.example,@y.example:a@b.example>",
                        "<\"a\"@b.example>")) {
            assertThat(parse("MAIL FROM:" + path))
                    .as(path)
                    .isEqualTo(new SmtpCommand.Mail(BOX, MailParameters.NONE));
        }
        assertThat(parse("MAIL FROM:<>"))
                .isEqualTo(new SmtpCommand.Mail(null, MailParameters.NONE));
        assertThat(parse("RCPT TO:<PostMaster>"))
                .isEqualTo(new SmtpCommand.Rcpt(null, RcptParameters.NONE));
        assertThat(parse("RCPT TO:<\"a>b\"@b.example>"))
                .isEqualTo(
                        new SmtpCommand.Rcpt(
                                EmailAddress.parse("\"a>b\"@b.example"), RcptParameters.NONE));
    }

    @Test
    void brokenCommandsAreFaults() {
        for (String line :
                List.of(
                        "MAIL",
                        "MAIL FROM",
                        "MAIL FROM:",
                        "MAIL TO:<a@b.example>",
                        "MAIL FROM:<a@b.example",
                        "MAIL FROM:<a b@c.example>",
                        "MAIL FROM:<a@>",
                        "MAIL FROM:<a@b.example>SIZE=1",
                        "MAIL FROM:<a@b.example> SIZE=x",
                        "MAIL FROM:<a@b.example> SIZE=1 SIZE=2",
                        "MAIL FROM:<a@b.example> SIZE",
                        "MAIL FROM:<a@b.example> SIZE=9999999999999999999",
                        "MAIL FROM:<> BODY=9BIT",
                        "MAIL FROM:<> =x",
                        "MAIL FROM:<> SMTPUTF8=1",
                        "MAIL FROM:<@x.example>",
                        "MAIL FROM:<a@b.example>, <c@d.example>",
                        "RCPT TO:<>",
                        "RCPT TO:<a>",
                        "RCPT TO:<a@b.example> NOTIFY=NEVER,DELAY",
                        "RCPT TO:<a@b.example> NOTIFY=",
                        "RCPT TO:<a@b.example> ORCPT=x",
                        "RCPT TO:<a@b.example> ORCPT=rfc822;+4",
                        "RCPT TO:<a@b.example> ORCPT=rfc822;+0D",
                        "DATA now",
                        "RSET x",
                        "EHLO",
                        "EHLO a b",
                        "EHLO [x]",
                        "BDAT",
                        "BDAT -1",
                        "BDAT 1 2",
                        "MAIL FROM:<> HOLDFOR=1 HOLDUNTIL=2027-01-02T03:04:05Z",
                        "MAIL FROM:<> HOLDFOR=",
                        "MAIL FROM:<> HOLDUNTIL=tomorrow",
                        "MAIL FROM:<> MT-PRIORITY=10",
                        "MAIL FROM:<> MT-PRIORITY=-0",
                        "MAIL FROM:<> REQUIRETLS=1",
                        "MAIL FROM:<> ENVID=a+4",
                        "RCPT TO:<a@b.example> ORCPT=utf-8;a\\x{D800}",
                        "RCPT TO:<a@b.example> ORCPT=utf-8;a\\x{110000}",
                        "RCPT TO:<a@b.example> ORCPT=r_c;a",
                        "RCPT TO:<a@b.example> NOTIFY=NEVER,DELAY",
                        "AUTH",
                        "AUTH PLAIN *",
                        "AUTH PLAIN a b")) {
            assertThatThrownBy(() -> parse(line)).as(line).isInstanceOf(SyntaxFault.class);
        }
    }

    @Test
    void parametersBecomeTypes() {
        assertThat(
                        parse(
                                "MAIL FROM:<a@b.example> SIZE=12 BODY=8bitmime SMTPUTF8 AUTH=<> RET=hdrs"
                                        + " ENVID=x+2Dy"))
                .isEqualTo(
                        new SmtpCommand.Mail(
                                BOX,
                                new MailParameters(
                                        12,
                                        true,
                                        "",
                                        new LetterWishes(
                                                BodyKind.EIGHT_BIT_MIME,
                                                LetterWishes.Returned.HDRS,
                                                "x-y",
                                                false,
                                                null,
                                                0))));
        assertThat(parse("RCPT TO:<a@b.example> NOTIFY=success,DELAY ORCPT=RFC822;c+2Bd@e.example"))
                .isEqualTo(
                        new SmtpCommand.Rcpt(
                                BOX,
                                new RcptParameters(
                                        Set.of(
                                                RcptParameters.Notify.SUCCESS,
                                                RcptParameters.Notify.DELAY),
                                        new RcptParameters.OriginalRecipient(
                                                "rfc822", "c+d@e.example"))));
        assertThat(parse("MAIL FROM:<> FOO=bar"))
                .isEqualTo(new SmtpCommand.Unacceptable(SmtpCommand.Why.UNKNOWN_PARAMETER));
        assertThat(parse("NOOP " + "x".repeat(3000)))
                .isEqualTo(new SmtpCommand.Unacceptable(SmtpCommand.Why.TOO_LONG));
    }

    @Test
    void internationalAddressesNeedTheirExtension() {
        var refused = new SmtpCommand.Unacceptable(SmtpCommand.Why.NEEDS_SMTPUTF8);
        assertThat(parse("MAIL FROM:<\u00e9@b.example>")).isEqualTo(refused);
        assertThat(parse("RCPT TO:<a@m\u00fcnchen.example>")).isEqualTo(refused);
        assertThat(PARSER.parse(octets("RCPT TO:<a@m\u00fcnchen.example>"), true))
                .isEqualTo(
                        new SmtpCommand.Rcpt(
                                EmailAddress.parse("a@xn--mnchen-3ya.example"),
                                RcptParameters.NONE));
        assertThatThrownBy(
                        () ->
                                PARSER.parse(
                                        "MAIL FROM:<\u00e9@b.example> SMTPUTF8"
                                                .getBytes(StandardCharsets.ISO_8859_1),
                                        false))
                .isInstanceOf(SyntaxFault.class);
    }

    @Test
    void whatIsWrittenIsReadTheSame() {
        List<SmtpCommand> commands =
                List.of(
                        new SmtpCommand.Ehlo(Domain.parse("x.example")),
                        new SmtpCommand.Mail(
                                BOX,
                                new MailParameters(
                                        5,
                                        true,
                                        "a=b+c d",
                                        new LetterWishes(
                                                BodyKind.SEVEN_BIT,
                                                LetterWishes.Returned.FULL,
                                                "e=f",
                                                true,
                                                new LetterWishes.Release.At(
                                                        Instant.parse("2027-01-02T03:04:05Z")),
                                                -4))),
                        new SmtpCommand.Mail(
                                null,
                                new MailParameters(
                                        -1,
                                        false,
                                        null,
                                        LetterWishes.NONE.withRelease(
                                                new LetterWishes.Release.After(
                                                        Duration.ofHours(2))))),
                        new SmtpCommand.Rcpt(
                                BOX,
                                new RcptParameters(
                                        Set.of(),
                                        new RcptParameters.OriginalRecipient(
                                                "utf-8", "\u00e9+\\=\ud83d\ude00@c"))),
                        new SmtpCommand.Rcpt(
                                BOX,
                                new RcptParameters(
                                        Set.of(RcptParameters.Notify.NEVER),
                                        new RcptParameters.OriginalRecipient("rfc822", "a+b@c"))),
                        new SmtpCommand.Auth("PLAIN", Octets.ofLatin1("x")),
                        new SmtpCommand.Auth("PLAIN", Octets.EMPTY),
                        new SmtpCommand.Bdat(7, false),
                        new SmtpCommand.Data(),
                        new SmtpCommand.Quit());
        for (SmtpCommand command : commands) {
            String line = new String(SmtpCommandWriter.write(command), StandardCharsets.UTF_8);
            assertThat(line).endsWith("\r\n");
            assertThat(parse(line.substring(0, line.length() - 2))).isEqualTo(command);
        }
    }

    @Test
    void repliesAreReadInAnyPieces() throws IOException {
        SmtpReply several =
                new SmtpReply(
                        550,
                        org.facteur.wire.report.EnhancedStatus.parse("5.1.1"),
                        List.of("No", "such box"));
        byte[] octets = several.toBytes();
        assertThat(new String(octets, StandardCharsets.UTF_8))
                .isEqualTo("550-5.1.1 No\r\n550 5.1.1 such box\r\n");
        for (int seed = 0; seed < 30; seed++) {
            assertThat(new SmtpReplyReader(2048, 10).read(pieces(octets, seed))).isEqualTo(several);
        }
        assertThat(reply("250\r\n").lines()).containsExactly("");
        assertThat(reply("250 2.0\r\n").status()).isNull();
        assertThat(reply("250 5.1.1 odd\r\n").status()).isNull();
        assertThat(reply("421 a\u0007b\r\n").text()).isEqualTo("ab");
    }

    @Test
    void brokenRepliesAreFaults() {
        for (String text :
                List.of(
                        "x\r\n",
                        "25\r\n",
                        "199 x\r\n",
                        "600 x\r\n",
                        "250x\r\n",
                        "250-a\r\n251 b\r\n",
                        "250-x\r\n".repeat(11),
                        "\r\n")) {
            assertThatThrownBy(() -> reply(text)).as(text).isInstanceOf(SyntaxFault.class);
        }
        assertThatThrownBy(() -> reply("250-x\r\n")).isInstanceOf(EOFException.class);
    }

    @Test
    void capabilitiesAreReadFromTheGreeting() throws IOException {
        SmtpCapabilities offered =
                SmtpCapabilities.of(
                        reply(
                                "250-x\r\n250-SIZE 1000\r\n250-pipelining\r\n250-AUTH PLAIN  LOGIN\r\n250 X\r\n"));
        assertThat(offered.sizeLimit()).isEqualTo(1000);
        assertThat(offered.has(SmtpCapability.PIPELINING)).isTrue();
        assertThat(offered.offered().get(SmtpCapability.AUTH)).containsExactly("PLAIN", "LOGIN");
        assertThat(SmtpCapabilities.NONE.sizeLimit()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void lettersComeOutAsTheyWentIn() throws IOException {
        for (String letter :
                List.of(
                        "",
                        ".\r\n",
                        "a\r\n",
                        "..\r\n.\r\n",
                        "a: b\r\n\r\n.x\r\n\r\n.\r\nend\r\n",
                        ("x".repeat(70) + "\r\n").repeat(1000))) {
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            DotStuffing stuffing = new DotStuffing(wire);
            byte[] octets = octets(letter);
            stuffing.write(octets, 0, octets.length);
            stuffing.end();
            wire.write(octets("QUIT\r\n"));
            for (int seed = 0; seed < 20; seed++) {
                LineReader in = pieces(wire.toByteArray(), seed);
                Received received = receive(in, 2048);
                assertThat(received.text()).isEqualTo(letter);
                assertThat(received.fault()).isNull();
                assertThat(in.readLine(100)).isEqualTo(octets("QUIT"));
            }
        }
    }

    @Test
    void bareLineEndsLeaveAsWholeOnes() throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        DotStuffing stuffing = new DotStuffing(wire);
        for (byte b : octets("a\n.b\r.c\n\nd\r")) {
            stuffing.write(new byte[] {b}, 0, 1);
        }
        stuffing.end();
        assertThat(wire.toString(StandardCharsets.UTF_8))
                .isEqualTo("a\r\n..b\r\n..c\r\n\r\nd\r\n.\r\n");
    }

    @Test
    void onlyCrLfDotCrLfEndsALetter() throws IOException {
        for (String trick :
                List.of(
                        "\n.\n",
                        "\n.\r\n",
                        "\r\n.\n",
                        "\r.\r",
                        "\r\n.\r",
                        "\r.\r\n",
                        "\n\n.\r\n",
                        "\r\r\n.\r\r\n",
                        "\r\n.\r\r\n",
                        "\u0000")) {
            byte[] wire = octets("x" + trick + "MAIL FROM:<>\r\nx\r\n.\r\nQUIT\r\n");
            for (int seed = 0; seed < 20; seed++) {
                LineReader in = pieces(wire, seed);
                assertThat(receive(in, 2048).fault()).as(trick).isNotNull();
                assertThat(in.readLine(100)).as(trick).isEqualTo(octets("QUIT"));
            }
        }
    }

    @Test
    void linesHaveALimitWhereverTheyAreCut() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(receive(pieces(octets("123456789\r\n.12345678\r\n.\r\n"), seed), 9).fault())
                    .isNull();
            assertThat(receive(pieces(octets("1234567890\r\n.\r\n"), seed), 9).fault())
                    .isEqualTo(LetterSource.Fault.LINE_TOO_LONG);
        }
        assertThatThrownBy(() -> receive(pieces(octets("x\r\n"), 1), 9))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void chunksHaveExactlyTheirOctets() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            ByteArrayOutputStream letter = new ByteArrayOutputStream();
            ChunkReader reader = new ChunkReader(letter::write, 9, false);
            LineReader in = pieces(octets("one\r\n.\r\ntwo\r\nQUIT\r\n"), seed);
            for (int size : new int[] {4, 0, 4, 5}) {
                reader.begin(size);
                boolean more = size > 0;
                while (more) {
                    more = reader.read(in);
                }
            }
            reader.end();
            assertThat(letter.toString(StandardCharsets.UTF_8)).isEqualTo("one\r\n.\r\ntwo\r\n");
            assertThat(reader.fault()).isNull();
            assertThat(reader.octets()).isEqualTo(13);
            assertThat(in.readLine(10)).isEqualTo(octets("QUIT"));
        }
    }

    @Test
    void chunksOfTextHaveCrlfLinesAndBinaryOnesWhateverTheyHold() throws IOException {
        var bare = LetterSource.Fault.BARE_CR_OR_LF;
        var faults =
                java.util.Map.of(
                        "a\nb", bare,
                        "a\rb", bare,
                        "a\r", bare,
                        "a\r\r\n", bare,
                        "\u0000", LetterSource.Fault.NUL,
                        "1234567890\r\n", LetterSource.Fault.LINE_TOO_LONG);
        for (var each : faults.entrySet()) {
            for (int seed = 0; seed < 10; seed++) {
                assertThat(chunk(each.getKey(), false, seed).fault()).isEqualTo(each.getValue());
                assertThat(chunk(each.getKey(), true, seed))
                        .isEqualTo(new Received(each.getKey(), null));
            }
        }
        assertThat(chunk("x\r\n123456789\r\ny", false, 1).fault()).isNull();
        ChunkReader cut = new ChunkReader((octets, offset, length) -> {}, 9, true);
        cut.begin(9);
        LineReader in = pieces(octets("x"), 0);
        assertThat(cut.read(in)).isTrue();
        assertThatThrownBy(() -> cut.read(in)).isInstanceOf(EOFException.class);
    }

    private static Received chunk(String text, boolean binary, int seed) throws IOException {
        ByteArrayOutputStream letter = new ByteArrayOutputStream();
        ChunkReader reader = new ChunkReader(letter::write, 9, binary);
        byte[] octets = octets(text);
        LineReader in = pieces(octets, seed);
        reader.begin(octets.length);
        boolean more = true;
        while (more) {
            more = reader.read(in);
        }
        reader.end();
        return new Received(letter.toString(StandardCharsets.UTF_8), reader.fault());
    }

    private record Received(String text, LetterSource.@Nullable Fault fault) {}

    private static Received receive(LineReader in, int limit) throws IOException {
        ByteArrayOutputStream letter = new ByteArrayOutputStream();
        DataReader reader = new DataReader(letter::write, limit);
        boolean more = true;
        while (more) {
            more = reader.read(in);
        }
        return new Received(letter.toString(StandardCharsets.UTF_8), reader.fault());
    }

    private static SmtpCommand parse(String line) {
        return PARSER.parse(octets(line), false);
    }

    private static SmtpReply reply(String text) throws IOException {
        return new SmtpReplyReader(2048, 10).read(pieces(octets(text), 0));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Seed 0 gives all at once, 1 byte by byte, others random pieces.
    private static LineReader pieces(byte[] octets, int seed) {
        Random random = new Random(seed);
        List<Integer> at = new ArrayList<>(List.of(0));
        return new LineReader(
                (target, offset, length) -> {
                    int from = at.getFirst();
                    if (from == octets.length) {
                        return -1;
                    }
                    int some =
                            seed == 0
                                    ? length
                                    : seed == 1 ? 1 : 1 + random.nextInt(Math.min(40, length));
                    int count = Math.min(Math.min(some, length), octets.length - from);
                    System.arraycopy(octets, from, target, offset, count);
                    at.set(0, from + count);
                    return count;
                });
    }
}
