package org.facteur.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.facteur.net.listen.Admission;
import org.facteur.net.listen.Listener;
import org.facteur.net.listen.ListenerSettings;
import org.facteur.net.listen.ListenerSettings.Security;
import org.facteur.net.listen.Network;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir Path directory;

    private final Network network = new Network(new Admission(Admission.Limits.DEFAULT));

    @AfterEach
    void close() {
        network.close();
    }

    /// A pair of files of its own for a host.
    private Certificates.PemPair pair(String host) throws IOException {
        Path place = Files.createDirectories(directory.resolve(host));
        assertThat(Certificates.selfSigned(place, host, CLOCK)).isNotNull();
        return new Certificates.PemPair(
                place.resolve("self-signed.pem"), place.resolve("self-signed.key"));
    }

    private Listener listen(Certificates certificates) throws IOException {
        return network.listen(
                new ListenerSettings(
                        "trial",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Security.IMPLICIT,
                        "too many\r\n"),
                certificates,
                connection ->
                        connection.output().write("hello\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    /// The host the shown certificate is for.
    private static String shownTo(@Nullable String name, Listener listener)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new X509TrustManager[] {new Trusting()}, null);
        try (SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(
                                        InetAddress.getLoopbackAddress(),
                                        listener.address().getPort())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(name == null ? List.of() : List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

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
    void eachNameIsShownItsCertificate() throws IOException, GeneralSecurityException {
        Listener listener =
                listen(
                        Certificates.of(
                                List.of(pair("mail.one.example"), pair("mail.two.example"))));
        assertThat(shownTo("mail.one.example", listener)).isEqualTo("CN=mail.one.example");
        assertThat(shownTo("mail.two.example", listener)).isEqualTo("CN=mail.two.example");
        assertThat(shownTo("MAIL.Two.Example", listener)).isEqualTo("CN=mail.two.example");
        assertThat(shownTo("elsewhere.example", listener)).isEqualTo("CN=mail.one.example");
        assertThat(shownTo(null, listener)).isEqualTo("CN=mail.one.example");
    }

    @Test
    void changedFilesAreTakenInAndBrokenOnesLeaveTheOld()
            throws IOException, GeneralSecurityException {
        Certificates.PemPair pair = pair("mail.one.example");
        Certificates certificates = Certificates.of(List.of(pair));
        Listener listener = listen(certificates);
        assertThat(certificates.reload()).isFalse();

        Certificates.PemPair next = pair("mail.next.example");
        replace(next.certificate(), pair.certificate(), 1);
        assertThat(certificates.reload()).as("a certificate without its key").isFalse();
        assertThat(shownTo(null, listener)).isEqualTo("CN=mail.one.example");

        replace(next.key(), pair.key(), 2);
        assertThat(certificates.reload()).isTrue();
        assertThat(shownTo(null, listener)).isEqualTo("CN=mail.next.example");
    }

    private static void replace(Path from, Path to, long hours) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(to, FileTime.from(Instant.now().plusSeconds(hours * 3600)));
    }

    @Test
    void aKeyOfAnotherCertificateIsRefusedByName() throws IOException {
        Certificates.PemPair one = pair("mail.one.example");
        Certificates.PemPair two = pair("mail.two.example");
        assertThatThrownBy(
                        () ->
                                Certificates.of(
                                        List.of(
                                                new Certificates.PemPair(
                                                        one.certificate(), two.key()))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(two.key() + " is not the key of " + one.certificate());
    }

    @Test
    void keysInOlderFormsServeAsWell() throws IOException, GeneralSecurityException {
        Certificates.PemPair pair = pair("mail.one.example");
        java.security.interfaces.ECPrivateKey key =
                (java.security.interfaces.ECPrivateKey) PemKey.find(pair.key()).orElseThrow();
        byte[] older =
                new ECPrivateKey(256, key.getS(), SECObjectIdentifiers.secp256r1).getEncoded();
        Files.writeString(
                pair.key(),
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                        + "-----BEGIN EC PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(older)
                        + "\n-----END EC PRIVATE KEY-----\n");
        Listener listener = listen(Certificates.of(List.of(pair)));
        assertThat(shownTo("mail.one.example", listener)).isEqualTo("CN=mail.one.example");
    }
}
