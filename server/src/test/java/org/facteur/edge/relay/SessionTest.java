package org.facteur.edge.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.facteur.core.deliver.Consignment;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.RecipientResult;
import org.facteur.core.queue.RouteBook;
import org.facteur.core.queue.Timeline;
import org.facteur.edge.smtp.TestOffice;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.dns.StaticZone;
import org.facteur.net.tls.ClientContexts;
import org.facteur.net.tls.PeerTrust;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.RcptParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters through sessions with servers that are slow to agree, die, lie or know little.
class SessionTest {
    private static final Domain FAR = Domain.parse("far.example");
    private static final String LETTER = "From: alice@example.org\r\n\r\nhello\r\n";

    private TestOffice office;
    private @Nullable Relay relay;

    @BeforeEach
    void open(@TempDir Path keys) throws Exception {
        office = new TestOffice(keys);
    }

    @AfterEach
    void close() {
        Relay begun = relay;
        if (begun != null) {
            begun.close();
        }
        office.close();
    }

    private void relayTo(LivelyPeer... peers) {
        MailExchangers.Answer answer =
                new MailExchangers.Found(
                        List.of(
                                new MailExchangers.Exchanger(
                                        Domain.parse("mx.far.example"),
                                        java.util.Arrays.stream(peers)
                                                .map(LivelyPeer::address)
                                                .toList())));
        Relay begun =
                new Relay(
                        RelaySettings.standard(TestOffice.HOST),
                        new RelayServices(
                                office.queue,
                                office.bounces,
                                office.retry,
                                new RouteBook(office.store),
                                new RelayServices.Outside(
                                        office.network,
                                        new StaticZone(Map.of(FAR, answer)),
                                        new ClientContexts(),
                                        new Protections(PeerTrust.standard())),
                                office.clock));
        begun.start();
        relay = begun;
    }

    private void submit(String letter, String... recipients) {
        submit(letter, LetterWishes.NONE, RcptParameters.NONE, recipients);
    }

    private void submit(
            String letter, LetterWishes wishes, RcptParameters each, String... recipients) {
        byte[] octets = letter.getBytes(StandardCharsets.UTF_8);
        try (LetterWriter writer = new LetterWriter(office.boxes, 1_000_000)) {
            writer.write(octets, 0, octets.length);
            try (NewLetter whole = writer.finish()) {
                office.delivery.accept(
                        new Consignment(
                                whole,
                                new Envelope(
                                        EmailAddress.parse("alice@example.org"),
                                        java.util.Arrays.stream(recipients)
                                                .map(EmailAddress::parse)
                                                .map(to -> new Envelope.Recipient(to, each))
                                                .toList(),
                                        office.alice.id(),
                                        false,
                                        wishes),
                                "Received: here\r\n".getBytes(StandardCharsets.US_ASCII),
                                writer.eightBit(),
                                office.clock.instant(),
                                List.of(),
                                null));
            }
        }
    }

