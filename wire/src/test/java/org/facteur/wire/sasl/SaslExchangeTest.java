package org.facteur.wire.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

class SaslExchangeTest {
    private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
    private static final String CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String SERVER_FIRST =
            "r=" + CLIENT_NONCE + SERVER_NONCE + ",s=" + SALT + ",i=4096";
    private static final String CLIENT_FINAL =
            "c=biws,r="
                    + CLIENT_NONCE
                    + SERVER_NONCE
                    + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private static final String SERVER_FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    @Test
    void theClientSpeaksTheExampleOfRfc7677() {
        SaslClient client = SaslClient.scram("user", "pencil", CLIENT_NONCE);
        assertThat(text(client.first())).isEqualTo("n,,n=user,r=" + CLIENT_NONCE);
        assertThat(text(client.answer(octets(SERVER_FIRST)))).isEqualTo(CLIENT_FINAL);
        assertThat(client.satisfied()).isFalse();
        assertThat(client.answer(octets(SERVER_FINAL)).isEmpty()).isTrue();
        assertThat(client.satisfied()).isTrue();
    }

    @Test
    void theServerSpeaksTheExampleOfRfc7677() {
        SaslServer server = scram(keys(9, "other"), keys(7, "pencil"));
        assertThat(step(server, "n,,n=user,r=" + CLIENT_NONCE))
                .isEqualTo(new SaslStep.Challenge(SaslText.octets(SERVER_FIRST)));
        assertThat(step(server, CLIENT_FINAL))
                .isEqualTo(new SaslStep.Proof("user", 7L, SaslText.octets(SERVER_FINAL)));
        assertThat(step(server, CLIENT_FINAL)).isInstanceOf(SaslStep.Failed.class);
    }

    @Test
    void aClientThatCouldBindIsHeardAndOneThatInsistsIsNot() {
        assertThat(step(scram(), "y,,n=user,r=abc")).isInstanceOf(SaslStep.Challenge.class);
        assertThat(step(scram(), "p=tls-exporter,,n=user,r=abc"))
                .isInstanceOf(SaslStep.Failed.class);
    }

    private static SaslServer bound(SaslMechanism mechanism, ChannelBinding binding) {
        ScramLookup lookup =
                name ->
                        new ScramLookup.Entry(
                                Octets.copyOf(Base64.getDecoder().decode(SALT)),
                                4096,
                                List.of(keys(7, "pencil")));
        return SaslServer.of(mechanism, lookup, SERVER_NONCE, binding);
    }

    @Test
    void anExchangeIsBoundToItsLine() {
        ChannelBinding line =
                new ChannelBinding(ChannelBinding.SERVER_END_POINT, Octets.ofLatin1("hash\u00ff"));
        ChannelBinding other =
                new ChannelBinding(ChannelBinding.SERVER_END_POINT, Octets.ofLatin1("other"));
        for (ChannelBinding heard : List.of(line, other)) {
            SaslServer server = bound(SaslMechanism.SCRAM_SHA_256_PLUS, line);
            SaslClient client = SaslClient.scram("user", "pencil", CLIENT_NONCE, heard);
            assertThat(client.mechanism()).isEqualTo(SaslMechanism.SCRAM_SHA_256_PLUS);
            SaslStep challenge = server.step(client.first().toArray());
            assertThat(challenge).isInstanceOf(SaslStep.Challenge.class);
            SaslStep end =
                    server.step(
                            client.answer(((SaslStep.Challenge) challenge).octets().toArray())
                                    .toArray());
            if (heard.equals(line)) {
                assertThat(end)
                        .isInstanceOfSatisfying(
                                SaslStep.Proof.class,
                                proof -> {
                                    assertThat(proof.credential()).isEqualTo(7L);
                                    client.answer(proof.outcome().toArray());
                                });
                assertThat(client.satisfied()).isTrue();
            } else {
                assertThat(end).isInstanceOf(SaslStep.Failed.class);
            }
        }
        for (String flag : List.of("n", "y", "p=tls-unique", "p=")) {
            assertThat(step(bound(SaslMechanism.SCRAM_SHA_256_PLUS, line), flag + ",,n=user,r=abc"))
                    .isInstanceOf(SaslStep.Failed.class);
        }
        assertThat(step(bound(SaslMechanism.SCRAM_SHA_256, line), "n,,n=user,r=abc"))
                .isInstanceOf(SaslStep.Challenge.class);
        assertThat(step(bound(SaslMechanism.SCRAM_SHA_256, line), "y,,n=user,r=abc"))
                .isInstanceOf(SaslStep.Failed.class);
    }

    private static SaslStep bearer(SaslMechanism mechanism, String message) {
        return SaslServer.of(mechanism, name -> scramEntry(), SERVER_NONCE, null)
                .step(octets(message.replace('^', '\u0001')));
    }

    private static ScramLookup.Entry scramEntry() {
        throw new IllegalStateException("no password is looked for");
    }

