package org.facteur.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.filter.ContentModel;
import org.facteur.core.filter.Judge;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.Role;
import org.facteur.core.trust.Authenticator;
import org.facteur.core.trust.KnownForwarders;
import org.facteur.net.listen.ListenerSettings;
import org.facteur.wire.address.Domain;
import org.facteur.wire.auth.AuthenticationResults;
import org.facteur.wire.auth.DkimAlgorithm;
import org.facteur.wire.auth.DkimSigner;
import org.facteur.wire.auth.DnsLookup;
import org.facteur.wire.auth.SignedLetter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Letters at the door from domains that say who may write for them.
class AuthenticationTest {
    private static final String FIELD = "Authentication-Results:";

    /// A bank that wants forged letters refused, a shop that wants them apart, a club that only
    /// wants to hear, and a forger whose own proofs are in order.
    private final Map<String, String> texts =
            new ConcurrentHashMap<>(
                    Map.of(
                            "bank.example", "v=spf1 ip4:192.0.2.1 -all",
                            "_dmarc.bank.example", "v=DMARC1; p=reject",
                            "_dmarc.shop.example", "v=DMARC1; p=quarantine",
                            "_dmarc.club.example", "v=DMARC1; p=none",
                            "forger.example", "v=spf1 ip4:127.0.0.1 -all",
                            "_dmarc.forger.example", "v=DMARC1; p=reject"));

    private TestOffice office;
    private InetSocketAddress door;
    private boolean silent;
    private String known = "";
    private Judge.Rules judging = new Judge.Rules(false, true);
    private Authenticator.Rules rules = new Authenticator.Rules(true, true, true);

    @BeforeEach
    void open(@TempDir Path keys) throws Exception {
        office = new TestOffice(keys);
        door = listen();
    }

    @AfterEach
    void close() {
        office.close();
    }

    private DnsLookup.Answer ask(DnsLookup.Question question) {
        if (silent) {
            return new DnsLookup.Failed();
        }
        String text = question.kind() == DnsLookup.Kind.TXT ? texts.get(question.name()) : null;
        return text == null ? new DnsLookup.NoName() : new DnsLookup.Found(List.of(text));
    }

    private InetSocketAddress listen() throws IOException {
        SmtpServices plain = office.services;
        SmtpServices services =
                new SmtpServices(
                        plain.directory(),
                        plain.login(),
                        plain.boxes(),
                        plain.delivery(),
                        plain.caps(),
                        new SmtpServices.Extras(
                                false,
                                null,
                                null,
                                new Authenticator(
                                        TestOffice.HOST,
                                        this::ask,
                                        KnownForwarders.STANDARD,
                                        () -> rules,
                                        office.clock),
                                new Judge(
                                        ContentModel::shipped,
                                        () -> judging,
                                        (account, sender) ->
                                                account.equals(office.bob.id())
                                                        && sender.toString().equals(known))),
                        plain.clock());
        return office.network
                .listen(
                        new ListenerSettings(
                                "asking",
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                ListenerSettings.Security.NONE,
                                "421 no"),
                        null,
                        new SmtpServer(TestOffice.quick(SmtpRole.RECEPTION), services, () -> false))
                .address();
    }

