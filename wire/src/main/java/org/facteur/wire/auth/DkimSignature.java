package org.facteur.wire.auth;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// What a `DKIM-Signature` or `ARC-Message-Signature` field says (RFC 6376 §3.5, RFC 8617 §4.1.2).
///
/// @param domain who signs, canonical
/// @param selector under which name its key lies
/// @param identity the domain of whom it was signed for: the domain or one below it
record DkimSignature(
        DkimAlgorithm algorithm,
        String domain,
        String selector,
        String identity,
        Scope scope,
        Proof proof,
        Times times) {
    private static final String RULE = "RFC 6376 §3.5";
    private static final int MOST_FIELDS = 1000;

    /// What it covers.
    ///
    /// @param fields names in lower case, in the order signed
    /// @param length of the body that is signed; -1 for all of it
    record Scope(Canonicalization header, Canonicalization body, List<String> fields, long length) {
        Scope {
            fields = List.copyOf(fields);
        }
    }

    record Proof(Octets bodyHash, Octets signature) {}

    /// In seconds since 1970; -1 for unknown.
    record Times(long signed, long expires) {}

    DkimSignature {
        Objects.requireNonNull(algorithm);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(proof);
        Objects.requireNonNull(times);
    }

    /// Reads a `DKIM-Signature`.
    ///
    /// @throws SyntaxFault also where From is not signed, or `i=` lies outside `d=`
    static DkimSignature parse(String value) {
        TagList tags = TagList.parse(value);
        if (!tags.needed("v").equals("1")) {
            throw SyntaxFault.at(-1, "version 1", RULE);
        }
        DkimSignature signature = parse(tags, agent(tags), "simple/simple");
        if (!signature.scope().fields().contains("from")) {
            throw SyntaxFault.at(-1, "a signed From", "RFC 6376 §5.4");
        }
        return signature;
    }

    /// Reads an `ARC-Message-Signature`: the same without version and identity. Where it says
    /// nothing of its form, sealers mean relaxed/relaxed.
    static DkimSignature parseArc(TagList tags) {
        DkimSignature signature = parse(tags, null, "relaxed/relaxed");
        if (signature.scope().fields().contains("arc-seal")) {
            throw SyntaxFault.at(-1, "no signed ARC-Seal", "RFC 8617 §4.1.2");
        }
        return signature;
    }

    // sig-i-tag = %x69 [FWS] "=" [FWS] [ Local-part ] "@" domain-name
    private static @Nullable String agent(TagList tags) {
        String identity = tags.find("i").orElse(null);
        if (identity == null) {
            return null;
        }
        int at = identity.lastIndexOf('@');
        if (at < 0) {
            throw SyntaxFault.at(-1, "@ in i=", RULE);
        }
        return name(TagList.squeezed(identity.substring(at + 1)));
    }

    private static DkimSignature parse(
            TagList tags, @Nullable String agent, String canonicalization) {
        DkimAlgorithm algorithm =
                DkimAlgorithm.find(tags.needed("a"))
                        .orElseThrow(() -> SyntaxFault.at(-1, "rsa-sha256", "RFC 8301 §3.1"));
        String domain = name(tags.needed("d"));
        String identity = agent == null ? domain : agent;
        if (!DnsNames.within(identity, domain)) {
            throw SyntaxFault.at(-1, "i= within d=", RULE);
        }
        long signed = number(tags, "t");
        long expires = number(tags, "x");
        if (signed >= 0 && expires >= 0 && expires < signed) {
            throw SyntaxFault.at(-1, "an end behind the beginning", RULE);
        }
        if (!tags.find("q").orElse("dns/txt").contains("dns/txt")) {
            throw SyntaxFault.at(-1, "dns/txt", RULE);
        }
        return new DkimSignature(
                algorithm,
                domain,
                name(tags.needed("s")),
                identity,
                scope(tags, canonicalization),
                new Proof(base64(tags.needed("bh")), base64(tags.needed("b"))),
                new Times(signed, expires));
    }

    // sig-c-tag = %x63 [FWS] "=" [FWS] sig-c-tag-alg ["/" sig-c-tag-alg]
    private static Scope scope(TagList tags, String standard) {
        String c = tags.find("c").orElse(standard);
        int slash = c.indexOf('/');
        Canonicalization header = canonicalization(slash < 0 ? c : c.substring(0, slash));
        Canonicalization body =
                slash < 0 ? Canonicalization.SIMPLE : canonicalization(c.substring(slash + 1));
        String h = tags.find("h").orElseThrow(() -> SyntaxFault.at(-1, "the tag h=", RULE));
        List<String> fields =
                TagList.items(h, ':').stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
        if (fields.size() > MOST_FIELDS) {
            throw new SyntaxFault(-1, "at most 1,000 signed fields", null);
        }
        return new Scope(header, body, fields, number(tags, "l"));
    }

    private static Canonicalization canonicalization(String word) {
        return Canonicalization.find(TagList.trimmed(word))
                .orElseThrow(() -> SyntaxFault.at(-1, "simple or relaxed", "RFC 6376 §3.4"));
    }

    static String name(String text) {
        String name = DnsNames.canonical(text);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!plain && c != '-' && c != '.' && c != '_') {
                throw SyntaxFault.at(i, "a domain name", RULE);
            }
        }
        if (name.isEmpty()) {
            throw SyntaxFault.at(0, "a domain name", RULE);
        }
        return name;
    }

    // sig-t-tag = %x74 [FWS] "=" [FWS] 1*12DIGIT
    static long number(TagList tags, String name) {
        String text = tags.find(name).orElse(null);
        if (text == null) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw SyntaxFault.at(i, "a number", RULE);
            }
            number = Math.min(999_999_999_999L, number * 10 + c - '0');
        }
        if (text.isEmpty()) {
            throw SyntaxFault.at(0, "a number", RULE);
        }
        return number;
    }

    static Octets base64(String text) {
        byte[] squeezed =
                TagList.squeezed(text).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return Octets.copyOf(Base64Text.decodeStrict(squeezed));
    }
}
