package org.facteur.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.facteur.core.account.Alias;
import org.facteur.net.listen.ListenerSettings;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.sasl.SaslClient;
import org.facteur.wire.text.Octets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionTest {
    private static final String PLAIN = base64("\0alice@example.org\0" + TestOffice.PASSWORD);

    private TestOffice office;

    @BeforeEach
    void open(@TempDir Path keys) throws Exception {
        office = new TestOffice(keys);
        office.setPassword(office.alice);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private InetSocketAddress loopback() throws Exception {
        return office.listen(
                TestOffice.quick(SmtpRole.SUBMISSION).withInsecurePlaintextLogin(),
                ListenerSettings.Security.OFFERED);
    }

    @Test
    void signingInNeedsAnEncryptedLine() throws Exception {
        InetSocketAddress door = office.listen(SmtpRole.SUBMISSION);
        try (Talk talk = Talk.with(door)) {
            talk.expect("220");
            assertThat(talk.say("EHLO client.example", "250")).doesNotContain("AUTH");
            talk.say("AUTH PLAIN " + PLAIN, "538 5.7.11");
            talk.say("MAIL FROM:<alice@example.org>", "530 5.7.0 STARTTLS");
            talk.say("STARTTLS", "220");
            talk.beginTls();
            assertThat(talk.say("EHLO client.example", "250"))
                    .contains("AUTH SCRAM-SHA-256 PLAIN LOGIN");
            talk.say("MAIL FROM:<alice@example.org>", "530 5.7.0 Sign in");
            talk.say("AUTH PLAIN " + PLAIN, "235 2.7.0");
            talk.say("AUTH PLAIN " + PLAIN, "503");
            talk.say("MAIL FROM:<alice@example.org>", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("RCPT TO:<x@far.example>", "250");
            talk.say("RCPT TO:<nobody@example.org>", "550 5.1.1");
            talk.say("DATA", "354");
            talk.send("From: Alice <alice@example.org>\r\nSubject: x\r\n\r\nhi\r\n.\r\n");
            talk.expect("250 2.0.0");
        }
        assertThat(office.inbox(office.bob))
                .singleElement()
                .asString()
                .contains("Received: by mail.example.org with ESMTPSA id ")
                .doesNotContain("127.0.0.1")
                .doesNotContain("client.example")
                .contains("\r\nDate: ")
                .contains("\r\nMessage-ID: <")
                .contains("@mail.example.org>\r\n\r\n");
        assertThat(office.queue.list(10))
                .singleElement()
                .satisfies(
                        item ->
                                assertThat(item.waiting().getFirst().address())
                                        .hasToString("x@far.example"));
    }

    @Test
    void scramNeverShowsThePassword() throws Exception {
        try (Talk talk = Talk.greeted(loopback())) {
            SaslClient client =
                    SaslClient.scram("alice@example.org", TestOffice.PASSWORD, "0123456789abcdef");
            String first = talk.say("AUTH SCRAM-SHA-256 " + base64(client.first()), "334 ");
            String last = talk.say(base64(client.answer(decoded(first))), "334 ");
            assertThat(client.answer(decoded(last)).isEmpty()).isTrue();
            assertThat(client.satisfied()).isTrue();
            talk.say("", "235 2.7.0");
        }
        try (Talk talk = Talk.greeted(loopback())) {
            SaslClient client = SaslClient.scram("nobody@example.org", "wrong", "0123456789abcdef");
            talk.say("AUTH SCRAM-SHA-256", "334 ");
            String first = talk.say(base64(client.first()), "334 ");
            talk.say(base64(client.answer(decoded(first))), "535 5.7.8");
            talk.say("NOOP", "250");
        }
    }

    @Test
    void loginAsksTwice() throws Exception {
        try (Talk talk = Talk.greeted(loopback())) {
            talk.say("AUTH LOGIN", "334 VXNlcm5hbWU6");
            talk.say(base64("alice@example.org"), "334 UGFzc3dvcmQ6");
            talk.say(base64(TestOffice.PASSWORD), "235");
        }
    }

    @Test
    void anExchangeThatBreaksLeavesACleanState() throws Exception {
        try (Talk talk = Talk.greeted(loopback())) {
            talk.say("AUTH CRAM-MD5", "504 5.5.4");
            talk.say("AUTH PLAIN", "334 ");
            talk.say("*", "501");
            talk.say("AUTH PLAIN !!!!", "501");
            talk.say("AUTH PLAIN", "334 ");
            talk.say("not base64", "501 5.5.2");
            talk.say("AUTH PLAIN " + base64("a\0b\0c\0d"), "535");
            talk.say("AUTH PLAIN " + base64("bob\0alice@example.org\0x"), "535");
            talk.say("AUTH PLAIN =", "535");
            talk.say("MAIL FROM:<alice@example.org>", "530");
            talk.say("AUTH PLAIN " + PLAIN, "235");
        }
    }

    @Test
    void peopleWriteAsThemselvesInTheEnvelope() throws Exception {
        office.editor.putAlias(
                new Alias(
                        EmailAddress.parse("info@example.org"),
                        Alias.Kind.ALIAS,
                        List.of(EmailAddress.parse("alice@example.org"))));
        try (Talk talk = signedIn()) {
            for (String forged :
                    List.of("", "bob@example.org", "x@far.example", "nobody@example.org")) {
                talk.say("MAIL FROM:<" + forged + ">", "550 5.7.1");
            }
            for (String own :
                    List.of("ALICE@Example.ORG", "alice+tag@example.org", "info@example.org")) {
                talk.say("MAIL FROM:<" + own + ">", "250");
                talk.say("RSET", "250");
            }
        }
    }

    @Test
    void peopleWriteAsThemselvesInTheHeader() throws Exception {
        List<String> forged =
                List.of(
                        "",
                        "From: bob@example.org",
                        "From: x@far.example",
                        "From: alice@example.org, bob@example.org",
                        "From: bob@example.org, alice@example.org",
                        "From: alice@example.org\r\nFrom: bob@example.org",
                        "From: bob@example.org\r\nfrom: alice@example.org",
                        "From : bob@example.org",
                        "From: alice@example.org\r\nFrom : bob@example.org",
                        "From:",
                        "From: <>",
                        "From: alice",
                        "From: undisclosed:;",
                        "From: all: alice@example.org;",
                        "From: all: alice@example.org, bob@example.org;",
                        "From: <bob@example.org> <alice@example.org>",
                        "From: <@example.org:bob@example.org>",
                        "From: <@far.example:alice@example.org>",
                        "From: alice@example.org@far.example",
                        "From: \"alice@example.org\"@far.example",
                        "From: bob@example.org (alice@example.org)",
                        "From: \"alice@example.org\" <bob@example.org>",
                        "From: =?utf-8?q?alice=40example.org?=",
                        "From: =?utf-8?q?alice?=@example.org",
                        "From: bob@example.org\r\n ,alice@example.org",
                        "From: alice@example.org\r\nSender: bob@example.org",
                        "From: alice@example.org\r\nSender: alice@example.org\r\nSender: x@far.example",
                        "From: alice@example.org;bob@example.org",
                        "From: alice@example.org bob@example.org");
        for (String header : forged) {
            try (Talk talk = signedIn()) {
                assertThat(submit(talk, header)).as(header).startsWith("550 5.7.1");
            }
        }
        assertThat(office.inbox(office.bob)).isEmpty();
        for (String header :
                List.of(
                        "From: alice@example.org",
                        "From: \"Bob\" <Alice+x@example.org> (me)",
                        "From: alice@example.org\r\nSender: alice@example.org")) {
            try (Talk talk = signedIn()) {
                assertThat(submit(talk, header)).as(header).startsWith("250");
            }
        }
    }

    @Test
    void wrongPasswordsAreNotTold() throws Exception {
        try (Talk talk = Talk.greeted(loopback())) {
            talk.say("AUTH PLAIN " + base64("\0alice@example.org\0wrong"), "535 5.7.8");
            talk.say("AUTH PLAIN " + base64("\0nobody@example.org\0wrong"), "535 5.7.8");
            talk.say("AUTH PLAIN " + base64("\0x\0wrong"), "535 5.7.8");
        }
    }

    private Talk signedIn() throws Exception {
        Talk talk = Talk.greeted(loopback());
        talk.say("AUTH PLAIN " + PLAIN, "235");
        return talk;
    }

    private static String submit(Talk talk, String header) throws Exception {
        talk.say("MAIL FROM:<alice@example.org>", "250");
        talk.say("RCPT TO:<bob@example.org>", "250");
        talk.say("DATA", "354");
        String fields = header.isEmpty() ? "" : header + "\r\n";
        return talk.send(fields + "Subject: x\r\n\r\nhi\r\n.\r\n").reply();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(Octets octets) {
        return Base64.getEncoder().encodeToString(octets.toArray());
    }

    private static byte[] decoded(String challenge) {
        return Base64.getDecoder().decode(challenge.substring(4));
    }
}
