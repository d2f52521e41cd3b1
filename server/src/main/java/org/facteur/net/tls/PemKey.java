package org.facteur.net.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Reads a private key in the usual form, PKCS #8 unencrypted (RFC 7468 §10), with the JDK alone.
///
/// Netty reads every form, but only after it has set a whole cryptographic provider up, which costs
/// as much processor time as the rest of a start.
final class PemKey {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
    private static final long LARGEST = 64 * 1024;

    private PemKey() {}

    /// The key in a file; empty when it is in another form, or none.
    ///
    /// @throws IOException when the file cannot be read
    static Optional<PrivateKey> find(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            return Optional.empty();
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            return Optional.empty();
        }
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        return decoded(encoded);
    }

    /// The key in its PKCS #8 octets; empty when it is of no algorithm a server shows.
    static Optional<PrivateKey> decoded(byte[] encoded) {
        for (String algorithm : ALGORITHMS) {
            try {
                return Optional.of(
                        KeyFactory.getInstance(algorithm)
                                .generatePrivate(new PKCS8EncodedKeySpec(encoded)));
            } catch (GeneralSecurityException _) {
                // A key of another algorithm.
            }
        }
        return Optional.empty();
    }
}
