package org.facteur.edge.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Base64;
import org.facteur.wire.sasl.SaslClient;
import org.junit.jupiter.api.Test;

class ImapSaslTest {
    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
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
