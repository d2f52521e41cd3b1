package org.facteur.edge.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import org.facteur.core.account.Door;
import org.facteur.core.login.CredentialEditor;
import org.facteur.core.login.Login;
import org.facteur.core.mailbox.House;
import org.facteur.net.listen.Admission;
import org.facteur.net.listen.Listener;
import org.facteur.net.listen.ListenerSettings;
import org.facteur.net.listen.ListenerSettings.Security;
import org.facteur.net.listen.Network;
import org.facteur.net.tls.Certificates;
import org.facteur.wire.pop3.Pop3Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// STLS and TLS from the first octet, and how long a silent client is waited for.
class Pop3TlsTest {
    private static final String ALICE = "alice@example.org";

    @TempDir static Path keys;

    private final House house = House.inMemory();
    private final Login login = new Login(house.directory(), house::now, event -> {});
    private final Network network = new Network(new Admission(Admission.Limits.DEFAULT));
    private String password;

    @BeforeEach
    void begin() {
        password =
                new CredentialEditor(house.directory(), login, house::now)
                        .addDevice(house.alice(), "PC", Set.of(Door.POP3));
    }

    @AfterEach
    void close() {
        network.close();
        login.close();
        house.close();
    }

    private Listener listen(Security security, Pop3Settings settings) throws IOException {
        return network.listen(
                new ListenerSettings(
                        "pop3",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        security,
                        Pop3Server.REFUSAL),
                Certificates.selfSigned(keys, "mail.example.org", house::now),
                new Pop3Server(
                        new Pop3Services(login, house.boxes(), house::now, event -> {}), settings));
    }

    private static SSLSocket encrypted(Socket plain) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new X509TrustManager[] {new Trusting()}, null);
            SSLSocket socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(
                                            plain,
                                            plain.getInetAddress().getHostAddress(),
                                            plain.getPort(),
                                            true);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException missing) {
            throw new IOException(missing);
        }
    }

    /// The certificate is not what is tried here.
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void signingInWorksAfterStlsOnly() throws IOException {
        house.append(House.letter(1));
        Listener listener = listen(Security.OFFERED, Pop3Settings.DEFAULT);
        try (Pop3Client clear = new Pop3Client(listener)) {
            assertThat(clear.lines("CAPA")).contains("STLS").doesNotContain("USER");
            clear.err("USER " + ALICE);
            clear.ok("STLS");
            Pop3Client client = Pop3Client.resumed(encrypted(clear.socket()));
            assertThat(client.lines("CAPA")).contains("USER").doesNotContain("STLS");
            client.err("STLS");
            client.signIn(ALICE, password);
            client.err("STLS");
            assertThat(client.letter("RETR 1")).isEqualTo(House.letter(1));
            client.ok("QUIT");
        }
    }

    @Test
    void aNameGivenBeforeTlsIsForgotten() throws IOException {
        Listener listener =
                listen(Security.OFFERED, Pop3Settings.DEFAULT.withInsecurePlaintextLogin());
        try (Pop3Client clear = new Pop3Client(listener)) {
            clear.ok("USER " + ALICE);
            clear.ok("STLS");
            Pop3Client client = Pop3Client.resumed(encrypted(clear.socket()));
            client.err("PASS " + password);
        }
    }

    @Test
    void whatWasSaidTogetherWithStlsEndsTheLine() throws IOException {
        Listener listener = listen(Security.OFFERED, Pop3Settings.DEFAULT);
        try (Pop3Client clear = new Pop3Client(listener)) {
            clear.send("STLS\r\nUSER " + ALICE + "\r\n");
            assertThat(clear.ended()).isTrue();
        }
    }

    @Test
    void theEncryptedPortSpeaksAtOnce() throws IOException {
        Listener listener = listen(Security.IMPLICIT, Pop3Settings.DEFAULT);
        try (Pop3Client client =
                new Pop3Client(
                        encrypted(
                                new Socket(
                                        listener.address().getAddress(),
                                        listener.address().getPort())))) {
            client.signIn(ALICE, password);
            assertThat(client.ok("STAT")).isEqualTo("0 0");
        }
    }

    @Test
    void whoIsSilentIsLeft() throws IOException {
        Pop3Settings hasty =
                new Pop3Settings(
                        Duration.ofMillis(50),
                        Duration.ofMillis(50),
                        Duration.ofMinutes(1),
                        20,
                        Duration.ZERO,
                        true,
                        Pop3Limits.DEFAULT);
        house.append(House.letter(1));
        try (Pop3Client stranger = new Pop3Client(listen(Security.NONE, hasty))) {
            assertThat(stranger.ended()).isTrue();
        }
        Pop3Settings patient =
                new Pop3Settings(
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        20,
                        Duration.ZERO,
                        true,
                        Pop3Limits.DEFAULT);
        try (Pop3Client client = new Pop3Client(listen(Security.NONE, patient))) {
            client.signIn(ALICE, password);
            client.ok("DELE 1");
            assertThat(client.ended()).isTrue();
        }
        assertThat(house.box().view(house.inbox()).size()).isEqualTo(1);
    }
}
