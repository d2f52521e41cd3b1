package org.facteur.edge.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What clients must not be able to do, and what clumsy ones may.
class ImapHostileClientTest {
    private static final int LIMIT = 100_000;
    private TestPost post;

    @BeforeEach
    void open() throws IOException {
        post = TestPost.open(new ImapSettings(ImapSettings.Times.STANDARD, 3, 20, LIMIT, 0, true));
    }

    @AfterEach
    void close() {
        post.close();
    }

    @Test
    void commandsInOneGoAreAnsweredInOrder() throws IOException {
        try (Dialogue alice = post.alice()) {
            String letter = Letters.plain("one", "two");
            alice.send(
                    "a NOOP\r\nb APPEND INBOX {"
                            + letter.length()
                            + "+}\r\n"
                            + letter
                            + "\r\nc SELECT INBOX\r\nd FETCH 1 UID\r\ne LOGOUT\r\n");
            assertThat(alice.answers("a")).containsExactly("OK Nothing done.");
            assertThat(alice.answers("b").getLast()).startsWith("OK [APPENDUID");
            assertThat(alice.answers("c").getLast()).startsWith("OK [READ-WRITE]");
            assertThat(alice.answers("d")).containsExactly("* 1 FETCH (UID 1)", "OK Fetched.");
            assertThat(alice.answers("e").getLast()).startsWith("OK");
        }
    }

    @Test
    void aLetterIsInvitedOrRefusedBeforeItComes() throws IOException {
        try (Dialogue alice = post.alice()) {
            String letter = Letters.plain("one", "two");
            alice.send("a APPEND INBOX (\\Seen) {" + letter.length() + "}\r\n");
            assertThat(alice.read()).startsWith("+ ");
            alice.send(letter + "\r\n");
            assertThat(alice.answers("a").getLast()).startsWith("OK [APPENDUID ");
            assertThat(alice.result("APPEND Missing {10}")).startsWith("NO [TRYCREATE]");
            assertThat(alice.result("APPEND INBOX {" + (LIMIT + 1) + "}"))
                    .startsWith("NO [TOOBIG]");
        }
    }

    @Test
    void aLetterThatCannotBeStoppedIsPassedOver() throws IOException {
        try (Dialogue alice = post.alice()) {
            assertThat(alice.append("Missing", "x".repeat(50_000))).startsWith("NO [TRYCREATE]");
            assertThat(alice.append("INBOX", "x".repeat(LIMIT + 1))).startsWith("NO [TOOBIG]");
            assertThat(alice.result("NOOP")).startsWith("OK");
        }
    }

    @Test
    void aFullAccountTakesNoLetter() throws IOException {
        post.editor.setQuota(post.alice.id(), new org.facteur.core.account.Quota(500, 10));
        try (Dialogue alice = post.alice()) {
            assertThat(alice.append("INBOX", Letters.plain("a", "x".repeat(600))))
                    .startsWith("NO [OVERQUOTA]");
            assertThat(alice.append("INBOX", Letters.plain("a", "b"))).startsWith("OK");
            assertThat(alice.ok("GETQUOTAROOT INBOX").get(1))
                    .isEqualTo("* QUOTA \"\" (STORAGE 1 0 MESSAGE 1 10)");
        }
    }

    @Test
    void aStrangerHasThreeTries() throws IOException {
        try (Dialogue stranger = post.dial()) {
            assertThat(stranger.result("SELECT INBOX")).startsWith("BAD");
            assertThat(stranger.result("FETCH 1 FLAGS")).startsWith("BAD");
            assertThat(stranger.result("WHAT IS THIS")).startsWith("BAD");
            assertThat(stranger.read()).startsWith("* BYE");
            assertThat(stranger.read()).isEmpty();
        }
    }

    @Test
    void aBareLineFeedEndsTheSession() throws IOException {
        try (Dialogue alice = post.alice()) {
            alice.send("a NOOP\nb NOOP\r\n");
            assertThat(alice.read()).startsWith("* BYE");
            assertThat(alice.read()).isEmpty();
        }
    }

    @Test
    void aLineTooLongIsRefusedAndTheSessionGoesOn() throws IOException {
        try (Dialogue alice = post.alice()) {
            alice.send("a SEARCH SUBJECT " + "x".repeat(70_000) + "\r\n");
            assertThat(alice.read()).startsWith("* BAD").contains("expected a shorter line");
            assertThat(alice.result("NOOP")).startsWith("OK");
        }
    }

    @Test
    void passwordsStayOutOfTheClear() throws IOException {
        try (TestPost strict = TestPost.open(ImapSettings.STANDARD);
                Dialogue stranger = strict.dial()) {
            assertThat(stranger.ok("CAPABILITY").getFirst())
                    .contains("LOGINDISABLED")
                    .doesNotContain("AUTH=");
            assertThat(stranger.result("LOGIN " + TestPost.ALICE + " " + strict.password))
                    .startsWith("NO [PRIVACYREQUIRED]");
            assertThat(stranger.result("AUTHENTICATE PLAIN =")).startsWith("NO [PRIVACYREQUIRED]");
        }
    }

    @Test
    void tlsBeginsWithANewSession() throws IOException, GeneralSecurityException {
        try (TestPost strict = TestPost.open(ImapSettings.STANDARD);
                Dialogue alice = strict.dial()) {
            alice.ok("STARTTLS");
            SSLSocket tls =
                    (SSLSocket)
                            trustingAll()
                                    .getSocketFactory()
                                    .createSocket(alice.socket(), "localhost", 1, true);
            tls.startHandshake();
            alice.use(tls);
            assertThat(alice.ok("CAPABILITY").getFirst())
                    .contains("AUTH=PLAIN")
                    .doesNotContain("STARTTLS");
            alice.ok("LOGIN " + TestPost.ALICE + " " + strict.password);
            assertThat(alice.result("STARTTLS")).startsWith("BAD");
        }
    }

    @Test
    void whatIsSentBehindStartTlsInTheClearEndsTheConnection() throws IOException {
        try (Dialogue injector = post.dial()) {
            injector.send("a STARTTLS\r\nb NOOP\r\n");
            List<String> answers = injector.answers("b");
            assertThat(answers.getLast()).isEmpty();
        }
    }

    @Test
    void saslPlainTakesAnInitialResponseOrAChallenge() throws IOException {
        String message =
                java.util.Base64.getEncoder()
                        .encodeToString(
                                ("\0" + TestPost.ALICE + "\0" + post.password)
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (Dialogue one = post.dial();
                Dialogue two = post.dial()) {
            assertThat(one.result("AUTHENTICATE PLAIN " + message)).startsWith("OK [CAPABILITY");
            two.send("a AUTHENTICATE PLAIN\r\n");
            assertThat(two.read()).isEqualTo("+ ");
            two.send("*\r\n");
            assertThat(two.read()).startsWith("a BAD");
            two.send("b AUTHENTICATE PLAIN\r\n");
            assertThat(two.read()).isEqualTo("+ ");
            two.send(message + "\r\n");
            assertThat(two.read()).startsWith("b OK");
            assertThat(two.result("UNAUTHENTICATE")).startsWith("OK");
            assertThat(two.result("SELECT INBOX")).startsWith("BAD");
        }
    }

    private static SSLContext trustingAll() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
        return context;
    }

    /// The certificate is the one of a first start: signed by nobody.
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
