package org.facteur.wire.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

class PushMessageTest {
    private static byte[] octets(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    /// The example of RFC 8291 §5, with the keys of its appendix A.
    @Test
    void thePublishedExampleComesOut() {
        PushMessage.Reader reader =
                new PushMessage.Reader(
                        octets(
                                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
                        octets("BTBZMqHH6r4Tts7J_aSIgg"));
        KeyPair keys =
                new KeyPair(
                        P256.publicKey(
                                octets(
                                        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8")),
                        P256.privateKey(octets("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));
        byte[] body =
                PushMessage.encrypt(
                        "When I grow up, I want to be a watermelon"
                                .getBytes(StandardCharsets.UTF_8),
                        reader,
                        new PushMessage.Once(keys, octets("DGv6ra1nlYgDCS1FRnbzlw")));
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body))
                .isEqualTo(
                        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIg"
                                + "Dll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXz"
                                + "tLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    @Test
    void keysThatAreNoPointsAreRefused() {
        byte[] secret = new byte[16];
        byte[] point = new byte[65];
        point[0] = 4;
        point[64] = 1;
        assertThatThrownBy(() -> new PushMessage.Reader(point, secret))
                .isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> new PushMessage.Reader(new byte[10], secret))
                .isInstanceOf(SyntaxFault.class);
        byte[] good = P256.octets((ECPublicKey) P256.generate(new SecureRandom()).getPublic());
        assertThatThrownBy(() -> new PushMessage.Reader(good, new byte[15]))
                .isInstanceOf(SyntaxFault.class);
    }

    @Test
    void whatIsTooLongIsNotSealed() {
        SecureRandom random = new SecureRandom();
        byte[] key = P256.octets((ECPublicKey) P256.generate(random).getPublic());
        PushMessage.Reader reader = new PushMessage.Reader(key, new byte[16]);
        PushMessage.Once once = PushMessage.Once.fresh(random);
        assertThat(PushMessage.encrypt(new byte[PushMessage.MOST_OCTETS], reader, once))
                .hasSizeLessThanOrEqualTo(4096);
        assertThatThrownBy(
                        () ->
                                PushMessage.encrypt(
                                        new byte[PushMessage.MOST_OCTETS + 1], reader, once))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTokenIsSignedByItsKey() throws GeneralSecurityException {
        KeyPair keys = P256.generate(new SecureRandom());
        byte[] key = P256.octets((ECPublicKey) keys.getPublic());
        String field =
                VapidToken.authorization(
                        "https://push.example",
                        "mailto:postmaster@example.org",
                        Instant.ofEpochSecond(1453523768),
                        keys.getPrivate(),
                        key);
        assertThat(field).startsWith("vapid t=").contains(", k=");
        String token = field.substring(8, field.indexOf(','));
        String[] parts = token.split("\\.", -1);
        assertThat(new String(octets(parts[1]), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"aud\":\"https://push.example\",\"exp\":1453523768,"
                                + "\"sub\":\"mailto:postmaster@example.org\"}");
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(P256.publicKey(octets(field.substring(field.indexOf("k=") + 2))));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(octets(parts[2]))).isTrue();
        assertThat(new BigInteger(1, octets(parts[2])).signum()).isEqualTo(1);
    }
}