    private String bring(String path, String letter) throws Exception {
        try (Talk talk = Talk.greeted(door)) {
            talk.say("MAIL FROM:<" + path + ">", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("DATA", "354");
            return talk.send(letter.replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n.\r\n")
                    .reply();
        }
    }

    private String arrived(String path, String letter) throws Exception {
        assertThat(bring(path, letter)).startsWith("250");
        return office.inbox(office.bob).getLast();
    }

    /// What our own field says.
    private static AuthenticationResults results(String letter) {
        List<String> ours = fields(letter);
        assertThat(ours).hasSize(1);
        return AuthenticationResults.parse(ours.getFirst());
    }

    private static List<String> fields(String letter) {
        String header = letter.substring(0, letter.indexOf("\r\n\r\n") + 2);
        String unfolded = header.replace("\r\n\t", " ").replace("\r\n ", " ");
        return unfolded.lines()
                .filter(line -> line.startsWith(FIELD))
                .map(line -> line.substring(FIELD.length()))
                .filter(line -> line.startsWith(" " + TestOffice.HOST + ";"))
                .toList();
    }

    private static String result(AuthenticationResults results, String method) {
        return results.findings().stream()
                .filter(each -> each.method().equals(method))
                .map(AuthenticationResults.Finding::result)
                .findFirst()
                .orElse("");
    }

    private long junk(Account account) {
        LetterBox box = office.boxes.open(Actor.system(account.id(), Door.IMAP));
        return box.view(box.mailboxes().find(Role.JUNK).orElseThrow().id()).size();
    }

    @Test
    void whatIsFoundOutStandsOnTop() throws Exception {
        String letter = arrived("z@forger.example", "From: z@forger.example\n\nbody");
        assertThat(letter).matches("(?s)Return-Path.*?\r\nDelivered-To.*?\r\nAuthentication-.*");
        AuthenticationResults results = results(letter);
        assertThat(result(results, "spf")).isEqualTo("pass");
        assertThat(result(results, "dkim")).isEqualTo("none");
        assertThat(result(results, "dmarc")).isEqualTo("pass");
        assertThat(result(results, "iprev")).isEqualTo("permerror");
    }

    @Test
    void forgedLettersAreTreatedAsTheirDomainAsks() throws Exception {
        assertThat(bring("z@forger.example", "From: z@bank.example\n\nbody"))
                .startsWith("550 5.7.1 bank.example says");
        assertThat(bring("z@forger.example", "From: z@shop.example\n\nbody")).startsWith("250");
        assertThat(junk(office.bob)).isEqualTo(1);
        arrived("z@forger.example", "From: z@club.example\n\nbody");
        assertThat(office.inbox(office.bob)).hasSize(1);
        rules = new Authenticator.Rules(true, false, true);
        arrived("z@forger.example", "From: z@bank.example\n\nbody");
        assertThat(office.inbox(office.bob)).hasSize(2);
    }

    @Test
    void listsGetIntoTheJunkAtWorst() throws Exception {
        String letter = "List-Id: <friends.forger.example>\nFrom: z@bank.example\n\nbody";
        assertThat(bring("z@forger.example", letter)).startsWith("250");
        assertThat(junk(office.bob)).isEqualTo(1);
    }

    @Test
    void silentNameServersRefuseNobody() throws Exception {
        silent = true;
        AuthenticationResults results =
                results(arrived("z@bank.example", "From: z@bank.example\n\nbody"));
        assertThat(result(results, "spf")).isEqualTo("temperror");
        assertThat(result(results, "dmarc")).isEqualTo("temperror");
    }

    @Test
    void lettersOfThisMachineAreNotLookedAtUnlessWanted() throws Exception {
        rules = new Authenticator.Rules(true, true, false);
        assertThat(fields(arrived("z@bank.example", "From: z@bank.example\n\nbody"))).isEmpty();
    }

    @Test
    void programsLieAmongTheJunkWhateverTheyAreCalled() throws Exception {
        String letter =
                "From: z@forger.example\nX-Facteur-Verdict: letter\n"
                        + "Content-Type: application/pdf; name=\"a.pdf.exe\"\n\nbody";
        assertThat(bring("z@forger.example", letter)).startsWith("250");
        assertThat(junk(office.bob)).isEqualTo(1);
        judging = new Judge.Rules(false, false);
        assertThat(arrived("z@forger.example", letter)).doesNotContain("X-Facteur-Verdict");
    }

    @Test
    void junkIsKeptApartWithItsReasonsWhereThatIsWanted() throws Exception {
        judging = new Judge.Rules(true, false);
        String junk =
                "From: z@nowhere.example\nSubject: MAKE MONEY FAST!!!\n\n"
                        + "FREE!!! Click here to order now, 100% guaranteed, earn $5000 a week.\n"
                                .repeat(20);
        assertThat(bring("", junk)).startsWith("250");
        assertThat(junk(office.bob)).isEqualTo(1);
        assertThat(
                        arrived(
                                "z@forger.example",
                                "From: z@forger.example\nTo: b@c.example\n\nSee you at noon."))
                .contains("X-Facteur-Verdict: letter; score=-")
                .contains("author-confirmed=-3.60");
    }

    @Test
    void whoeverPeopleWriteToGetsThrough() throws Exception {
        judging = new Judge.Rules(true, true);
        known = "z@forger.example";
        String junk =
                "From: z@forger.example\nSubject: MAKE MONEY FAST!!!\n\n"
                        + "FREE!!! Click here to order now, earn $5000 a week.\n".repeat(20);
        assertThat(arrived("z@forger.example", junk))
                .contains("letter; score=-", "correspondent=-10.00");
        known = "z@bank.example";
        assertThat(bring("", junk.replace("forger", "bank"))).startsWith("550");
    }

    @Test
    void signaturesAreOverTheLetterAsItCame() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] key = pair.getPublic().getEncoded();
        texts.put(
                "s._domainkey.bank.example",
                "v=DKIM1; k=ed25519; p="
                        + Base64.getEncoder()
                                .encodeToString(
                                        Arrays.copyOfRange(key, key.length - 32, key.length)));
        String letter =
                "From: z@bank.example\r\nAuthentication-Results: mail.example.org; none\r\n"
                        + "Subject: s\r\n\r\n..dots\r\nbody\r\n";
        byte[] octets = letter.replace("\r\n..", "\r\n.").getBytes(UTF_8);
        SignedLetter.Reader reader = new SignedLetter.Reader(10_000, DkimSigner.HASHED);
        reader.accept(octets, 0, octets.length);
        byte[] field =
                new DkimSigner(
                                Domain.parse("bank.example"),
                                "s",
                                DkimAlgorithm.ED25519_SHA256,
                                pair.getPrivate())
                        .sign(reader.finish(), Instant.now(), Instant.now().plusSeconds(600));
        String signed = new String(field, UTF_8) + letter;
        AuthenticationResults results =
                results(arrived("", signed.substring(0, signed.length() - 2)));
        assertThat(result(results, "dkim")).isEqualTo("pass");
        assertThat(result(results, "dmarc")).isEqualTo("pass");
        String other = signed.replace("body", "bait");
        assertThat(bring("", other.substring(0, other.length() - 2))).startsWith("550 5.7.1");
    }