    @Test
    void tokensComeInOneMessage() {
        assertThat(
                        bearer(
                                SaslMechanism.OAUTHBEARER,
                                "n,a=user=2Cx@example.org,^host=a^port=143^auth=Bearer aB1-._~+/==^^"))
                .isEqualTo(new SaslStep.Token("user,x@example.org", "aB1-._~+/=="));
        assertThat(bearer(SaslMechanism.OAUTHBEARER, "n,,^auth=bearer x^^"))
                .isEqualTo(new SaslStep.Token(null, "x"));
        assertThat(bearer(SaslMechanism.XOAUTH2, "user=a@example.org^auth=Bearer x^^"))
                .isEqualTo(new SaslStep.Token("a@example.org", "x"));
        assertThat(new SaslStep.Token(null, "secret").toString()).doesNotContain("secret");
        for (String broken :
                List.of(
                        "",
                        "^",
                        "n,,^auth=Bearer x^",
                        "n,,^auth=Basic x^^",
                        "n,,^auth=Bearer ^^",
                        "n,,^auth=Bearer a=b^^",
                        "n,,^auth=Bearer x y^^",
                        "n,,^auth=Bearer x^auth=Bearer y^^",
                        "n,,^host=a^^",
                        "p=tls-exporter,,^auth=Bearer x^^",
                        "n,b=c,^auth=Bearer x^^",
                        "n,,^=^^")) {
            assertThat(bearer(SaslMechanism.OAUTHBEARER, broken))
                    .as(broken)
                    .isInstanceOf(SaslStep.Failed.class);
            assertThat(bearer(SaslMechanism.XOAUTH2, broken))
                    .as(broken)
                    .isInstanceOf(SaslStep.Failed.class);
        }
    }

    @Test
    void anUnknownNameGoesTheSameWayAndProvesNothing() {
        SaslServer server = scram();
        assertThat(step(server, "n,,n=user,r=" + CLIENT_NONCE))
                .isEqualTo(new SaslStep.Challenge(SaslText.octets(SERVER_FIRST)));
        assertThat(step(server, CLIENT_FINAL))
                .isInstanceOfSatisfying(
                        SaslStep.Proof.class, proof -> assertThat(proof.credential()).isNull());
    }

    @Test
    void aReplayedProofOfAnotherExchangeIsRefused() {
        SaslServer server =
                SaslServer.of(
                        SaslMechanism.SCRAM_SHA_256,
                        name -> entry(),
                        "another-nonce-of-ours",
                        null);
        step(server, "n,,n=user,r=" + CLIENT_NONCE);
        assertThat(step(server, CLIENT_FINAL)).isInstanceOf(SaslStep.Failed.class);
    }

    @Test
    void brokenFirstMessagesFail() {
        for (String message :
                List.of(
                        "",
                        "n",
                        "n,,",
                        "n,,n=user",
                        "n,,n=,r=abc",
                        "n,,n=us=er,r=abc",
                        "n,,n=user,r=",
                        "n,,n=user,r=a\u00e9",
                        "n,,m=x,n=user,r=abc",
                        "n,a=other,n=user,r=abc",
                        "n,,r=abc,n=user",
                        "n,,n=user,r=abc,m=x",
                        "n,,n=user,r=abc" + ",x=".repeat(20))) {
            assertThat(step(scram(), message)).as(message).isInstanceOf(SaslStep.Failed.class);
        }
    }

    @Test
    void brokenFinalMessagesFail() {
        for (String message :
                List.of(
                        "",
                        CLIENT_FINAL.replace("c=biws", "c=eSws"),
                        CLIENT_FINAL.replace("c=biws", "c=bi ws"),
                        CLIENT_FINAL.replace("$k0", "$k1"),
                        CLIENT_FINAL + "A",
                        CLIENT_FINAL + ",x=y",
                        "c=biws,r=" + CLIENT_NONCE + SERVER_NONCE + ",p=AAAA")) {
            SaslServer server = scram(keys(7, "pencil"));
            step(server, "n,,n=user,r=" + CLIENT_NONCE);
            assertThat(step(server, message)).as(message).isInstanceOf(SaslStep.Failed.class);
        }
    }

    @Test
    void aWrongPasswordIsNobodys() {
        SaslServer server = scram(keys(7, "pencil"));
        SaslClient client = SaslClient.scram("user", "pencils", CLIENT_NONCE);
        step(server, text(client.first()));
        SaslStep last = server.step(client.answer(octets(SERVER_FIRST)).toArray());
        assertThat(last)
                .isInstanceOfSatisfying(
                        SaslStep.Proof.class, proof -> assertThat(proof.credential()).isNull());
    }

    @Test
    void namesWithCommasAndEqualSignsTravel() {
        List<String> asked = new ArrayList<>();
        SaslServer server =
                SaslServer.of(
                        SaslMechanism.SCRAM_SHA_256,
                        name -> {
                            asked.add(name);
                            return entry();
                        },
                        SERVER_NONCE,
                        null);
        server.step(SaslClient.scram("a,b=c", "x", CLIENT_NONCE).first().toArray());
        assertThat(asked).containsExactly("a,b=c");
    }

