package org.facteur.edge.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.facteur.core.account.Account;
import org.facteur.core.account.Door;
import org.facteur.core.login.CredentialEditor;
import org.facteur.core.login.Login;
import org.facteur.core.login.LoginResult;
import org.facteur.core.mailbox.House;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.Role;
import org.facteur.net.listen.Admission;
import org.facteur.net.listen.Listener;
import org.facteur.net.listen.ListenerSettings;
import org.facteur.net.listen.Network;
import org.facteur.wire.pop3.Pop3Code;
import org.facteur.wire.pop3.Pop3Reply;
import org.facteur.wire.sasl.SaslClient;
import org.facteur.wire.text.Base64Text;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Pop3ServerTest {
    private final House house = House.inMemory();
    private final Login login = new Login(house.directory(), house::now, event -> {});
    private final Network network = new Network(new Admission(Admission.Limits.DEFAULT));
    private Listener listener;
    private String password;

    @BeforeEach
    void listen() throws IOException {
        password = device(house.alice());
        listener = listen(Pop3Settings.DEFAULT.withInsecurePlaintextLogin());
    }

    private Listener listen(Pop3Settings settings) throws IOException {
        return network.listen(
                new ListenerSettings(
                        "pop3",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        ListenerSettings.Security.NONE,
                        Pop3Server.REFUSAL),
                null,
                new Pop3Server(
                        new Pop3Services(login, house.boxes(), house::now, event -> {}), settings));
    }

    private String device(Account account) {
        return new CredentialEditor(house.directory(), login, house::now)
                .addDevice(account, "old PC", Set.of(Door.POP3));
    }

    @AfterEach
    void close() {
        listener.stop(java.time.Duration.ofSeconds(5));
        network.close();
        login.close();
        house.close();
    }

    private Pop3Client signedIn() throws IOException {
        Pop3Client client = new Pop3Client(listener);
        client.ok("USER alice@example.org");
        client.ok("PASS " + password);
        return client;
    }

    @Test
    void aClientCollectsItsLetters() throws IOException {
        house.append(House.letter(1));
        house.append("Subject: dots\r\n\r\n.\r\n..two\r\n.three\r\nno end");
        try (Pop3Client client = signedIn()) {
            int size = House.letter(1).length() + 41;
            assertThat(client.ok("STAT")).isEqualTo("2 " + size);
            assertThat(client.lines("LIST"))
                    .containsExactly("1 " + House.letter(1).length(), "2 41");
            assertThat(client.ok("LIST 2")).isEqualTo("2 41");
            assertThat(client.lines("UIDL")).containsExactly("1 1.1", "2 1.2");
            assertThat(client.ok("UIDL 2")).isEqualTo("2 1.2");
            assertThat(client.letter("RETR 1")).isEqualTo(House.letter(1));
            assertThat(client.letter("RETR 2"))
                    .isEqualTo("Subject: dots\r\n\r\n.\r\n..two\r\n.three\r\nno end\r\n");
            assertThat(client.letter("TOP 2 1")).isEqualTo("Subject: dots\r\n\r\n.\r\n");
            assertThat(client.letter("TOP 2 0")).isEqualTo("Subject: dots\r\n\r\n");
            client.ok("QUIT");
            assertThat(client.ended()).isTrue();
        }
        assertThat(house.box().view(house.inbox()).keywords(0)).isZero();
    }

    @Test
    void deletedLettersAreHiddenAtQuitAndNotDestroyed() throws IOException {
        house.append(House.letter(1));
        house.append(House.letter(2));
        try (Pop3Client client = signedIn()) {
            client.ok("DELE 1");
            client.err("RETR 1");
            client.err("DELE 1");
            assertThat(client.ok("STAT")).isEqualTo("1 " + House.letter(2).length());
            client.ok("RSET");
            assertThat(client.lines("LIST")).hasSize(2);
            client.ok("DELE 1");
            assertThat(client.ok("QUIT")).contains("1 letters left");
        }
        assertThat(house.box().view(house.inbox()).size()).isEqualTo(1);
        var hidden = house.box().mailboxes().find(Role.COLLECTED).orElseThrow();
        assertThat(house.box().view(hidden.id()).size()).isEqualTo(1);
        try (Pop3Client client = signedIn()) {
            assertThat(client.lines("UIDL")).containsExactly("1 1.2");
        }
    }

    @Test
    void aLineCutBeforeQuitChangesNothing() throws IOException {
        house.append(House.letter(1));
        try (Pop3Client client = signedIn()) {
            client.ok("DELE 1");
        }
        try (Pop3Client client = signedIn()) {
            client.ok("DELE 1");
            client.send("QUI");
        }
        try (Pop3Client client = signedIn()) {
            assertThat(client.lines("LIST")).hasSize(1);
        }
    }

    @Test
    void sessionsSeeTheirOwnSnapshotAndNeverLockEachOther() throws IOException {
        house.append(House.letter(1));
        try (Pop3Client first = signedIn();
                Pop3Client second = signedIn()) {
            house.append(House.letter(2));
            assertThat(first.lines("LIST")).hasSize(1);
            first.ok("DELE 1");
            first.ok("QUIT");
            assertThat(second.letter("RETR 1")).isEqualTo(House.letter(1));
            second.ok("DELE 1");
            second.ok("QUIT");
        }
        assertThat(house.box().view(house.inbox()).size()).isEqualTo(1);
    }

    @Test
    void aLetterThatEndedMeanwhileIsAnError() throws IOException {
        var placed = house.append(House.letter(1));
        try (Pop3Client client = signedIn()) {
            house.box().expunge(placed.mailbox(), List.of(placed.uid()), false);
            client.err("RETR 1");
            client.ok("DELE 1");
            client.ok("QUIT");
        }
    }

    @Test
    void uniqueIdsStayWhenALetterMovesAwayAndBack() throws IOException {
        house.append(House.letter(1));
        var second = house.append(House.letter(2));
        var archive = house.box().mailboxes().get(MailboxName.parse("Archive")).id();
        var moved = house.box().move(second.mailbox(), List.of(second.uid()), archive);
        house.box().move(archive, moved.to(), second.mailbox());
        try (Pop3Client client = signedIn()) {
            assertThat(client.lines("UIDL")).containsExactly("1 1.1", "2 1.2");
        }
    }

    @Test
    void everyMechanismSignsIn() throws IOException {
        for (SaslClient sasl :
                List.of(
                        SaslClient.plain("alice@example.org", password),
                        SaslClient.login("alice@example.org", password),
                        SaslClient.scram("alice@example.org", password, "anonceofthisclient12"))) {
            try (Pop3Client client = new Pop3Client(listener)) {
                String first =
                        sasl.mechanism() == org.facteur.wire.sasl.SaslMechanism.PLAIN
                                ? " " + Base64Text.encode(sasl.first().toArray())
                                : "";
                Pop3Reply reply = client.say("AUTH " + sasl.mechanism().keyword() + first);
                boolean begun = !first.isEmpty();
                while (reply instanceof Pop3Reply.Challenge(byte[] challenge)) {
                    byte[] answer =
                            !begun
                                            && sasl.mechanism()
                                                    == org.facteur.wire.sasl.SaslMechanism
                                                            .SCRAM_SHA_256
                                    ? sasl.first().toArray()
                                    : sasl.answer(challenge).toArray();
                    if (!begun && sasl.mechanism() == org.facteur.wire.sasl.SaslMechanism.LOGIN) {
                        answer = sasl.first().toArray();
                    }
                    begun = true;
                    reply = client.say(Base64Text.encode(answer));
                }
                assertThat(reply).as("%s", sasl.mechanism()).isInstanceOf(Pop3Reply.Ok.class);
                assertThat(client.ok("STAT")).isEqualTo("0 0");
            }
        }
    }

    @Test
    void anExchangeGivenUpLeavesTheSessionAsItWas() throws IOException {
        try (Pop3Client client = new Pop3Client(listener)) {
            assertThat(client.say("AUTH PLAIN")).isInstanceOf(Pop3Reply.Challenge.class);
            client.err("*");
            assertThat(client.say("AUTH PLAIN")).isInstanceOf(Pop3Reply.Challenge.class);
            client.err("no base64!");
            client.err("AUTH CRAM-MD5");
            assertThat(client.lines("AUTH")).contains("PLAIN", "SCRAM-SHA-256");
            client.ok("USER alice@example.org");
            client.ok("PASS " + password);
        }
    }

    @Test
    void aWrongPasswordIsToldByItsCode() throws IOException {
        try (Pop3Client client = new Pop3Client(listener)) {
            client.ok("USER alice@example.org");
            assertThat(client.err("PASS wrong").code()).isEqualTo(Pop3Code.AUTH);
            client.ok("USER nobody@example.org");
            assertThat(client.err("PASS wrong").code()).isEqualTo(Pop3Code.AUTH);
            client.err("PASS " + password);
            client.err("STAT");
        }
    }

    @Test
    void anUnencryptedLineOffersNoSignIn() throws IOException {
        Listener strict = listen(Pop3Settings.DEFAULT);
        try (Pop3Client client = new Pop3Client(strict)) {
            assertThat(client.lines("CAPA"))
                    .contains("TOP", "UIDL", "PIPELINING", "RESP-CODES", "EXPIRE NEVER")
                    .noneMatch(line -> line.startsWith("USER") || line.startsWith("SASL"));
            client.err("USER alice@example.org");
            client.err("AUTH PLAIN");
            client.err("STLS");
        }
        try (Pop3Client client = new Pop3Client(listener)) {
            assertThat(client.lines("CAPA")).contains("USER", "SASL SCRAM-SHA-256 PLAIN LOGIN");
        }
    }

    @Test
    void aPipelineIsAnsweredInOrder() throws IOException {
        house.append(House.letter(1));
        try (Pop3Client client = new Pop3Client(listener)) {
            client.send(
                    "USER alice@example.org\r\nPASS "
                            + password
                            + "\r\nSTAT\r\nRETR 1\r\nDELE 1\r\nNOOP\r\nQUIT\r\n");
            client.in().readReply();
            client.in().readReply();
            assertThat(client.in().readReply())
                    .isEqualTo(new Pop3Reply.Ok("1 " + House.letter(1).length()));
            client.in().readReply();
            ByteArrayOutputStream letter = new ByteArrayOutputStream();
            client.in().readLetter(letter::write, 10_000);
            assertThat(letter).hasToString(House.letter(1));
            for (int i = 0; i < 3; i++) {
                assertThat(client.in().readReply()).isInstanceOf(Pop3Reply.Ok.class);
            }
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void faultyLinesAreCountedAndEndTheSession() throws IOException {
        try (Pop3Client client = new Pop3Client(listener)) {
            client.err("x".repeat(5000));
            for (int i = 1; i < 20; i++) {
                client.err("XYZZY");
            }
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aBareLineFeedEndsTheSession() throws IOException {
        try (Pop3Client client = new Pop3Client(listener)) {
            client.send("NOOP\nQUIT\r\n");
            assertThat(client.in().readReply()).isInstanceOf(Pop3Reply.Err.class);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aRevokedPasswordEndsTheSessionWithinAMinute() throws IOException {
        try (Pop3Client client = signedIn()) {
            CredentialEditor editor = new CredentialEditor(house.directory(), login, house::now);
            var credential = editor.list(house.alice().id()).getFirst();
            editor.revoke(house.alice().id(), credential.number());
            client.ok("NOOP");
            house.later(java.time.Duration.ofMinutes(1));
            assertThat(client.err("NOOP").code()).isEqualTo(Pop3Code.AUTH);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aStoppingServerSaysSoToWhoIsIdle() throws IOException {
        try (Pop3Client client = signedIn()) {
            Thread stop =
                    Thread.startVirtualThread(
                            () -> listener.stop(java.time.Duration.ofSeconds(30)));
            assertThat(client.in().readReply()).isInstanceOf(Pop3Reply.Err.class);
            assertThat(client.ended()).isTrue();
            stop.join();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    @Test
    void answersComeInTheLanguageThatWasAskedFor() throws IOException {
        try (Pop3Client client = new Pop3Client(listener)) {
            assertThat(client.lines("LANG")).containsExactly("en English", inOctets("fr Français"));
            assertThat(client.ok("LANG fr-CA")).isEqualTo(inOctets("fr Parlons français."));
            assertThat(client.err("STAT").text()).isEqualTo("Identifiez-vous d'abord.");
            client.err("LANG tlh");
            client.ok("USER alice@example.org");
            assertThat(client.ok("PASS " + password)).isEqualTo("Bienvenue ; 0 lettres.");
            assertThat(client.ok("LANG *")).isEqualTo("en English it is.");
            assertThat(client.lines("CAPA")).contains("LANG", "UTF8 USER");
        }
    }

    @Test
    void headersBeyondAsciiAreRewrittenUnlessUtf8WasSaid() throws IOException {
        String letter = "Subject: Caf\u00e9\r\n\r\nd\u00e9j\u00e0\r\n";
        house.append(letter);
        try (Pop3Client client = signedIn()) {
            assertThat(client.letter("RETR 1"))
                    .isEqualTo("Subject: =?utf-8?Q?Caf=C3=A9?=\r\n\r\nd\u00e9j\u00e0\r\n");
            assertThat(client.letter("TOP 1 0"))
                    .isEqualTo("Subject: =?utf-8?Q?Caf=C3=A9?=\r\n\r\n");
        }
        try (Pop3Client client = new Pop3Client(listener)) {
            client.ok("UTF8");
            client.signIn("alice@example.org", password);
            assertThat(client.letter("RETR 1")).isEqualTo(letter);
        }
    }

    @Test
    void tokensSignInWhereSomebodyChecksThem() throws IOException {
        try (Pop3Client client = new Pop3Client(listener)) {
            assertThat(client.lines("AUTH")).doesNotContain("OAUTHBEARER", "XOAUTH2");
        }
        Pop3Services services =
                new Pop3Services(
                        login,
                        house.boxes(),
                        house::now,
                        event -> {},
                        new Pop3Services.Extras(this::token, null));
        Listener door =
                network.listen(
                        new ListenerSettings(
                                "pop3",
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                ListenerSettings.Security.NONE,
                                Pop3Server.REFUSAL),
                        null,
                        new Pop3Server(
                                services, Pop3Settings.DEFAULT.withInsecurePlaintextLogin()));
        for (String first :
                List.of(
                        "XOAUTH2 user=alice@example.org\1auth=Bearer good\1\1",
                        "OAUTHBEARER n,a=alice@example.org,\1auth=Bearer good\1\1")) {
            try (Pop3Client client = new Pop3Client(door)) {
                assertThat(client.lines("AUTH")).contains("OAUTHBEARER", "XOAUTH2");
                Pop3Reply refused = client.say(auth(first.replace("good", "bad")));
                assertThat(refused).isInstanceOf(Pop3Reply.Challenge.class);
                assertThat(client.err("AQ==").code()).isEqualTo(Pop3Code.AUTH);
                client.ok(auth(first));
                client.ok("STAT");
            }
        }
        door.stop(java.time.Duration.ofSeconds(5));
    }

    /// UTF-8 as the reader of replies shows it.
    private static String inOctets(String text) {
        return new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static String auth(String words) {
        int blank = words.indexOf(' ');
        return "AUTH "
                + words.substring(0, blank + 1)
                + Base64Text.encode(
                        words.substring(blank + 1)
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private LoginResult token(@Nullable String name, String token, Door door, InetAddress source) {
        return token.equals("good")
                ? login.check(
                        "alice@example.org",
                        org.facteur.core.login.Password.of(password),
                        door,
                        source)
                : new LoginResult.Denied(java.time.Duration.ZERO);
    }
}
