package org.facteur.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.facteur.core.queue.Destination;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.QueuedRecipient;
import org.facteur.net.listen.ListenerSettings;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.BodyKind;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.RcptParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// DSN, REQUIRETLS, FUTURERELEASE and MT-PRIORITY: what a sender asks for comes to the queue.
class WishesTest {
    private static final String LETTER = "From: alice@example.org\r\nSubject: x\r\n\r\nhi\r\n.\r\n";

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

    private Talk signedIn() throws Exception {
        Talk talk = Talk.greeted(office.listen(SmtpRole.SUBMISSION));
        talk.say("STARTTLS", "220");
        talk.beginTls();
        talk.say("EHLO client.example", "250");
        String plain = "\u0000alice@example.org\u0000" + TestOffice.PASSWORD;
        talk.say(
                "AUTH PLAIN "
                        + Base64.getEncoder()
                                .encodeToString(plain.getBytes(StandardCharsets.UTF_8)),
                "235");
        return talk;
    }

    @Test
    void whatASenderAsksForGoesWithTheLetter() throws Exception {
        try (Talk talk = signedIn()) {
            assertThat(talk.say("EHLO client.example", "250"))
                    .contains("\n250-REQUIRETLS\n")
                    .contains("\n250-FUTURERELEASE 2592000 20")
                    .contains("\n250 MT-PRIORITY MIXER");
            talk.say(
                    "MAIL FROM:<alice@example.org> BODY=8BITMIME RET=HDRS ENVID=a+2Bb REQUIRETLS"
                            + " MT-PRIORITY=-2",
                    "250 2.1.0");
            talk.say(
                    "RCPT TO:<x@far.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;y@far.example",
                    "250");
            talk.say("RCPT TO:<z@far.example> NOTIFY=NEVER", "250");
            talk.say("DATA", "354");
            talk.send(LETTER).expect("250");
        }
        QueueItem item = office.queue.list(10).getFirst();
        assertThat(item.letter().wishes())
                .isEqualTo(
                        new LetterWishes(
                                BodyKind.EIGHT_BIT_MIME,
                                LetterWishes.Returned.HDRS,
                                "a+b",
                                true,
                                null,
                                -2));
        assertThat(item.recipients())
                .containsExactly(
                        QueuedRecipient.waiting(
                                EmailAddress.parse("x@far.example"),
                                new RcptParameters(
                                        Set.of(
                                                RcptParameters.Notify.SUCCESS,
                                                RcptParameters.Notify.DELAY),
                                        new RcptParameters.OriginalRecipient(
                                                "rfc822", "y@far.example"))),
                        QueuedRecipient.waiting(
                                EmailAddress.parse("z@far.example"),
                                new RcptParameters(Set.of(RcptParameters.Notify.NEVER), null)));
    }

