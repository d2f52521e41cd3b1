package org.facteur.core.login;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// What a server keeps to check SCRAM-SHA-256 without knowing the password (RFC 5802 §3). Prints as
/// `***`.
@SuppressWarnings("ArrayRecordComponent")
public record ScramKeys(byte[] storedKey, byte[] serverKey) {
    /// Rounds of PBKDF2: more than RFC 7677 §4 asks, because the keys lie beside a stronger hash;
    /// below 65,536, past which common clients refuse to compute.
    public static final int ITERATIONS = 50_000;

    public ScramKeys {
        Objects.requireNonNull(storedKey);
        Objects.requireNonNull(serverKey);
    }

    static ScramKeys derive(Password password, byte[] salt, int iterations) {
        try {
            PBEKeySpec spec = new PBEKeySpec(password.text().toCharArray(), salt, iterations, 256);
            byte[] salted =
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(spec)
                            .getEncoded();
            byte[] clientKey = hmac(salted, "Client Key");
            byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            return new ScramKeys(storedKey, hmac(salted, "Server Key"));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has PBKDF2", missing);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "***";
    }
}
