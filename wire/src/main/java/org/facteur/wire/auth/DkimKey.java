package org.facteur.wire.auth;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Locale;
import java.util.Objects;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;

/// A key as a domain publishes it (RFC 6376 §3.6.1).
///
/// @param bits of the modulus of an RSA key, else 256
/// @param testing the domain is only trying
/// @param strict signatures are for the domain itself, not for those below it
record DkimKey(DkimAlgorithm algorithm, PublicKey key, int bits, boolean testing, boolean strict) {
    private static final String RULE = "RFC 6376 §3.6.1";
    private static final int LONGEST = 4096;
    private static final int MOST_BITS = 8192;

    /// SubjectPublicKeyInfo of Ed25519 before the key's 32 octets (RFC 8410 §4).
    private static final byte[] EDWARDS = {
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00
    };

    /// AlgorithmIdentifier of RSA (RFC 8017 §A.1).
    private static final byte[] RSA = {
        0x30,
        0x0D,
        0x06,
        0x09,
        0x2A,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xF7,
        0x0D,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    DkimKey {
        Objects.requireNonNull(algorithm);
        Objects.requireNonNull(key);
    }

    // key-v-tag = %x76 [FWS] "=" [FWS] %x44.4B.49.4D.31    key-k-tag-type = "rsa" / "ed25519"
    /// @throws SyntaxFault for a record that is none, a key that was taken back, and one that signs
    ///   other things than letters
    static DkimKey parse(String text) {
        if (text.length() > LONGEST) {
            throw new SyntaxFault(0, "at most 4,096 octets", null);
        }
        TagList tags = TagList.parse(text);
        boolean first = !tags.has("v") || tags.tags().keySet().iterator().next().equals("v");
        if (!first || !tags.find("v").orElse("DKIM1").equals("DKIM1")) {
            throw SyntaxFault.at(0, "v=DKIM1", RULE);
        }
        if (!lists(tags.find("h").orElse("sha256"), "sha256")) {
            throw SyntaxFault.at(0, "h=sha256", RULE);
        }
        String services = tags.find("s").orElse("*");
        if (!lists(services, "*") && !lists(services, "email")) {
            throw SyntaxFault.at(0, "s=email", RULE);
        }
        String flags = tags.find("t").orElse("");
        String p = tags.find("p").orElseThrow(() -> SyntaxFault.at(0, "p=", RULE));
        if (p.isEmpty()) {
            throw SyntaxFault.at(0, "a key that holds", RULE);
        }
        Octets octets = DkimSignature.base64(p);
        boolean testing = lists(flags, "y");
        boolean strict = lists(flags, "s");
        try {
            return switch (tags.find("k").orElse("rsa").toLowerCase(Locale.ROOT)) {
                case "rsa" -> {
                    PublicKey key = rsa(octets);
                    int bits = ((RSAPublicKey) key).getModulus().bitLength();
                    if (bits > MOST_BITS) {
                        throw new SyntaxFault(0, "a key of at most 8,192 bits", null);
                    }
                    yield new DkimKey(DkimAlgorithm.RSA_SHA256, key, bits, testing, strict);
                }
                case "ed25519" ->
                        new DkimKey(
                                DkimAlgorithm.ED25519_SHA256,
                                edwards(octets),
                                256,
                                testing,
                                strict);
                default -> throw SyntaxFault.at(0, "k=rsa", RULE);
            };
        } catch (GeneralSecurityException _) {
            throw SyntaxFault.at(0, "a public key", RULE);
        }
    }

    private static boolean lists(String text, String word) {
        return TagList.items(text, ':').stream().anyMatch(each -> each.equalsIgnoreCase(word));
    }

    private static PublicKey edwards(Octets octets) throws GeneralSecurityException {
        if (octets.length() != 32) {
            throw SyntaxFault.at(0, "a key of 32 octets", "RFC 8463 §4");
        }
        OctetBuffer whole = new OctetBuffer(64);
        whole.accept(EDWARDS, 0, EDWARDS.length);
        whole.append(octets);
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(whole.toArray()));
    }

    /// A SubjectPublicKeyInfo, or the RSAPublicKey inside it as some publish it.
    private static PublicKey rsa(Octets octets) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        try {
            return factory.generatePublic(new X509EncodedKeySpec(octets.toArray()));
        } catch (GeneralSecurityException _) {
            OctetBuffer bits = new OctetBuffer(LONGEST);
            der(bits, 0x03, octets.length() + 1);
            bits.append(0);
            bits.append(octets);
            OctetBuffer whole = new OctetBuffer(2 * LONGEST);
            der(whole, 0x30, RSA.length + bits.size());
            whole.accept(RSA, 0, RSA.length);
            whole.accept(bits.toArray(), 0, bits.size());
            return factory.generatePublic(new X509EncodedKeySpec(whole.toArray()));
        }
    }

    private static void der(OctetBuffer out, int tag, int length) {
        out.append(tag);
        if (length < 128) {
            out.append(length);
        } else {
            out.append(0x82);
            out.append(length >> 8);
            out.append(length);
        }
    }

    /// Whether a signature is this key's over these octets.
    boolean verifies(byte[] signed, Octets signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm.javaName());
            verifier.initVerify(key);
            verifier.update(
                    algorithm == DkimAlgorithm.ED25519_SHA256
                            ? BodyHash.sha256().digest(signed)
                            : signed);
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
