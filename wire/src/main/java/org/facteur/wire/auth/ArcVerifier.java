package org.facteur.wire.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;

/// Judges what forwarders left in a letter (RFC 8617 §5.2). Any thread.
public final class ArcVerifier {
    private static final int MOST_SETS = 50;
    private static final String RULE = "RFC 8617 §5.2";

    private final SignedLetter letter;
    private final DkimVerifier dkim;

    private ArcVerifier(SignedLetter letter, DnsLookup names, Instant now) {
        this.letter = letter;
        this.dkim = new DkimVerifier(letter, names, now);
    }

    /// One forwarder's three fields.
    private record ArcSet(
            SignedLetter.Field results, SignedLetter.Field message, SignedLetter.Field seal) {}

    public static ArcResult judge(SignedLetter letter, DnsLookup names, Instant now) {
        return letter.forwarded()
                ? new ArcVerifier(letter, names, now).judge()
                : new ArcResult(AuthCode.NONE, List.of(), "");
    }

    private ArcResult judge() {
        try {
            List<ArcSet> sets = sets();
            ArcSet last = sets.getLast();
            DkimVerifier.Judgement message =
                    dkim.judge(
                            DkimSignature.parseArc(TagList.parse(last.message().value())),
                            last.message());
            if (message.code() != AuthCode.PASS) {
                return broken(message);
            }
            List<ArcResult.Link> links = new ArrayList<>();
            for (int number = sets.size(); number >= 1; number--) {
                DkimVerifier.Judgement seal = seal(sets.subList(0, number));
                if (seal.code() != AuthCode.PASS) {
                    return broken(seal);
                }
                links.addFirst(link(sets.get(number - 1)));
            }
            return new ArcResult(AuthCode.PASS, links, "");
        } catch (SyntaxFault odd) {
            return new ArcResult(AuthCode.FAIL, List.of(), String.valueOf(odd.getMessage()));
        }
    }

    private static ArcResult broken(DkimVerifier.Judgement judgement) {
        return new ArcResult(
                judgement.code() == AuthCode.TEMPERROR ? AuthCode.TEMPERROR : AuthCode.FAIL,
                List.of(),
                judgement.why());
    }

    private static ArcResult.Link link(ArcSet set) {
        String results = set.results().value();
        return new ArcResult.Link(
                DkimSignature.name(TagList.parse(set.seal().value()).needed("d")),
                results.substring(results.indexOf(';') + 1));
    }

    /// The sets in order: each number from 1 up, each field once.
    ///
    /// @throws SyntaxFault for anything else
    private List<ArcSet> sets() {
        List<SignedLetter.Field> results = letter.fields("arc-authentication-results");
        List<SignedLetter.Field> messages = letter.fields("arc-message-signature");
        List<SignedLetter.Field> seals = letter.fields("arc-seal");
        int count = seals.size();
        if (count > MOST_SETS || messages.size() != count || results.size() != count) {
            throw SyntaxFault.at(-1, "1 to 50 whole sets", RULE);
        }
        SignedLetter.Field[][] slots = new SignedLetter.Field[count][3];
        for (SignedLetter.Field each : results) {
            place(slots, number(TagList.items(each.value(), ';').getFirst(), each), 0, each);
        }
        for (SignedLetter.Field each : messages) {
            place(slots, number(each), 1, each);
        }
        for (SignedLetter.Field each : seals) {
            place(slots, number(each), 2, each);
        }
        List<ArcSet> sets = new ArrayList<>();
        for (SignedLetter.Field[] slot : slots) {
            sets.add(new ArcSet(slot[0], slot[1], slot[2]));
        }
        return sets;
    }

    private static void place(
            SignedLetter.Field[][] slots, long number, int kind, SignedLetter.Field field) {
        if (number < 1 || number > slots.length || slots[(int) number - 1][kind] != null) {
            throw SyntaxFault.at(-1, "each number once", RULE);
        }
        slots[(int) number - 1][kind] = field;
    }

    private static long number(SignedLetter.Field field) {
        return DkimSignature.number(TagList.parse(field.value()), "i");
    }

    // arc-authres-header = "ARC-Authentication-Results:" [CFWS] instance [CFWS] ";" authres-payload
    private static long number(String first, SignedLetter.Field field) {
        if (field.value().indexOf(';') < 0) {
            throw SyntaxFault.at(-1, "a semicolon", "RFC 8617 §4.1.1");
        }
        return DkimSignature.number(TagList.parse(first), "i");
    }

    /// Judges the last set's seal over all before it.
    private DkimVerifier.Judgement seal(List<ArcSet> sets) {
        TagList tags = TagList.parse(sets.getLast().seal().value());
        String wanted = sets.size() == 1 ? "none" : "pass";
        if (!tags.needed("cv").equals(wanted) || tags.has("h") || tags.has("bh")) {
            throw SyntaxFault.at(-1, "cv=" + wanted, "RFC 8617 §4.1.3");
        }
        DkimAlgorithm algorithm =
                DkimAlgorithm.find(tags.needed("a"))
                        .orElseThrow(() -> SyntaxFault.at(-1, "rsa-sha256", "RFC 8617 §4.1.3"));
        DkimSignature.number(tags, "t");
        Octets proof = DkimSignature.base64(tags.needed("b"));
        return dkim.withKeys(
                DkimSignature.name(tags.needed("s")),
                DkimSignature.name(tags.needed("d")),
                key -> DkimVerifier.check(key, algorithm, () -> sealed(sets), proof));
    }

    private static byte[] sealed(List<ArcSet> sets) {
        OctetBuffer data = new OctetBuffer(Integer.MAX_VALUE);
        for (ArcSet set : sets.subList(0, sets.size() - 1)) {
            field(set.results(), data);
            field(set.message(), data);
            field(set.seal(), data);
        }
        field(sets.getLast().results(), data);
        field(sets.getLast().message(), data);
        SignedLetter.Field seal = sets.getLast().seal();
        byte[] bare = DkimVerifier.withoutProof(seal.octets().toArray(), seal.colon());
        Canonicalization.RELAXED.field(bare, seal.colon(), false, data);
        return data.toArray();
    }

    private static void field(SignedLetter.Field field, OctetBuffer data) {
        Canonicalization.RELAXED.field(field.octets().toArray(), field.colon(), true, data);
    }

    /// The domains that sealed a chain that holds, the last of them; empty where none does.
    public static Optional<String> lastSealer(ArcResult result) {
        return result.links().isEmpty()
                ? Optional.empty()
                : Optional.of(result.links().getLast().domain());
    }
}
