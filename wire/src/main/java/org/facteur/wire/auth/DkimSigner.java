package org.facteur.wire.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.OctetBuffer;

/// Signs letters in a domain's name (RFC 6376 §5). Any thread.
///
/// Signed is relaxed/relaxed, all of the body, and each field that says who wrote what to whom;
/// names of fields that exist once at most are signed once more than they occur, so that nobody can
/// add another (RFC 6376 §8.15).
///
/// @param selector under which the public key lies
public record DkimSigner(Domain domain, String selector, DkimAlgorithm algorithm, PrivateKey key) {
    /// How long a signature holds, from when the letter leaves.
    public static final Duration VALIDITY = Duration.ofDays(14);

    private static final List<String> ONCE =
            List.of(
                    "from",
                    "to",
                    "cc",
                    "subject",
                    "date",
                    "message-id",
                    "reply-to",
                    "mime-version",
                    "content-type");
    private static final List<String> AS_THERE =
            List.of(
                    "sender",
                    "in-reply-to",
                    "references",
                    "content-transfer-encoding",
                    "list-id",
                    "list-unsubscribe",
                    "list-unsubscribe-post",
                    "auto-submitted");
    private static final int LINE = 72;

    /// What a [SignedLetter.Reader] must hash for a letter that is to be signed.
    public static final Set<Canonicalization> HASHED = Set.of(Canonicalization.RELAXED);

    public DkimSigner {
        Objects.requireNonNull(domain);
        Objects.requireNonNull(algorithm);
        Objects.requireNonNull(key);
        DkimSignature.name(selector);
    }

    /// The field that goes before the letter's header.
    ///
    /// @param letter read with [#HASHED]
    /// @param until when the signature ends to hold
    public byte[] sign(SignedLetter letter, Instant now, Instant until) {
        List<String> names = names(letter);
        long moment = now.getEpochSecond();
        StringBuilder field = new StringBuilder(900);
        field.append("DKIM-Signature: v=1; a=").append(algorithm.word());
        field.append("; c=relaxed/relaxed; d=").append(domain.name());
        field.append(";\r\n\ts=").append(selector);
        field.append("; t=").append(moment);
        field.append("; x=").append(until.getEpochSecond()).append(";\r\n\th=");
        appendNames(field, names);
        byte[] hash = letter.body(Canonicalization.RELAXED).hash().toArray();
        field.append(";\r\n\tbh=").append(Base64Text.encode(hash)).append(";\r\n\tb=");
        byte[] proof = proof(letter, names, field.toString());
        String text = Base64Text.encode(proof);
        for (int at = 0; at < text.length(); at += LINE) {
            field.append(at == 0 ? "" : "\r\n\t")
                    .append(text, at, Math.min(text.length(), at + LINE));
        }
        return field.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static List<String> names(SignedLetter letter) {
        List<String> names = new ArrayList<>();
        for (String name : ONCE) {
            for (int i = letter.fields(name).size(); i >= 0; i--) {
                names.add(name);
            }
        }
        for (String name : AS_THERE) {
            for (int i = letter.fields(name).size(); i > 0; i--) {
                names.add(name);
            }
        }
        return names;
    }

    private static void appendNames(StringBuilder field, List<String> names) {
        int column = 3;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (i > 0) {
                field.append(':');
            }
            if (column + name.length() + 1 > LINE) {
                field.append("\r\n\t");
                column = 1;
            }
            field.append(name);
            column += name.length() + 1;
        }
    }

    private byte[] proof(SignedLetter letter, List<String> names, String field) {
        OctetBuffer data = new OctetBuffer(Integer.MAX_VALUE);
        DkimVerifier.selected(
                letter,
                new DkimSignature.Scope(
                        Canonicalization.RELAXED, Canonicalization.RELAXED, names, -1),
                data);
        byte[] own = field.getBytes(StandardCharsets.US_ASCII);
        Canonicalization.RELAXED.field(own, field.indexOf(':'), false, data);
        try {
            Signature signature = Signature.getInstance(algorithm.javaName());
            signature.initSign(key);
            byte[] signed = data.toArray();
            signature.update(
                    algorithm == DkimAlgorithm.ED25519_SHA256
                            ? BodyHash.sha256().digest(signed)
                            : signed);
            return signature.sign();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a key that does not sign", broken);
        }
    }
}
