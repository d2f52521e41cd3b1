package org.facteur.wire.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// What a domain asks for letters in its name (RFC 9989 §4.7; records of RFC 7489 §6.3 are read
/// too).
///
/// @param policy for the domain itself
/// @param subdomains for those below it
/// @param nonexistent for those below it that do not exist
/// @param boundary whether it says of itself that a registry, or that an organisation, is here
/// @param alignment how alike names must be
/// @param testing one step less is done than is asked for
/// @param reports where daily reports go
public record DmarcRecord(
        Policy policy,
        Policy subdomains,
        Policy nonexistent,
        Boundary boundary,
        Alignment alignment,
        boolean testing,
        List<String> reports) {
    private static final int MOST_URIS = 10;

    /// What becomes of letters that are not the domain's.
    public enum Policy {
        NONE,
        QUARANTINE,
        REJECT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        Policy lower() {
            return this == REJECT ? QUARANTINE : NONE;
        }
    }

    /// What a domain is among those above and below it (RFC 9989 §4.7, `psd`).
    public enum Boundary {
        REGISTRY,
        ORGANIZATION,
        UNSAID
    }

    /// @param strictDkim whether the signing domain must be the author's own
    /// @param strictSpf whether the sender's domain must be the author's own
    public record Alignment(boolean strictDkim, boolean strictSpf) {}

    public DmarcRecord {
        Objects.requireNonNull(policy);
        Objects.requireNonNull(subdomains);
        Objects.requireNonNull(nonexistent);
        Objects.requireNonNull(boundary);
        Objects.requireNonNull(alignment);
        reports = List.copyOf(reports);
    }

    // dmarc-version = "v" equals %s"DMARC1"
    /// The record among TXT records; empty for none, for several, and for one that cannot be read
    /// (RFC 9989 §4.10).
    public static Optional<DmarcRecord> find(List<String> texts) {
        List<String> records = texts.stream().filter(DmarcRecord::isOne).toList();
        if (records.size() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(records.getFirst()));
        } catch (SyntaxFault _) {
            return Optional.empty();
        }
    }

    private static boolean isOne(String text) {
        int semicolon = text.indexOf(';');
        String first = semicolon < 0 ? text : text.substring(0, semicolon);
        int equals = first.indexOf('=');
        return equals > 0
                && TagList.trimmed(first.substring(0, equals)).equalsIgnoreCase("v")
                && TagList.trimmed(first.substring(equals + 1)).equals("DMARC1");
    }

    // dmarc-record = dmarc-version *(*WSP ";" *WSP dmarc-tag) [*WSP ";" *WSP]
    /// @throws SyntaxFault for a record without a usable policy that wants no reports either
    static DmarcRecord parse(String text) {
        TagList tags = tolerant(text);
        Policy asked = policy(tags, "p");
        List<String> reports = uris(tags.find("rua").orElse(""));
        if (asked == null && reports.isEmpty()) {
            throw SyntaxFault.at(-1, "p=", "RFC 9989 §4.7");
        }
        Policy policy = asked == null ? Policy.NONE : asked;
        Policy below = policy(tags, "sp");
        Policy subdomains = below == null ? policy : below;
        Policy nowhere = policy(tags, "np");
        boolean testing = word(tags, "t").equals("y") || tags.find("pct").orElse("100").equals("0");
        return new DmarcRecord(
                policy,
                subdomains,
                nowhere == null ? subdomains : nowhere,
                switch (word(tags, "psd")) {
                    case "y" -> Boundary.REGISTRY;
                    case "n" -> Boundary.ORGANIZATION;
                    default -> Boundary.UNSAID;
                },
                new Alignment(word(tags, "adkim").equals("s"), word(tags, "aspf").equals("s")),
                testing,
                reports);
    }

    /// Tags in any order and case; what cannot be read is left out (RFC 9989 §4.7).
    private static TagList tolerant(String text) {
        if (text.length() > 4096) {
            throw new SyntaxFault(0, "at most 4,096 octets", null);
        }
        java.util.Map<String, String> tags = new java.util.LinkedHashMap<>();
        for (String spec : TagList.items(text, ';')) {
            int equals = spec.indexOf('=');
            if (equals > 0) {
                tags.putIfAbsent(
                        TagList.trimmed(spec.substring(0, equals)).toLowerCase(Locale.ROOT),
                        TagList.trimmed(spec.substring(equals + 1)));
            }
        }
        return new TagList(tags);
    }

    private static String word(TagList tags, String name) {
        return tags.find(name).orElse("").toLowerCase(Locale.ROOT);
    }

    private static @Nullable Policy policy(TagList tags, String name) {
        return switch (word(tags, name)) {
            case "none" -> Policy.NONE;
            case "quarantine" -> Policy.QUARANTINE;
            case "reject" -> Policy.REJECT;
            default -> null;
        };
    }

    // dmarc-uri = URI
    private static List<String> uris(String text) {
        List<String> uris = new ArrayList<>();
        for (String each : TagList.items(text, ',')) {
            int mark = each.indexOf('!');
            String uri = mark < 0 ? each : each.substring(0, mark);
            if (uri.regionMatches(true, 0, "mailto:", 0, 7) && uris.size() < MOST_URIS) {
                uris.add(uri.substring(7));
            }
        }
        return uris;
    }
}
