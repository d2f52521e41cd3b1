package org.facteur.wire.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.facteur.wire.text.SyntaxFault;

/// Messages that only who subscribed can read (RFC 8291 §3). Pure.
public final class PushMessage {
    /// The longest text, in octets.
    public static final int MOST_OCTETS = 3993;

    private static final int SALT = 16;
    private static final int SECRET = 16;
    private static final int RECORD = 4096;
    private static final int TAG_BITS = 128;

    private PushMessage() {}

    /// Who reads.
    ///
    /// @param key a P-256 point, 65 octets
    /// @param secret what the browser made for this subscription, 16 octets
    @SuppressWarnings("ArrayRecordComponent")
    public record Reader(byte[] key, byte[] secret) {
        /// @throws SyntaxFault for a key that is none, or a secret of another length
        public Reader {
            key = key.clone();
            secret = secret.clone();
            P256.publicKey(key);
            if (secret.length != SECRET) {
                throw new SyntaxFault(0, "a secret of 16 octets", "RFC 8291 §3.2");
            }
        }
    }

    /// What is used once.
    ///
    /// @param salt 16 octets
    @SuppressWarnings("ArrayRecordComponent")
    public record Once(KeyPair keys, byte[] salt) {
        public Once {
            Objects.requireNonNull(keys);
            salt = salt.clone();
            if (salt.length != SALT) {
                throw new IllegalArgumentException("a salt has 16 octets");
            }
        }

        public static Once fresh(SecureRandom random) {
            byte[] salt = new byte[SALT];
            random.nextBytes(salt);
            return new Once(P256.generate(random), salt);
        }
    }

    /// The body of a message in the coding `aes128gcm`.
    ///
    /// @throws IllegalArgumentException for a text that is too long
    public static byte[] encrypt(byte[] text, Reader reader, Once once) {
        if (text.length > MOST_OCTETS) {
            throw new IllegalArgumentException("a message has at most " + MOST_OCTETS + " octets");
        }
        try {
            ECPublicKey theirs = P256.publicKey(reader.key());
            byte[] own = P256.octets((ECPublicKey) once.keys().getPublic());
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(once.keys().getPrivate());
            agreement.doPhase(theirs, true);
            byte[] shared = agreement.generateSecret();
            byte[] info =
                    joined(
                            "WebPush: info\0".getBytes(StandardCharsets.US_ASCII),
                            reader.key(),
                            own);
            byte[] material = derive(reader.secret(), shared, info, 32);
            byte[] key = derive(once.salt(), material, info("aes128gcm"), 16);
            byte[] nonce = derive(once.salt(), material, info("nonce"), 12);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(TAG_BITS, nonce));
            byte[] padded = Arrays.copyOf(text, text.length + 1);
            padded[text.length] = 2;
            byte[] encrypted = cipher.doFinal(padded);
            return ByteBuffer.allocate(SALT + 4 + 1 + own.length + encrypted.length)
                    .put(once.salt())
                    .putInt(RECORD)
                    .put((byte) own.length)
                    .put(own)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static byte[] info(String coding) {
        return ("Content-Encoding: " + coding + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] derive(byte[] salt, byte[] material, byte[] info, int length)
            throws GeneralSecurityException {
        KDF kdf = KDF.getInstance("HKDF-SHA256");
        SecretKey key =
                kdf.deriveKey(
                        "Generic",
                        HKDFParameterSpec.ofExtract()
                                .addIKM(material)
                                .addSalt(salt)
                                .thenExpand(info, length));
        return key.getEncoded();
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] each : parts) {
            length += each.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        for (byte[] each : parts) {
            out.put(each);
        }
        return out.array();
    }
}
