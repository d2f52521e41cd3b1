package org.facteur.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeyTest {
    @TempDir Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("key.pem"), text);
    }

    private static String pem(byte[] encoded) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                + "\n-----END PRIVATE KEY-----\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void readsWhatIsCommon(String algorithm) throws IOException, GeneralSecurityException {
        PrivateKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
        assertThat(PemKey.find(file("a remark\n" + pem(key.getEncoded()))).orElseThrow())
                .isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "-----END PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN EC PRIVATE KEY-----\nQUJD\n-----END EC PRIVATE KEY-----\n"
            })
    void findsNothingInAnythingElse(String text) throws IOException {
        assertThat(PemKey.find(file(text))).isEmpty();
    }

    @Test
    void doesNotReadAFileFarTooLarge() throws IOException {
        assertThat(PemKey.find(file("-".repeat(100_000)))).isEmpty();
    }

    @Test
    void filesThatHoldNothingAreNoCertificates() throws IOException {
        Path certificate = Files.writeString(directory.resolve("cert.pem"), "nothing\n");
        Path key = file("nothing\n");
        assertThatThrownBy(
                        () -> Certificates.of(List.of(new Certificates.PemPair(certificate, key))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aKeyWithoutItsCertificateIsNoPair() throws IOException {
        Certificates.selfSigned(directory, "mail.example.org", InstantSource.fixed(Instant.EPOCH));
        Path empty = Files.writeString(directory.resolve("cert.pem"), "");
        assertThatThrownBy(
                        () ->
                                Certificates.of(
                                        List.of(
                                                new Certificates.PemPair(
                                                        empty,
                                                        directory.resolve("self-signed.key")))))
                .isInstanceOf(IOException.class);
    }
}
