package org.facteur.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.facteur.net.listen.ListenerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one session, one letter, one line and one peer's slowness may come to.
class LimitsTest {
    private static final SmtpSettings RECEPTION = TestOffice.quick(SmtpRole.RECEPTION);

    private TestOffice office;

    @BeforeEach
    void open(@TempDir Path keys) throws Exception {
        office = new TestOffice(keys);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private ScriptedPeer peer(String script, boolean silent) {
        return new ScriptedPeer(script.getBytes(StandardCharsets.UTF_8), 4000, silent);
    }

    private String hear(String script) throws Exception {
        return ScriptedPeer.heard(RECEPTION, office.services, peer(script, false));
    }

    @Test
    void theThousandAndFirstRecipientIsForAnotherLetter() throws Exception {
        StringBuilder script = new StringBuilder("EHLO x.example\r\nMAIL FROM:<>\r\n");
        for (int i = 0; i < 1001; i++) {
            script.append("RCPT TO:<bob+").append(i).append("@example.org>\r\n");
        }
        String heard = hear(script + "DATA\r\na: b\r\n\r\n.\r\nQUIT\r\n");
        assertThat(heard.split("250 2.1.5", -1)).hasSize(1001);
        assertThat(heard.split("452 4.5.3", -1)).hasSize(2);
        assertThat(heard).contains("250 2.0.0 Letter accepted").endsWith("Goodbye\r\n");
        assertThat(office.inbox(office.bob)).hasSize(1);
    }

    @Test
    void aHundredLettersAreEnoughForOneSession() throws Exception {
        String letter = "MAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\na: b\r\n\r\n.\r\n";
        String heard = hear("EHLO x.example\r\n" + letter.repeat(101) + "NOOP\r\n");
        assertThat(heard.split("250 2.0.0 Letter", -1)).hasSize(101);
        assertThat(heard).contains("421 4.7.0 Many letters").doesNotContain("OK\r\n421");
        assertThat(office.inbox(office.bob)).hasSize(100);
    }

    @Test
    void answersToErrorsComeLaterAndLater() throws Exception {
        ScriptedPeer peer = peer("EHLO x.example\r\n" + "FOO\r\n".repeat(30), false);
        SmtpSettings settings = RECEPTION.with(SmtpSettings.Times.STANDARD);
        String heard = ScriptedPeer.heard(settings, office.services, peer);
        assertThat(heard.split("500 5.5.1", -1)).hasSize(20);
        assertThat(heard).endsWith("421 4.7.0 Too many errors\r\n");
        assertThat(peer.pauses().getFirst()).isEqualTo(Duration.ofSeconds(1));
        assertThat(peer.pauses().getLast()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whoSpeaksBeforeTheGreetingIsSentAway() throws Exception {
        ScriptedPeer hasty = peer("EHLO x.example\r\nMAIL FROM:<>\r\n", false).hasty();
        assertThat(ScriptedPeer.heard(RECEPTION, office.services, hasty))
                .startsWith("554 5.5.1")
                .hasLineCount(1);
    }

    @Test
    void whoFallsSilentIsSentAway() throws Exception {
        for (String said :
                List.of("", "EHLO x.example\r\n", "EHLO x.example\r\nMAIL FROM:<>\r\n")) {
            assertThat(ScriptedPeer.heard(RECEPTION, office.services, peer(said, true)))
                    .endsWith("421 4.4.2 You took too long\r\n");
        }
    }

    @Test
    void linesOfAnyLengthKeepTheConversationInStep() throws Exception {
        String envelope = "MAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n";
        StringBuilder script = new StringBuilder("EHLO x.example\r\n");
        int[] lengths = {998, 999, 2048, 4096, 65_536};
        for (int length : lengths) {
            String text = "x".repeat(length - 3);
            script.append(envelope).append("a: ").append(text).append("\r\n\r\n.\r\n");
            script.append(envelope).append("a: b\r\n\r\nxyz").append(text).append("\r\n.\r\n");
        }
        for (int length : new int[] {512, 2048, 2049, 12_289, 65_536}) {
            script.append("NOOP ").append("x".repeat(length - 5)).append("\r\n");
        }
        String heard = hear(script + "QUIT\r\n");
        assertThat(heard.split("250 2.0.0 Letter", -1)).hasSize(7);
        assertThat(heard.split("500 5.5.2 A line", -1)).hasSize(5);
        assertThat(heard.split("250 2.0.0 OK", -1)).hasSize(3);
        assertThat(heard.split("500 5.5.2 Line too long", -1)).hasSize(4);
        assertThat(heard).endsWith("Goodbye\r\n");
        assertThat(office.inbox(office.bob)).hasSize(6);
    }

    @Test
    void octetsPastAsciiAreKeptAsTheyCame() throws Exception {
        byte[] odd = {
            (byte) 0xC0, (byte) 0x80, (byte) 0xED, (byte) 0xA0, (byte) 0x80, (byte) 0xFF, 'x'
        };
        String text = new String(odd, StandardCharsets.ISO_8859_1);
        String envelope = "RCPT TO:<bob@example.org>\r\nDATA\r\nSubject: " + text + "\r\n\r\n";
        String script =
                "EHLO x.example\r\nMAIL FROM:<> BODY=8BITMIME\r\n"
                        + envelope
                        + text
                        + "\r\n.\r\nMAIL FROM:<> BODY=7BIT\r\n"
                        + envelope
                        + text
                        + "\r\n.\r\nMAIL FROM:<> SMTPUTF8\r\nRCPT TO:<"
                        + text
                        + "@example.org>\r\nRCPT TO:<bob@"
                        + text
                        + ">\r\nMAIL FROM:<"
                        + text
                        + "@far.example> SMTPUTF8\r\nQUIT\r\n";
        ScriptedPeer peer =
                new ScriptedPeer(script.getBytes(StandardCharsets.ISO_8859_1), 7, false);
        String heard = ScriptedPeer.heard(RECEPTION, office.services, peer);
        assertThat(heard.split("250 2.0.0 Letter", -1)).hasSize(3);
        assertThat(heard.split("501 5.5.4", -1)).hasSize(4);
        assertThat(heard).endsWith("Goodbye\r\n");
        var box =
                office.boxes.open(
                        org.facteur.core.account.Actor.system(
                                office.bob.id(), org.facteur.core.account.Door.IMAP));
        var view = box.view(box.inbox());
        for (int i = 0; i < view.size(); i++) {
            try (var content = box.content(box.findLetter(view.letter(i)).orElseThrow())) {
                assertThat(
                                new String(
                                        content.read(0, (int) content.size()),
                                        StandardCharsets.ISO_8859_1))
                        .endsWith("Subject: " + text + "\r\n\r\n" + text + "\r\n");
            }
        }
        assertThat(view.size()).isEqualTo(2);
    }

    @Test
    void whatAnAccountMaySendIsCounted() throws Exception {
        office.setPassword(office.alice);
        InetSocketAddress door =
                office.listen(
                        TestOffice.quick(SmtpRole.SUBMISSION).withInsecurePlaintextLogin(),
                        ListenerSettings.Security.OFFERED);
        String plain =
                Base64.getEncoder()
                        .encodeToString(
                                ("\0alice@example.org\0" + TestOffice.PASSWORD)
                                        .getBytes(StandardCharsets.US_ASCII));
        try (Talk talk = Talk.greeted(door)) {
            talk.say("AUTH PLAIN " + plain, "235");
            talk.say("MAIL FROM:<alice@example.org>", "250");
            for (int i = 0; i < 1000; i++) {
                talk.say("RCPT TO:<x" + i + "@far.example>", "250");
            }
            talk.say("RCPT TO:<one-more@far.example>", "452 4.5.3");
            talk.say("RSET", "250");
            talk.say("MAIL FROM:<alice@example.org>", "250");
            talk.say("RCPT TO:<bob@example.org>", "450 4.7.1");
        }
    }

    @Test
    void namesInQuotesAndOtherScriptsReachTheirBoxes() throws Exception {
        String heard =
                hear(
                        "EHLO x.example\r\nMAIL FROM:<>\r\n"
                                + "RCPT TO:<\"bob\"@example.org>\r\n"
                                + "RCPT TO:<\"b\\ob\"@EXAMPLE.org>\r\n"
                                + "RCPT TO:<BOB+tag@example.org>\r\n"
                                + "RCPT TO:<\"bob \"@example.org>\r\n"
                                + "RCPT TO:<\"\"@example.org>\r\n"
                                + "RCPT TO:<bob@b\u00fccher.example>\r\n"
                                + "RCPT TO:<bob@xn--bcher-kva.example>\r\nQUIT\r\n");
        List<String> lines = List.of(heard.split("\r\n", -1));
        assertThat(lines.stream().map(line -> line.substring(0, Math.min(9, line.length()))))
                .containsSubsequence(
                        "250 2.1.0", "250 2.1.5", "250 2.1.5", "250 2.1.5", "550 5.1.1");
        assertThat(heard).contains("553 5.6.7").contains("550 5.7.1");
    }
}