    private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

    /// Letters of the forger's that want to be the bank's.
    static Stream<Arguments> forgeries() {
        String ours = FIELD + " mail.example.org; dmarc=pass header.from=bank.example\n";
        return Stream.of(
                Arguments.of("z@forger.example", "From: a@bank.example\n"),
                Arguments.of("z@forger.example", "From: a@forger.example\nFrom: a@bank.example\n"),
                Arguments.of("z@forger.example", "From: a@bank.example\nFrom: a@forger.example\n"),
                Arguments.of("z@forger.example", "From: a@forger.example, a@bank.example\n"),
                Arguments.of("z@forger.example", "From: a@bank.example, a@forger.example\n"),
                Arguments.of("z@forger.example", "From:\n a@bank.example\n"),
                Arguments.of("z@forger.example", "From : a@bank.example\n"),
                Arguments.of("z@forger.example", "from: <a@BANK.Example>\n"),
                Arguments.of("z@forger.example", "From: \"a@forger.example\" <a@bank.example>\n"),
                Arguments.of("z@forger.example", "From: (<a@forger.example>) a@bank.example\n"),
                Arguments.of("z@forger.example", "From: <@forger.example:a@bank.example>\n"),
                Arguments.of("z@forger.example", "From: g: a@bank.example, a@forger.example;\n"),
                Arguments.of(
                        "z@forger.example",
                        "From: =?utf-8?q?a=40forger=2Eexample?= <a@bank.example>\n"),
                Arguments.of(
                        "z@forger.example",
                        "From: a@bank.example <a@forger.example>, b@bank.example\n"),
                Arguments.of("", "From: a@bank.example\n"),
                Arguments.of("z@forger.example", "From: a@nowhere.bank.example\n"),
                Arguments.of("z@forger.example", ours + "From: a@bank.example\n"),
                Arguments.of(
                        "\"x; dmarc=pass header.from=bank.example\"@forger.example",
                        "From: a@bank.example\n"),
                Arguments.of("any(a@forger.example", "From: a@bank.example\n"),
                Arguments.of(
                        "z@forger.example", "Sender: z@forger.example\nFrom: a@bank.example\n"),
                Arguments.of(
                        "z@forger.example",
                        "DKIM-Signature: v=1; a=rsa-sha256; d=bank.example'a.forger.example;"
                                + " s=x; h=from; bh=AAAA; b=AAAA\nFrom: a@bank.example\n"),
                Arguments.of("z@forger.example", "Subject: none\n"),
                Arguments.of("z@forger.example", "From: \n"),
                Arguments.of("z@forger.example", "From: a@bank.example@forger.example\n"));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void noForgedLetterIsShownAsConfirmed(String path, String header) throws Exception {
        rules = new Authenticator.Rules(true, false, true);
        try (Talk talk = Talk.greeted(door)) {
            talk.send("MAIL FROM:<" + path + ">\r\n");
            if (talk.reply().startsWith("5")) {
                return;
            }
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("DATA", "354");
            talk.send(header.replace("\n", "\r\n") + "Subject: x\r\n\r\nbody\r\n.\r\n")
                    .expect("250");
        }
        AuthenticationResults results = results(office.inbox(office.bob).getLast());
        Set<String> confirmed =
                results.findings().stream()
                        .filter(each -> each.method().equals("dmarc"))
                        .filter(each -> each.result().equals("pass"))
                        .map(each -> each.value("header.from"))
                        .collect(java.util.stream.Collectors.toSet());
        assertThat(confirmed).doesNotContain("bank.example");
        assertThat(results.findings().stream().filter(each -> each.method().equals("dmarc")))
                .anyMatch(each -> !each.result().equals("pass"));
    }
}