    private void awaitEmptyQueue() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(office.queue.list(10)).isEmpty());
    }

    private List<QueueItem> awaitTried(int attempts) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(office.queue.list(1000))
                                        .isNotEmpty()
                                        .allMatch(item -> item.schedule().attempts() >= attempts));
        return office.queue.list(1000);
    }

    private static String capable(String what) {
        return LivelyPeer.kind(what, "PIPELINING", "8BITMIME", "SIZE 1000000", "DSN");
    }

    @Test
    void manyLettersGoThroughFewSessions() throws Exception {
        for (int i = 0; i < 150; i++) {
            submit(LETTER, "r" + i + "@far.example");
        }
        try (LivelyPeer peer = new LivelyPeer((what, session) -> capable(what))) {
            relayTo(peer);
            awaitEmptyQueue();
            assertThat(peer.letters()).hasSize(150);
            assertThat(peer.sessions()).isLessThanOrEqualTo(25);
            assertThat(peer.heard().stream().filter(line -> line.equals("RSET"))).isEmpty();
        }
    }

    @Test
    void anOldServerGetsItsLettersStepByStep() throws Exception {
        for (int i = 0; i < 10; i++) {
            submit(LETTER, "r" + i + "@far.example");
        }
        try (LivelyPeer peer = new LivelyPeer((what, session) -> LivelyPeer.kind(what))) {
            relayTo(peer);
            awaitEmptyQueue();
            assertThat(peer.letters()).hasSize(10);
        }
    }

    @Test
    void aRefusedLetterDoesNotDisturbTheNext() throws Exception {
        submit(LETTER, "no1@far.example");
        submit(LETTER, "yes1@far.example");
        submit(LETTER, "no2@far.example", "yes2@far.example");
        submit(LETTER, "yes3@far.example");
        try (LivelyPeer peer =
                new LivelyPeer(
                        (what, session) ->
                                what.startsWith("RCPT TO:<no") ? "550 5.7.1 no" : capable(what))) {
            relayTo(peer);
            awaitEmptyQueue();
            assertThat(peer.letters().stream().filter(each -> !each.isEmpty())).hasSize(3);
            assertThat(office.inbox(office.alice)).hasSize(2);
        }
    }

    @Test
    void aSessionThatDiesBetweenTwoLettersLosesAndDoublesNothing() throws Exception {
        for (int i = 0; i < 30; i++) {
            submit(LETTER, "r" + i + "@far.example");
        }
        AtomicInteger mails = new AtomicInteger();
        try (LivelyPeer peer =
                new LivelyPeer(
                        (what, session) ->
                                what.startsWith("MAIL") && mails.incrementAndGet() % 4 == 0
                                        ? null
                                        : capable(what))) {
            relayTo(peer);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    office.queue.list(100).stream()
                                                            .filter(
                                                                    item ->
                                                                            item.schedule()
                                                                                            .attempts()
                                                                                    == 0))
                                            .isEmpty());
            assertThat(peer.letters().size() + office.queue.list(100).size()).isEqualTo(30);
        }
    }

    @Test
    void aServerThatTakesItsLeaveHandsOverToTheNext() throws Exception {
        submit(LETTER, "bob@far.example");
        try (LivelyPeer busy =
                        new LivelyPeer(
                                (what, session) ->
                                        what.startsWith("MAIL")
                                                ? "421 4.3.2 busy"
                                                : capable(what));
                LivelyPeer good = new LivelyPeer((what, session) -> capable(what))) {
            relayTo(busy, good);
            awaitEmptyQueue();
            assertThat(good.letters()).hasSize(1);
        }
    }

    @Test
    void aLetterInDoubtIsTriedLaterAndNowhereElse() throws Exception {
        submit(LETTER, "bob@far.example");
        try (LivelyPeer mute =
                        new LivelyPeer((what, session) -> what.equals(".") ? null : capable(what));
                LivelyPeer good = new LivelyPeer((what, session) -> capable(what))) {
            relayTo(mute, good);
            QueueItem item = awaitTried(1).getFirst();
            assertThat(item.waiting().getFirst().status()).isEqualTo("4.4.2");
            assertThat(good.letters()).isEmpty();
            assertThat(mute.letters()).hasSize(1);
        }
    }

    @Test
    void everyLetterOfADeadDestinationIsPutOffByOneAttempt() throws Exception {
        for (int i = 0; i < 250; i++) {
            submit(LETTER, "r" + i + "@far.example");
        }
        try (LivelyPeer dead = new LivelyPeer((what, session) -> null)) {
            relayTo(dead);
            assertThat(awaitTried(1)).hasSize(250);
            assertThat(dead.sessions()).isLessThan(20);
        }
    }

    @Test
    void eightBitTextIsRecodedForAServerThatTakesNone() throws Exception {
        submit(
                "From: alice@example.org\r\nMIME-Version: 1.0\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Transfer-Encoding: 8bit\r\n\r\n\u00e9t\u00e9 = summer\r\n",
                "bob@far.example");
        try (LivelyPeer old = new LivelyPeer((what, session) -> LivelyPeer.kind(what))) {
            relayTo(old);
            awaitEmptyQueue();
            assertThat(old.letters().getFirst())
                    .contains("Content-Transfer-Encoding: quoted-printable")
                    .doesNotContain("8bit")
                    .contains("=C3=A9t=C3=A9 =3D summer");
        }
    }

    @Test
    void whatIsSignedIsNotRecodedButGoesBack() throws Exception {
        submit(
                "From: alice@example.org\r\nMIME-Version: 1.0\r\n"
                        + "Content-Type: multipart/signed; boundary=x\r\n\r\n--x\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Transfer-Encoding: 8bit\r\n\r\n\u00e9\r\n--x--\r\n",
                "bob@far.example");
        try (LivelyPeer old = new LivelyPeer((what, session) -> LivelyPeer.kind(what))) {
            relayTo(old);
            awaitEmptyQueue();
            assertThat(office.inbox(office.alice).getFirst()).contains("5.6.3");
        }
    }

    @Test
    void wishesTravelToAServerThatKnowsThem() throws Exception {
        submit(
                LETTER,
                new LetterWishes(null, LetterWishes.Returned.HDRS, "q1", false, null, 0),
                new RcptParameters(
                        EnumSet.of(RcptParameters.Notify.SUCCESS),
                        new RcptParameters.OriginalRecipient("rfc822", "b@here.example")),
                "bob@far.example");
        try (LivelyPeer peer = new LivelyPeer((what, session) -> capable(what))) {
            relayTo(peer);
            awaitEmptyQueue();
            assertThat(peer.heard())
                    .anyMatch(line -> line.startsWith("MAIL") && line.endsWith("RET=HDRS ENVID=q1"))
                    .contains(
                            "RCPT TO:<bob@far.example> NOTIFY=SUCCESS ORCPT=rfc822;b@here.example");
            assertThat(office.inbox(office.alice)).isEmpty();
        }
    }

    @Test
    void whereNobodyWillTellOfSuccessWeTellThatTheLetterWasRelayed() throws Exception {
        submit(
                LETTER,
                LetterWishes.NONE,
                new RcptParameters(Set.of(RcptParameters.Notify.SUCCESS), null),
                "bob@far.example");
        try (LivelyPeer peer =
                new LivelyPeer((what, session) -> LivelyPeer.kind(what, "PIPELINING"))) {
            relayTo(peer);
            awaitEmptyQueue();
            assertThat(office.inbox(office.alice).getFirst())
                    .contains("Action: relayed")
                    .contains("was handed to the server of far.example");
        }
    }

    @Test
    void tooManyRecipientsGoInSeveralRounds() throws Exception {
        String[] many = new String[7];
        for (int i = 0; i < many.length; i++) {
            many[i] = "r" + i + "@far.example";
        }
        submit(LETTER, many);
        try (LivelyPeer peer =
                new LivelyPeer(
                        (what, session) ->
                                LivelyPeer.kind(what, "PIPELINING", "LIMITS RCPTMAX=3"))) {
            relayTo(peer);
            awaitEmptyQueue();
            assertThat(peer.letters()).hasSize(3);
            assertThat(peer.heard().stream().filter(line -> line.startsWith("RCPT"))).hasSize(7);
        }
    }

    @Test
    void whatHappenedIsRemembered() throws Exception {
        submit(LETTER, "bob@far.example");
        try (LivelyPeer peer = new LivelyPeer((what, session) -> capable(what))) {
            relayTo(peer);
            awaitEmptyQueue();
            Timeline timeline = office.queue.timelines().sentBy(office.alice.id(), 10).getFirst();
            assertThat(timeline.steps())
                    .singleElement()
                    .satisfies(
                            step -> {
                                assertThat(step.kind()).isEqualTo(RecipientResult.Kind.DELIVERED);
                                assertThat(step.carriage().host()).isEqualTo("mx.far.example");
                                assertThat(step.answer()).contains("250");
                            });
        }
    }

    @Test
    void aServerThatAnswersNonsenseIsTriedLater() throws Exception {
        submit(LETTER, "bob@far.example");
        try (LivelyPeer liar =
                new LivelyPeer(
                        (what, session) ->
                                what.startsWith("MAIL") ? "hello there" : capable(what))) {
            relayTo(liar);
            assertThat(awaitTried(1)).hasSize(1);
        }
    }
}