    @Test
    void aClientRefusesServersThatAskForTooLittleOrTooMuch() {
        for (String challenge :
                List.of(
                        SERVER_FIRST.replace("i=4096", "i=4095"),
                        SERVER_FIRST.replace("i=4096", "i=1000001"),
                        SERVER_FIRST.replace("i=4096", "i=99999999999"),
                        SERVER_FIRST.replace("i=4096", "i=04096"),
                        SERVER_FIRST.replace("i=4096", "i="),
                        SERVER_FIRST.replace(SERVER_NONCE, ""),
                        SERVER_FIRST.replace(CLIENT_NONCE, "x"),
                        SERVER_FIRST.replace(SALT, ""),
                        "e=other-error")) {
            SaslClient client = SaslClient.scram("user", "pencil", CLIENT_NONCE);
            assertThatThrownBy(() -> client.answer(octets(challenge)))
                    .as(challenge)
                    .isInstanceOf(SyntaxFault.class);
        }
    }

    @Test
    void aClientIsNotSatisfiedByAServerThatDoesNotKnowIt() {
        SaslClient client = SaslClient.scram("user", "pencil", CLIENT_NONCE);
        client.answer(octets(SERVER_FIRST));
        assertThatThrownBy(() -> client.answer(octets("v=" + "A".repeat(43) + "=")))
                .isInstanceOf(SyntaxFault.class);
        assertThat(client.satisfied()).isFalse();
    }

    @Test
    void plainGivesNameAndPassword() {
        assertThat(plain("\0tim\0tanstaaf tanstaaf"))
                .isEqualTo(new SaslStep.Credentials("tim", "tanstaaf tanstaaf"));
        assertThat(plain("Tim\0tim\0x")).isEqualTo(new SaslStep.Credentials("tim", "x"));
        assertThat(plain("\0tim\0").toString()).doesNotContain("tim");
    }

    @Test
    void plainRefusesAnythingElse() {
        for (String message :
                List.of(
                        "",
                        "tim",
                        "\0tim",
                        "\0\0x",
                        "a\0b\0c\0d",
                        "Ursel\0Kurt\0xipj3plmq",
                        "\0a\u0007\0x",
                        "\0" + "n".repeat(321) + "\0x",
                        "\0n\0" + "x".repeat(SaslServer.LONGEST_RESPONSE))) {
            assertThat(plain(message)).as(message).isInstanceOf(SaslStep.Failed.class);
        }
        SaslServer server = SaslServer.of(SaslMechanism.PLAIN, name -> entry(), SERVER_NONCE, null);
        assertThat(server.step(new byte[] {0, (byte) 0xFF, 0, 'x'}))
                .isInstanceOf(SaslStep.Failed.class);
    }

    @Test
    void loginAsksForNameAndPassword() {
        SaslServer server = SaslServer.of(SaslMechanism.LOGIN, name -> entry(), SERVER_NONCE, null);
        assertThat(server.begin()).isEqualTo(new SaslStep.Challenge(SaslText.octets("Username:")));
        SaslClient client = SaslClient.login("tim", "secret");
        assertThat(server.step(client.first().toArray()))
                .isEqualTo(new SaslStep.Challenge(SaslText.octets("Password:")));
        assertThat(server.step(client.answer(octets("Password:")).toArray()))
                .isEqualTo(new SaslStep.Credentials("tim", "secret"));
        assertThat(client.satisfied()).isTrue();
        assertThat(step(server, "x")).isInstanceOf(SaslStep.Failed.class);
    }

    @Test
    void mechanismsAreFoundInAnyCase() {
        assertThat(SaslMechanism.find("scram-sha-256")).contains(SaslMechanism.SCRAM_SHA_256);
        assertThat(SaslMechanism.find("CRAM-MD5")).isEmpty();
    }

    private static SaslStep plain(String message) {
        return step(
                SaslServer.of(SaslMechanism.PLAIN, name -> entry(), SERVER_NONCE, null), message);
    }

    private static SaslServer scram(ScramLookup.Keys... keys) {
        return SaslServer.of(SaslMechanism.SCRAM_SHA_256, name -> entry(keys), SERVER_NONCE, null);
    }

    private static ScramLookup.Entry entry(ScramLookup.Keys... keys) {
        return new ScramLookup.Entry(
                Octets.copyOf(Base64.getDecoder().decode(SALT)), 4096, List.of(keys));
    }

    private static ScramLookup.Keys keys(long credential, String password) {
        byte[] salted = ScramSums.salted(password, Base64.getDecoder().decode(SALT), 4096);
        return new ScramLookup.Keys(
                credential,
                Octets.copyOf(ScramSums.hash(ScramSums.hmac(salted, "Client Key"))),
                Octets.copyOf(ScramSums.hmac(salted, "Server Key")));
    }

    private static SaslStep step(SaslServer server, String message) {
        return server.step(octets(message));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Octets octets) {
        return new String(octets.toArray(), StandardCharsets.UTF_8);
    }
}
