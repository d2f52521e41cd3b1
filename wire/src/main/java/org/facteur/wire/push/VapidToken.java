package org.facteur.wire.push;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/// Says to a push service who sends (RFC 8292 §2). Pure but for the signature's own randomness.
public final class VapidToken {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private VapidToken() {}

    // Authorization: vapid t=token, k=key
    /// The value of the Authorization field (RFC 8292 §3).
    ///
    /// @param origin of the push service, `https://` and what follows
    /// @param subject how to reach who sends, a `mailto:` or `https:` address
    /// @param expires within a day
    /// @param publicKey 65 octets
    public static String authorization(
            String origin, String subject, Instant expires, PrivateKey key, byte[] publicKey) {
        String head = text("{\"typ\":\"JWT\",\"alg\":\"ES256\"}");
        String claims =
                text(
                        "{\"aud\":\""
                                + plain(origin)
                                + "\",\"exp\":"
                                + expires.getEpochSecond()
                                + ",\"sub\":\""
                                + plain(subject)
                                + "\"}");
        String signed = head + "." + claims;
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return "vapid t="
                    + signed
                    + "."
                    + BASE64.encodeToString(signature.sign())
                    + ", k="
                    + BASE64.encodeToString(publicKey);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String text(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
                throw new IllegalArgumentException("an address without quotes and blanks");
            }
        }
        return text;
    }
}
