package org.facteur.wire.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;

/// Judges the signatures of a letter (RFC 6376 §6). Any thread; each signature may be judged by
/// itself.
///
/// RSA keys of fewer than 1,024 bits count for nothing (RFC 8301 §3.2). A signature with `l=`
/// counts only where it covers the whole body all the same: what is added behind the signed part
/// would appear as signed.
public final class DkimVerifier {
    private static final int LEAST_BITS = 1024;
    private static final int MOST_KEYS = 4;

    /// How far a signer's clock may be ahead of ours, in seconds.
    private static final long AHEAD = 3600;

    private final SignedLetter letter;
    private final DnsLookup names;
    private final Instant now;

    public DkimVerifier(SignedLetter letter, DnsLookup names, Instant now) {
        this.letter = letter;
        this.names = names;
        this.now = now;
    }

    /// Judges one signature.
    ///
    /// @param number from 0 to [SignedLetter#signatures()], excluded
    public DkimResult judge(int number) {
        SignedLetter.Field field = letter.dkimFields().get(number);
        DkimSignature signature;
        try {
            signature = DkimSignature.parse(field.value());
        } catch (SyntaxFault odd) {
            return DkimResult.unreadable(AuthCode.PERMERROR, "signature: " + odd.getMessage());
        }
        Judgement judgement = judge(signature, field);
        return new DkimResult(
                judgement.code(),
                signature.domain(),
                signature.selector(),
                signature.identity(),
                signature.algorithm().word(),
                mark(signature),
                judgement.why());
    }

    private static String mark(DkimSignature signature) {
        String text = Base64Text.encode(signature.proof().signature().toArray());
        return text.substring(0, Math.min(8, text.length()));
    }

    record Judgement(AuthCode code, String why) {}

    /// @param field the signature itself
    Judgement judge(DkimSignature signature, SignedLetter.Field field) {
        long moment = now.getEpochSecond();
        if (signature.times().expires() >= 0 && signature.times().expires() < moment) {
            return new Judgement(AuthCode.FAIL, "signature has expired");
        }
        if (signature.times().signed() > moment + AHEAD) {
            return new Judgement(AuthCode.FAIL, "signature comes from the future");
        }
        BodyHash.Result body = letter.body(signature.scope().body());
        long length = signature.scope().length();
        if (length > body.length()) {
            return new Judgement(AuthCode.FAIL, "body is shorter than what was signed");
        }
        if (length >= 0 && length < body.length()) {
            return new Judgement(AuthCode.POLICY, "only part of the body is signed");
        }
        if (!body.hash().equals(signature.proof().bodyHash())) {
            return new Judgement(AuthCode.FAIL, "body has changed");
        }
        return checkKeys(signature, field);
    }

    private Judgement checkKeys(DkimSignature signature, SignedLetter.Field field) {
        return withKeys(
                signature.selector(),
                signature.domain(),
                key ->
                        key.strict() && !signature.identity().equals(signature.domain())
                                ? Optional.of(
                                        new Judgement(AuthCode.PERMERROR, "key is for d= alone"))
                                : check(
                                        key,
                                        signature.algorithm(),
                                        () -> signed(signature, field),
                                        signature.proof().signature()));
    }

    /// Tries a selector's keys.
    ///
    /// @param trial what one key gives; empty when another may do better
    Judgement withKeys(
            String selector, String domain, Function<DkimKey, Optional<Judgement>> trial) {
        String name = DnsNames.canonical(selector + "._domainkey." + domain);
        DnsLookup.Answer answer =
                name.isEmpty()
                        ? new DnsLookup.NoName()
                        : names.ask(new DnsLookup.Question(name, DnsLookup.Kind.TXT));
        return switch (answer) {
            case DnsLookup.Failed _ -> new Judgement(AuthCode.TEMPERROR, "no answer for the key");
            case DnsLookup.NoName _ -> new Judgement(AuthCode.PERMERROR, "no key");
            case DnsLookup.Found(List<String> texts) -> tryEach(texts, trial);
        };
    }

    private static Judgement tryEach(
            List<String> texts, Function<DkimKey, Optional<Judgement>> trial) {
        Judgement worst = new Judgement(AuthCode.PERMERROR, "no key");
        for (String text : texts.subList(0, Math.min(MOST_KEYS, texts.size()))) {
            try {
                Optional<Judgement> one = trial.apply(DkimKey.parse(text));
                if (one.isPresent()) {
                    return one.get();
                }
                worst = new Judgement(AuthCode.FAIL, "signature does not fit the header");
            } catch (SyntaxFault odd) {
                if (worst.code() == AuthCode.PERMERROR) {
                    worst = new Judgement(AuthCode.PERMERROR, "key: " + odd.getMessage());
                }
            }
        }
        return worst;
    }

    static Optional<Judgement> check(
            DkimKey key, DkimAlgorithm algorithm, Supplier<byte[]> signed, Octets signature) {
        if (key.algorithm() != algorithm) {
            return Optional.of(new Judgement(AuthCode.PERMERROR, "key is of another kind"));
        }
        if (algorithm == DkimAlgorithm.RSA_SHA256 && key.bits() < LEAST_BITS) {
            return Optional.of(
                    new Judgement(AuthCode.POLICY, "key of only " + key.bits() + " bits"));
        }
        return key.verifies(signed.get(), signature)
                ? Optional.of(new Judgement(AuthCode.PASS, ""))
                : Optional.empty();
    }

    /// The octets a signature is over (RFC 6376 §3.7).
    private byte[] signed(DkimSignature signature, SignedLetter.Field field) {
        OctetBuffer data = new OctetBuffer(Integer.MAX_VALUE);
        selected(letter, signature.scope(), data);
        byte[] bare = withoutProof(field.octets().toArray(), field.colon());
        signature.scope().header().field(bare, field.colon(), false, data);
        return data.toArray();
    }

    /// The fields a signature names, each name's from the lowest up (RFC 6376 §5.4.2).
    static void selected(SignedLetter letter, DkimSignature.Scope scope, OctetBuffer data) {
        Map<String, List<SignedLetter.Field>> byName = new HashMap<>();
        for (SignedLetter.Field each : letter.fields()) {
            byName.computeIfAbsent(each.name(), _ -> new ArrayList<>()).add(each);
        }
        for (String name : scope.fields()) {
            List<SignedLetter.Field> left = byName.get(name);
            if (left != null && !left.isEmpty()) {
                SignedLetter.Field lowest = left.removeLast();
                scope.header().field(lowest.octets().toArray(), lowest.colon(), true, data);
            }
        }
    }

    /// The field with its `b=` emptied.
    static byte[] withoutProof(byte[] field, int colon) {
        int at = colon + 1;
        while (at < field.length) {
            int end = at;
            while (end < field.length && field[end] != ';') {
                end++;
            }
            int name = at;
            while (name < end && TagList.blank((char) field[name])) {
                name++;
            }
            int equals = name + 1;
            while (equals < end && TagList.blank((char) field[equals])) {
                equals++;
            }
            if (name < end && field[name] == 'b' && equals < end && field[equals] == '=') {
                byte[] bare = new byte[field.length - (end - equals - 1)];
                System.arraycopy(field, 0, bare, 0, equals + 1);
                System.arraycopy(field, end, bare, equals + 1, field.length - end);
                return bare;
            }
            at = end + 1;
        }
        return field;
    }
}
