package org.facteur.wire.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pop3ParserTest {
    private final Pop3Parser parser = new Pop3Parser(Pop3Limits.DEFAULT);

    private Pop3Command parse(String line) {
        return parser.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyCommandIsRead() {
        Map<String, Pop3Command> lines =
                Map.ofEntries(
                        Map.entry(
                                "USER al ice@exämple.org",
                                new Pop3Command.User("al ice@exämple.org")),
                        Map.entry("pass  two  blanks ", new Pop3Command.Pass(" two  blanks ")),
                        Map.entry("AUTH", new Pop3Command.AuthList()),
                        Map.entry("Stls", new Pop3Command.StartTls()),
                        Map.entry("utf8", new Pop3Command.Utf8()),
                        Map.entry("CAPA ", new Pop3Command.Capabilities()),
                        Map.entry("STAT", new Pop3Command.Status()),
                        Map.entry("LIST", new Pop3Command.Sizes(0)),
                        Map.entry("LIST ", new Pop3Command.Sizes(0)),
                        Map.entry("list  12 ", new Pop3Command.Sizes(12)),
                        Map.entry("UIDL", new Pop3Command.Uids(0)),
                        Map.entry("UIDL 999999999", new Pop3Command.Uids(999_999_999)),
                        Map.entry("RETR 1", new Pop3Command.Retrieve(1)),
                        Map.entry("TOP 3 0", new Pop3Command.Top(3, 0)),
                        Map.entry("DELE 007", new Pop3Command.Delete(7)),
                        Map.entry("RSET", new Pop3Command.Reset()),
                        Map.entry("NOOP", new Pop3Command.Noop()),
                        Map.entry("QUIT", new Pop3Command.Quit()));
        lines.forEach((line, command) -> assertThat(parse(line)).isEqualTo(command));
    }

    @Test
    void authBringsItsInitialResponse() {
        Pop3Command.Auth auth = (Pop3Command.Auth) parse("auth plain AGEAYg==");
        assertThat(auth.mechanism()).isEqualTo("PLAIN");
        assertThat(auth.initial()).containsExactly(0, 'a', 0, 'b');
        assertThat(((Pop3Command.Auth) parse("AUTH PLAIN =")).initial()).isEmpty();
        assertThat(((Pop3Command.Auth) parse("AUTH SCRAM-SHA-256")).initial()).isNull();
        assertThat(parser.parseResponse(new byte[] {'*'})).isEmpty();
        assertThat(parser.parseResponse(new byte[0]))
                .hasValueSatisfying(octets -> assertThat(octets).isEmpty());
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(parse("PASS secret")).asString().doesNotContain("secret");
        assertThat(parse("AUTH PLAIN c2VjcmV0")).asString().doesNotContain("c2V");
        assertThat(new Pop3Reply.Challenge("secret".getBytes(StandardCharsets.UTF_8)))
                .asString()
                .doesNotContain("115");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "USER",
                "USER ",
                "PASS",
                "STATS",
                "STAT 1",
                "LIST 0",
                "LIST x",
                "LIST1",
                "LIST 1 2",
                "RETR",
                "RETR 0",
                "RETR -1",
                "RETR 1.5",
                "RETR 9999999999",
                "TOP 1",
                "TOP 1 -1",
                "TOP 1 1 1",
                "DELE",
                "DELE 0",
                "QUIT now",
                "AUTH PLAIN !",
                "AUTH P!",
                "AUTH PLAIN AA== AA==",
                "AUTH ABCDEFGHIJKLMNOPQRSTU",
                "APOP a b",
                "\tSTAT",
                "STAT\t",
                "UTF8 x",
                "XYZZY",
                "STLSX",
                "QUITQUITQUIT"
            })
    void whatIsNoCommandIsASyntaxFault(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(SyntaxFault.class);
    }

    @Test
    void aLinePastTheLimitOrOutsideUtf8IsASyntaxFault() {
        assertThatThrownBy(() -> parse("USER " + "x".repeat(508))).isInstanceOf(SyntaxFault.class);
        assertThat(parse("USER " + "x".repeat(507))).isInstanceOf(Pop3Command.User.class);
        assertThatThrownBy(() -> parser.parse(new byte[] {'U', 'S', 'E', 'R', ' ', (byte) 0xc3}))
                .isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> parser.parseResponse(new byte[5000]))
                .isInstanceOf(SyntaxFault.class);
    }

    @Test
    void randomOctetsGiveNothingButSyntaxFaults() {
        SplittableRandom random = new SplittableRandom(7);
        String letters = "USERPASLITODECMQN 0123456789=*";
        for (int i = 0; i < 20_000; i++) {
            byte[] line = new byte[random.nextInt(24)];
            for (int at = 0; at < line.length; at++) {
                line[at] =
                        random.nextInt(8) == 0
                                ? (byte) random.nextInt(256)
                                : (byte) letters.charAt(random.nextInt(letters.length()));
            }
            try {
                assertThat(parser.parse(line)).isNotNull();
            } catch (SyntaxFault fault) {
                assertThat(fault.expected()).isNotEmpty();
            }
        }
    }
}
