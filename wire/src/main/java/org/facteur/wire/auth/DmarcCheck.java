package org.facteur.wire.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares the domain a letter shows with those that were proved (RFC 9989 §5.3). Any thread.
///
/// What an organisation is, is found by walking up the names (RFC 9989 §4.10); no list of public
/// suffixes is asked.
public final class DmarcCheck {
    private static final int LONGEST_WALK = 8;

    private final DnsLookup names;

    public DmarcCheck(DnsLookup names) {
        this.names = names;
    }

    /// What a walk found.
    ///
    /// @param records by the name they were at, the lowest first
    /// @param failed nobody answered somewhere on the way
    private record Walk(String start, Map<String, DmarcRecord> records, boolean failed) {}

    /// Judges a letter by one author's domain.
    ///
    /// @param author canonical
    public DmarcResult judge(String author, SpfResult spf, List<DkimResult> dkim) {
        String domain = DnsNames.canonical(author);
        if (domain.isEmpty()) {
            return DmarcResult.without(AuthCode.PERMERROR, author);
        }
        Walk walk = walk(domain);
        if (walk.failed()) {
            return DmarcResult.without(AuthCode.TEMPERROR, domain);
        }
        String organization = organization(walk);
        DmarcRecord own = walk.records().get(domain);
        DmarcRecord record = own != null ? own : applying(walk, organization);
        if (record == null) {
            return DmarcResult.without(AuthCode.NONE, domain);
        }
        AuthCode code = aligned(domain, organization, record, spf, dkim);
        DmarcRecord.Policy asked = own != null ? own.policy() : inherited(domain, record);
        return new DmarcResult(
                code,
                domain,
                organization,
                own != null ? domain : organization,
                record.testing() ? asked.lower() : asked,
                record);
    }

    /// The organisation a domain belongs to.
    ///
    /// @return the domain itself where nothing is said, or nobody answers
    public String organization(String domain) {
        return organization(walk(DnsNames.canonical(domain)));
    }

    private DmarcRecord.Policy inherited(String domain, DmarcRecord record) {
        boolean nowhere =
                names.ask(new DnsLookup.Question(domain, DnsLookup.Kind.A))
                        instanceof DnsLookup.NoName;
        return nowhere ? record.nonexistent() : record.subdomains();
    }

    /// The organisation's record, else the registry's above it.
    private static @org.jspecify.annotations.Nullable DmarcRecord applying(
            Walk walk, String organization) {
        DmarcRecord found = walk.records().get(organization);
        if (found != null) {
            return found;
        }
        return walk.records().values().stream()
                .filter(each -> each.boundary() == DmarcRecord.Boundary.REGISTRY)
                .findFirst()
                .orElse(null);
    }

    private Walk walk(String domain) {
        Map<String, DmarcRecord> records = new LinkedHashMap<>();
        String at = domain;
        boolean failed = false;
        for (int asked = 0; !at.isEmpty() && asked < LONGEST_WALK; asked++) {
            DnsLookup.Answer answer =
                    names.ask(new DnsLookup.Question("_dmarc." + at, DnsLookup.Kind.TXT));
            Optional<DmarcRecord> record =
                    switch (answer) {
                        case DnsLookup.Found(List<String> texts) -> DmarcRecord.find(texts);
                        case DnsLookup.NoName _ -> Optional.empty();
                        case DnsLookup.Failed _ -> {
                            failed = true;
                            yield Optional.empty();
                        }
                    };
            if (record.isPresent()) {
                records.put(at, record.get());
                if (record.get().boundary() != DmarcRecord.Boundary.UNSAID) {
                    break;
                }
            }
            at = parent(at);
        }
        return new Walk(domain, records, failed);
    }

    /// One label fewer, and seven where there are more than eight (RFC 9989 §4.10).
    private static String parent(String domain) {
        List<String> labels = DnsNames.labels(domain);
        int drop = Math.max(1, labels.size() - LONGEST_WALK + 1);
        return String.join(".", labels.subList(drop, labels.size()));
    }

    /// RFC 9989 §4.10.2.
    private static String organization(Walk walk) {
        String highest = walk.start();
        for (Map.Entry<String, DmarcRecord> each : walk.records().entrySet()) {
            if (each.getValue().boundary() == DmarcRecord.Boundary.ORGANIZATION) {
                return each.getKey();
            }
            boolean start = each.getKey().equals(walk.start());
            if (each.getValue().boundary() == DmarcRecord.Boundary.REGISTRY && !start) {
                return below(walk.start(), each.getKey());
            }
            highest = each.getKey();
        }
        return highest;
    }

    /// The part of a name that is one label longer than the registry's.
    private static String below(String domain, String registry) {
        List<String> labels = DnsNames.labels(domain);
        int from = labels.size() - DnsNames.labels(registry).size() - 1;
        return String.join(".", labels.subList(Math.max(0, from), labels.size()));
    }

    private AuthCode aligned(
            String author,
            String organization,
            DmarcRecord record,
            SpfResult spf,
            List<DkimResult> dkim) {
        boolean later = false;
        for (DkimResult each : dkim) {
            boolean counts = each.code() == AuthCode.PASS || each.code() == AuthCode.TEMPERROR;
            boolean strict = record.alignment().strictDkim();
            if (counts && isAligned(each.domain(), author, organization, strict)) {
                if (each.code() == AuthCode.PASS) {
                    return AuthCode.PASS;
                }
                later = true;
            }
        }
        boolean counts =
                spf.code() == SpfResult.Code.PASS || spf.code() == SpfResult.Code.TEMPERROR;
        boolean strict = record.alignment().strictSpf();
        if (counts && isAligned(spf.domain(), author, organization, strict)) {
            if (spf.code() == SpfResult.Code.PASS) {
                return AuthCode.PASS;
            }
            later = true;
        }
        return later ? AuthCode.TEMPERROR : AuthCode.FAIL;
    }

    /// RFC 9989 §4.4.
    private boolean isAligned(String proved, String author, String organization, boolean strict) {
        if (proved.equals(author)) {
            return true;
        }
        return !strict
                && DnsNames.within(proved, organization)
                && organization(walk(proved)).equals(organization);
    }
}
