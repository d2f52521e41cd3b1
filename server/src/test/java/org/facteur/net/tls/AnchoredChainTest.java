package org.facteur.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.facteur.wire.text.Octets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLSA records against a certificate: which fit, and which cannot be used at all.
class AnchoredChainTest {
    private X509Certificate own;

    @BeforeEach
    void make(@TempDir Path keys) throws Exception {
        assertThat(Certificates.selfSigned(keys, "mx.far.example", InstantSource.system()))
                .isNotNull();
        try (var files = Files.list(keys)) {
            Path pem =
                    files.filter(
                                    file -> {
                                        try {
                                            return Files.readString(file)
                                                    .contains("BEGIN CERTIFICATE");
                                        } catch (java.io.IOException unreadable) {
                                            return false;
                                        }
                                    })
                            .findFirst()
                            .orElseThrow();
            own =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new ByteArrayInputStream(Files.readAllBytes(pem)));
        }
    }

    private static Protection.Anchor anchor(int usage, int selector, byte[] data) throws Exception {
        return new Protection.Anchor(
                usage,
                selector,
                1,
                Octets.copyOf(MessageDigest.getInstance("SHA-256").digest(data)));
    }

    private Protection anchored(Protection.Anchor... anchors) {
        return new Protection.Anchored(List.of(anchors), List.of("mx.far.example"));
    }

    @Test
    void theServersOwnKeyOrCertificateFits() throws Exception {
        assertThat(
                        anchored(anchor(3, 1, own.getPublicKey().getEncoded()))
                                .fault(List.of(own), "elsewhere.example"))
                .isEmpty();
        assertThat(anchored(anchor(3, 0, own.getEncoded())).fault(List.of(own), "x.example"))
                .isEmpty();
    }

    @Test
    void anotherKeyDoesNot() throws Exception {
        assertThat(anchored(anchor(3, 1, new byte[] {1})).fault(List.of(own), "mx.far.example"))
                .contains(TlsFault.VALIDATION_FAILURE);
        assertThat(anchored(anchor(3, 1, new byte[] {1})).fault(List.of(), "mx.far.example"))
                .contains(TlsFault.VALIDATION_FAILURE);
    }

    @Test
    void anAnchorAboveNeedsTheName() throws Exception {
        assertThat(anchored(anchor(2, 0, own.getEncoded())).fault(List.of(own), "mx.far.example"))
                .isEmpty();
        Protection other =
                new Protection.Anchored(
                        List.of(anchor(2, 0, own.getEncoded())), List.of("mx.other.example"));
        assertThat(other.fault(List.of(own), "mx.far.example"))
                .contains(TlsFault.CERTIFICATE_HOST_MISMATCH);
    }

    @Test
    void malformedRecordsCannotBeUsed() {
        assertThat(Protection.Anchor.usable(3, 1, 1, 32)).isTrue();
        assertThat(Protection.Anchor.usable(3, 1, 1, 31)).isFalse();
        assertThat(Protection.Anchor.usable(3, 1, 2, 32)).isFalse();
        assertThat(Protection.Anchor.usable(3, 2, 1, 32)).isFalse();
        assertThat(Protection.Anchor.usable(1, 1, 1, 32)).isFalse();
        assertThat(Protection.Anchor.usable(3, 1, 0, 0)).isFalse();
    }

    @Test
    void wildcardsStandForOneLabel() {
        assertThat(CertificateNames.matches("*.far.example", "mx.far.example")).isTrue();
        assertThat(CertificateNames.matches("*.far.example", "a.mx.far.example")).isFalse();
        assertThat(CertificateNames.matches("*.example", "far.example")).isFalse();
        assertThat(CertificateNames.matches("m*.far.example", "mx.far.example")).isFalse();
    }
}
