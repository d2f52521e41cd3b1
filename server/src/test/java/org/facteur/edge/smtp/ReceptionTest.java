package org.facteur.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.facteur.core.account.Quota;
import org.facteur.net.listen.ListenerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceptionTest {
    private static final String LETTER =
            "From: z@elsewhere.example\r\nSubject: hello\r\n\r\nfirst\r\n..dot\r\n.\r\n";

    private TestOffice office;
    private InetSocketAddress door;

    @BeforeEach
    void open(@TempDir Path keys) throws Exception {
        office = new TestOffice(keys);
        door = office.listen(SmtpRole.RECEPTION);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void aLetterComesIntoItsBox() throws Exception {
        try (Talk talk = Talk.greeted(door)) {
            talk.say("MAIL FROM:<z@elsewhere.example>", "250 2.1.0");
            talk.say("RCPT TO:<alice@example.org>", "250 2.1.5");
            talk.say("DATA", "354");
            talk.send(LETTER).expect("250 2.0.0 Letter accepted as ");
            talk.say("QUIT", "221 2.0.0");
            talk.expectEnd();
        }
        assertThat(office.inbox(office.alice))
                .singleElement()
                .asString()
                .startsWith("Return-Path: <z@elsewhere.example>\r\n")
                .contains("Delivered-To: alice@example.org\r\n")
                .contains(
                        "Received: from client.example ([127.0.0.1])\r\n"
                                + " by mail.example.org with ESMTP id ")
                .contains("\r\n for <alice@example.org>;\r\n ")
                .endsWith("Subject: hello\r\n\r\nfirst\r\n.dot\r\n");
    }

    @Test
    void theGreetingTellsWhatIsWhole() throws Exception {
        try (Talk talk = Talk.with(door)) {
            talk.expect("220 mail.example.org ESMTP");
            assertThat(talk.say("EHLO [127.0.0.1]", "250-mail.example.org").split("\n", -1))
                    .containsExactly(
                            "250-mail.example.org",
                            "250-PIPELINING",
                            "250-SIZE 52428800",
                            "250-8BITMIME",
                            "250-SMTPUTF8",
                            "250-ENHANCEDSTATUSCODES",
                            "250-CHUNKING",
                            "250-BINARYMIME",
                            "250-DSN",
                            "250-LIMITS RCPTMAX=1000 MAILMAX=100",
                            "250 STARTTLS");
            talk.say("HELO x.example", "250 mail.example.org");
            talk.say("LHLO x.example", "502");
        }
    }

    @Test
    void pipelinedCommandsAreAnsweredInOrder() throws Exception {
        try (Talk talk = Talk.greeted(door)) {
            talk.send(
                    "MAIL FROM:<>\r\nRCPT TO:<nobody@example.org>\r\nRCPT TO:<bob@example.org>\r\n"
                            + "RCPT TO:<x@far.example>\r\nDATA\r\n");
            talk.expect("250 2.1.0");
            talk.expect("550 5.1.1");
            talk.expect("250 2.1.5");
            talk.expect("550 5.7.1");
            talk.expect("354");
            talk.send(LETTER + "RSET\r\nNOOP\r\nQUIT\r\n");
            talk.expect("250 2.0.0 Letter");
            talk.expect("250 2.0.0 OK");
            talk.expect("250 2.0.0 OK");
            talk.expect("221");
        }
        assertThat(office.inbox(office.bob)).hasSize(1);
    }

    @Test
    void strangersDoNotRelay() throws Exception {
        for (String recipient :
                List.of(
                        "<x@far.example>",
                        "<@example.org:x@far.example>",
                        "<@example.org,@mail.example.org:x@far.example>",
                        "x@far.example",
                        "<\"alice@example.org\"@far.example>",
                        "<x@[203.0.113.9]>",
                        "<x@mail.example.org>")) {
            try (Talk talk = Talk.greeted(door)) {
                talk.say("MAIL FROM:<alice@example.org>", "250");
                talk.say("RCPT TO:" + recipient, "550 5.7.1");
                talk.say("DATA", "554 5.5.1");
            }
        }
        for (String recipient :
                List.of(
                        "<x%far.example@example.org>",
                        "<far.example!x@example.org>", "<\"x@far.example\"@example.org>")) {
            try (Talk talk = Talk.greeted(door)) {
                talk.say("MAIL FROM:<>", "250");
                talk.say("RCPT TO:" + recipient, "550 5.1.1");
            }
        }
        assertThat(office.queue.list(10)).isEmpty();
    }

    @Test
    void postmasterNeedsNoDomain() throws Exception {
        try (Talk talk = Talk.greeted(door)) {
            talk.say("MAIL FROM:<>", "250");
            talk.say("RCPT TO:<Postmaster>", "250");
            talk.say("DATA", "354");
            talk.send(LETTER).expect("250");
        }
        assertThat(office.inbox(office.alice)).hasSize(1);
    }

    @Test
    void commandsOutOfTurnChangeNothing() throws Exception {
        try (Talk talk = Talk.with(door)) {
            talk.expect("220");
            talk.say("MAIL FROM:<>", "503 5.5.1");
            talk.say("EHLO x.example", "250");
            talk.say("RCPT TO:<bob@example.org>", "503 5.5.1");
            talk.say("DATA", "503 5.5.1");
            talk.say("MAIL FROM:<>", "250");
            talk.say("MAIL FROM:<>", "503 5.5.1");
            talk.say("DATA", "554 5.5.1");
            talk.say("AUTH PLAIN AGEAYg==", "502");
            talk.say("STARTTLS", "503");
            talk.say("RSET", "250");
            talk.say("RCPT TO:<bob@example.org>", "503 5.5.1");
            talk.say("VRFY bob", "252");
            talk.say("EXPN all", "502");
            talk.say("BDAT 8\r\nQUIT\r\n", "503 5.5.1");
            talk.say("FOO", "500 5.5.1");
        }
    }

    @Test
    void parametersThatAreNotOfferedAreRefused() throws Exception {
        try (Talk talk = Talk.greeted(door)) {
            talk.say("MAIL FROM:<> FOO=1", "555 5.5.4");
            talk.say("MAIL FROM:<> REQUIRETLS", "555 5.5.4");
            talk.say("MAIL FROM:<> HOLDFOR=10", "555 5.5.4");
            talk.say("MAIL FROM:<> MT-PRIORITY=3", "555 5.5.4");
            talk.say("MAIL FROM:<> AUTH=<>", "555 5.5.4");
            talk.say("MAIL FROM:<> SIZE=99999999999", "552 5.3.4");
            talk.say("MAIL FROM:<\u00e9@far.example>", "553 5.6.7");
            talk.say("MAIL FROM:<a..b@far.example>", "501 5.5.4");
            talk.say("MAIL FROM:<\u00e9@far.example> SMTPUTF8 BODY=8BITMIME SIZE=100", "250");
            talk.say("RCPT TO:<bob@example.org> NOTIFY=NEVER,DELAY", "501 5.5.4");
            talk.say("HELO x.example", "250");
            talk.say("MAIL FROM:<> RET=HDRS", "555 5.5.4");
            talk.say("MAIL FROM:<>", "250");
            talk.say("RCPT TO:<bob@example.org> NOTIFY=NEVER", "555 5.5.4");
        }
    }

    @Test
    void aFullBoxIsSaidAtItsRecipient() throws Exception {
        office.editor.setQuota(office.bob.id(), new Quota(1000, 10));
        try (Talk talk = Talk.greeted(door)) {
            talk.say("MAIL FROM:<> SIZE=2000", "250");
            talk.say("RCPT TO:<bob@example.org>", "452 4.2.2");
            talk.say("RCPT TO:<alice@example.org>", "250");
        }
    }

    @Test
    void aLetterThatGrowsTooLargeIsSwallowed() throws Exception {
        InetSocketAddress small =
                office.listen(
                        TestOffice.quick(SmtpRole.RECEPTION).withSize(64 * 1024),
                        ListenerSettings.Security.OFFERED);
        try (Talk talk = Talk.greeted(small)) {
            talk.say("MAIL FROM:<>", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("DATA", "354");
            talk.send("a: b\r\n\r\n" + ("x".repeat(100) + "\r\n").repeat(1000) + ".\r\n");
            talk.expect("552 5.3.4");
            talk.say("NOOP", "250");
        }
        assertThat(office.inbox(office.bob)).isEmpty();
    }

    @Test
    void noLineEndButOneEndsALetter() throws Exception {
        for (String trick :
                List.of(
                        "\n.\n",
                        "\n.\r\n",
                        "\r\n.\n",
                        "\r.\r",
                        "\r\n.\r",
                        "\r.\r\n",
                        "\n\n.\r\n",
                        "\r\n\u0000.\r\n",
                        "\r\r\n.\r\r\n",
                        "\r\n.\r\r\n")) {
            try (Talk talk = Talk.greeted(door)) {
                talk.say("MAIL FROM:<>", "250");
                talk.say("RCPT TO:<bob@example.org>", "250");
                talk.say("DATA", "354");
                talk.send(
                        "a: b\r\n\r\nx"
                                + trick
                                + "MAIL FROM:<smuggled@example.org>\r\nRCPT TO:<alice@example.org>\r\n"
                                + "DATA\r\nfrom: x\r\n\r\nx\r\n.\r\n");
                talk.expect("550 5.6.0");
                talk.say("NOOP", "250 2.0.0");
            }
        }
        assertThat(office.inbox(office.alice)).isEmpty();
        assertThat(office.inbox(office.bob)).isEmpty();
    }

    @Test
    void commandsEndWithCrLfOnly() throws Exception {
        for (String line : List.of("NOOP\n", "NOOP\rNOOP\r\n", "NO\u0000OP\r\n", "NOOP\r\r\n")) {
            try (Talk talk = Talk.greeted(door)) {
                talk.send(line).expect("500 5.5.2");
                talk.expectEnd();
            }
        }
    }

    @Test
    void longLinesKeepTheConversationInStep() throws Exception {
        try (Talk talk = Talk.greeted(door)) {
            talk.say("NOOP " + "x".repeat(4000), "500 5.5.2");
            talk.say("NOOP " + "x".repeat(60_000), "500 5.5.2");
            talk.say("NOOP", "250");
            talk.say("MAIL FROM:<>", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("DATA", "354");
            talk.send("a: b\r\n\r\n" + "x".repeat(2048) + "\r\n.\r\n").expect("250");
            talk.say("MAIL FROM:<>", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("DATA", "354");
            talk.send("a: b\r\n\r\n" + "x".repeat(2049) + "\r\n.\r\n").expect("500 5.5.2");
            talk.say("NOOP", "250");
        }
    }

    @Test
    void tooManyErrorsEndTheConversation() throws Exception {
        try (Talk talk = Talk.greeted(door)) {
            for (int i = 1; i < 20; i++) {
                talk.say("FOO", "500");
            }
            talk.say("FOO", "421 4.7.0");
            talk.expectEnd();
        }
        try (Talk talk = Talk.greeted(door)) {
            talk.say("MAIL FROM:<>", "250");
            for (int i = 1; i < 10; i++) {
                talk.say("RCPT TO:<nobody" + i + "@example.org>", "550 5.1.1");
            }
            talk.say("RCPT TO:<nobody@example.org>", "421 4.7.0");
            talk.expectEnd();
        }
        try (Talk talk = Talk.greeted(door)) {
            for (int i = 1; i < 100; i++) {
                talk.say("NOOP", "250");
            }
            talk.say("NOOP", "421 4.7.0");
            talk.expectEnd();
        }
    }

    @Test
    void tlsBeginsAnew() throws Exception {
        try (Talk talk = Talk.greeted(door)) {
            talk.say("STARTTLS", "220 2.0.0");
            talk.beginTls();
            talk.say("MAIL FROM:<>", "503 5.5.1");
            assertThat(talk.say("EHLO client.example", "250")).doesNotContain("STARTTLS");
            talk.say("STARTTLS", "502");
            talk.say("MAIL FROM:<>", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("DATA", "354");
            talk.send(LETTER).expect("250");
        }
        assertThat(office.inbox(office.bob).getFirst()).contains("with ESMTPS id");
    }

    @Test
    void commandsInjectedBeforeTlsEndTheConversation() throws Exception {
        try (Talk talk = Talk.greeted(door)) {
            talk.send("STARTTLS\r\nMAIL FROM:<>\r\n");
            talk.expectEnd();
        }
    }

    @Test
    void strangeNamesDoNotReachTheTraceField() throws Exception {
        try (Talk talk = Talk.with(door)) {
            talk.expect("220");
            talk.say("EHLO", "501");
            talk.say("EHLO two words", "501");
            talk.say("EHLO [IPv6:nonsense]", "501");
            talk.say("EHLO " + "x".repeat(256), "501");
            talk.say("EHLO (a)for<b>;c", "250");
            talk.say("MAIL FROM:<>", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("RCPT TO:<alice@example.org>", "250");
            talk.say("DATA", "354");
            talk.send(LETTER).expect("250");
        }
        assertThat(office.inbox(office.bob).getFirst())
                .contains("Received: from [127.0.0.1] ([127.0.0.1])\r\n by mail.example.org")
                .doesNotContain("(a)")
                .doesNotContain(" for <");
    }

    @Test
    void lmtpAnswersForEachRecipient() throws Exception {
        InetSocketAddress lmtp = office.listen(SmtpRole.LMTP);
        office.editor.setQuota(office.bob.id(), new Quota(100, 10));
        try (Talk talk = Talk.with(lmtp)) {
            talk.expect("220 mail.example.org LMTP");
            talk.say("EHLO x.example", "502");
            talk.say("LHLO x.example", "250");
            talk.say("MAIL FROM:<z@far.example>", "250");
            talk.say("RCPT TO:<alice@example.org>", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("RCPT TO:<x@far.example>", "550 5.7.1");
            talk.say("DATA", "354");
            talk.send(LETTER + "NOOP\r\n");
            talk.expect("250 2.0.0");
            talk.expect("552 5.2.2");
            talk.expect("250 2.0.0 OK");
            talk.say("MAIL FROM:<z@far.example>", "250");
            talk.say("DATA", "503 5.5.1");
        }
        assertThat(office.inbox(office.alice)).hasSize(1);
    }
}