    @Test
    void aLetterForLaterWaitsForEverybody() throws Exception {
        try (Talk talk = signedIn()) {
            talk.say("MAIL FROM:<alice@example.org> HOLDFOR=3600", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("RCPT TO:<x@far.example>", "250");
            talk.say("DATA", "354");
            talk.send(LETTER).expect("250");
            talk.say("MAIL FROM:<alice@example.org> HOLDFOR=2592060", "501 5.5.4");
            talk.say("MAIL FROM:<alice@example.org> HOLDUNTIL=2999-01-01T00:00:00Z", "501 5.5.4");
            talk.say("MAIL FROM:<alice@example.org> HOLDUNTIL=2001-01-01T00:00:00Z", "250");
        }
        assertThat(office.inbox(office.bob)).isEmpty();
        assertThat(office.queue.list(10))
                .hasSize(2)
                .allSatisfy(
                        item ->
                                assertThat(item.schedule().next())
                                        .isEqualTo(item.released())
                                        .isAfter(office.clock.instant().plusSeconds(3000)));
        QueueItem local =
                office.queue.list(10).stream()
                        .filter(item -> item.destination() instanceof Destination.Local)
                        .findFirst()
                        .orElseThrow();
        assertThat(office.queue.enter()).isEmpty();
        assertThat(local.waiting()).hasSize(1);
    }

    @Test
    void thePriorityOfPeopleHasATop() throws Exception {
        try (Talk talk = signedIn()) {
            talk.say("MAIL FROM:<alice@example.org> MT-PRIORITY=9", "250 2.3.6");
            talk.say("RCPT TO:<x@far.example>", "250");
            talk.say("DATA", "354");
            talk.send(LETTER).expect("250");
        }
        assertThat(office.queue.list(1).getFirst().letter().wishes().priority()).isEqualTo(4);
    }

    @Test
    void successIsToldWhereItWasAskedFor() throws Exception {
        InetSocketAddress door = office.listen(SmtpRole.RECEPTION);
        try (Talk talk = Talk.greeted(door)) {
            talk.say("MAIL FROM:<z@far.example>", "250");
            talk.say("RCPT TO:<alice@example.org> NOTIFY=SUCCESS", "250");
            talk.say("DATA", "354");
            talk.send(LETTER).expect("250");
            assertThat(office.queue.list(10)).as("strangers are told nothing").isEmpty();
            talk.say("MAIL FROM:<bob@example.org> RET=HDRS ENVID=q", "250");
            talk.say("RCPT TO:<alice@example.org> NOTIFY=SUCCESS", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("DATA", "354");
            talk.send(LETTER).expect("250");
            talk.say("MAIL FROM:<>", "250");
            talk.say("RCPT TO:<alice@example.org> NOTIFY=SUCCESS", "250");
            talk.say("DATA", "354");
            talk.send(LETTER).expect("250");
        }
        QueueItem item = office.queue.list(10).getFirst();
        assertThat(office.queue.list(10)).hasSize(1);
        assertThat(item.toTell())
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.address()).hasToString("alice@example.org");
                            assertThat(each.state()).isEqualTo(QueuedRecipient.State.DELIVERED);
                        });
        office.bounces.report(office.queue.list(1).getFirst());
        assertThat(office.queue.list(10)).isEmpty();
        assertThat(office.inbox(office.bob)).hasSize(2);
        assertThat(office.inbox(office.bob).getLast())
                .contains("Action: delivered")
                .contains("Original-Envelope-Id: q");
    }

    @Test
    void encryptionOnTheWholeWayIsOfferedOnEncryptedLinesOnly() throws Exception {
        try (Talk talk = Talk.greeted(office.listen(SmtpRole.RECEPTION))) {
            assertThat(talk.say("EHLO x.example", "250")).doesNotContain("REQUIRETLS");
            talk.say("MAIL FROM:<> REQUIRETLS", "555");
            talk.say("STARTTLS", "220");
            talk.beginTls();
            assertThat(talk.say("EHLO x.example", "250")).contains("REQUIRETLS");
            talk.say("MAIL FROM:<> REQUIRETLS", "250");
        }
    }

    @Test
    void aPeerThatDripsOctetsIsSentAway() throws Exception {
        SmtpSettings settings =
                TestOffice.quick(SmtpRole.RECEPTION)
                        .with(
                                TestOffice.quick(SmtpRole.RECEPTION)
                                        .times()
                                        .with(
                                                new SmtpSettings.Pace(
                                                        Duration.ZERO, Long.MAX_VALUE)));
        InetSocketAddress strict = office.listen(settings, ListenerSettings.Security.OFFERED);
        for (String command : new String[] {"DATA", "BDAT 1000"}) {
            try (Talk talk = Talk.greeted(strict)) {
                talk.say("MAIL FROM:<>", "250");
                talk.say("RCPT TO:<bob@example.org>", "250");
                talk.send(command + "\r\n");
                if (command.equals("DATA")) {
                    talk.expect("354");
                }
                talk.send("a: b\r\n").expect("421 4.4.2");
                talk.expectEnd();
            }
        }
        assertThat(office.inbox(office.bob)).isEmpty();
    }
}
