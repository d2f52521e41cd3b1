package org.facteur.edge.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.login.LoginResult;
import org.facteur.wire.sasl.SaslClient;
import org.junit.jupiter.api.Test;

class ImapSaslTest {
    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    /// RFC 7628 §4.
    @Test
    void tokensOpenWhereSomebodyChecksThem() throws IOException {
        AtomicReference<LoginResult> granted =
                new AtomicReference<>(new LoginResult.Denied(Duration.ZERO));
        try (TestPost post =
                TestPost.open(
                        (name, token, door, source) ->
                                token.equals("good") && door == Door.IMAP
                                        ? granted.get()
                                        : new LoginResult.Denied(Duration.ZERO))) {
            granted.set(
                    new LoginResult.Granted(new Actor(post.alice.id(), 1, Door.IMAP), post.alice));
            String bearer = "n,a=alice@example.org,\1auth=Bearer good\1\1";
            String old = "user=alice@example.org\1auth=Bearer good\1\1";
            for (String[] way : new String[][] {{"OAUTHBEARER", bearer}, {"XOAUTH2", old}}) {
                try (Dialogue dialogue = post.dial()) {
                    assertThat(dialogue.ok("CAPABILITY").getFirst()).contains("AUTH=" + way[0]);
                    String wrong = way[1].replace("good", "bad");
                    dialogue.send(
                            "a AUTHENTICATE "
                                    + way[0]
                                    + " "
                                    + base64(
                                            wrong.getBytes(
                                                    java.nio.charset.StandardCharsets.US_ASCII))
                                    + "\r\n");
                    assertThat(dialogue.read()).startsWith("+ ");
                    dialogue.send("\r\n");
                    assertThat(dialogue.answers("a").getLast())
                            .startsWith("NO [AUTHENTICATIONFAILED]");
                    dialogue.send(
                            "b AUTHENTICATE "
                                    + way[0]
                                    + " "
                                    + base64(
                                            way[1].getBytes(
                                                    java.nio.charset.StandardCharsets.US_ASCII))
                                    + "\r\n");
                    assertThat(dialogue.answers("b").getLast()).startsWith("OK [CAPABILITY");
                    assertThat(dialogue.result("SELECT INBOX")).startsWith("OK");
                }
            }
        }
        try (TestPost post = TestPost.open();
                Dialogue dialogue = post.dial()) {
            assertThat(dialogue.ok("CAPABILITY").getFirst()).doesNotContain("OAUTH");
            assertThat(dialogue.result("AUTHENTICATE XOAUTH2 =")).startsWith("NO [CANNOT]");
        }
    }

    @Test
    void scramProvesBothSidesToEachOther() throws IOException {
        try (TestPost post = TestPost.open();
                Dialogue dialogue = post.dial()) {
            SaslClient client =
                    SaslClient.scram(TestPost.ALICE, post.password, "abcdefghijklmnopqrstuvwx");
            dialogue.send(
                    "a AUTHENTICATE SCRAM-SHA-256 " + base64(client.first().toArray()) + "\r\n");
            while (!client.satisfied()) {
                String challenge = dialogue.read();
                assertThat(challenge).startsWith("+ ");
                byte[] answer =
                        client.answer(Base64.getDecoder().decode(challenge.substring(2))).toArray();
                dialogue.send(base64(answer) + "\r\n");
            }
            assertThat(dialogue.answers("a").getLast()).startsWith("OK [CAPABILITY IMAP4rev2");
            assertThat(dialogue.result("SELECT INBOX")).startsWith("OK");
        }
    }
}
