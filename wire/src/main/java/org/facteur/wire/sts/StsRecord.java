package org.facteur.wire.sts;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a domain's `_mta-sts` TXT record says (RFC 8461 §3.1).
///
/// @param id names the policy: another id, another policy; 1 to 32 letters and digits
public record StsRecord(String id) {
    private static final int LONGEST = 1024;
    private static final int LONGEST_ID = 32;

    public StsRecord {
        Objects.requireNonNull(id);
        if (id.isEmpty()
                || id.length() > LONGEST_ID
                || !id.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c))) {
            throw new IllegalArgumentException("an id of 1 to 32 letters and digits");
        }
    }

    // sts-text-record = sts-version 1*(sts-field-delim sts-field) [sts-field-delim]
    /// Reads the TXT records found at the name, strings joined. Of several records that could be
    /// meant none counts (RFC 8461 §3.1).
    public static Optional<StsRecord> find(List<String> texts) {
        List<String> meant =
                texts.stream()
                        .filter(text -> text.length() <= LONGEST)
                        .filter(text -> text.startsWith("v=STSv1;") || text.equals("v=STSv1"))
                        .toList();
        return meant.size() == 1 ? parse(meant.getFirst()) : Optional.empty();
    }

    private static Optional<StsRecord> parse(String text) {
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf(';', from);
            int stop = end < 0 ? text.length() : end;
            String field = text.substring(from, stop).strip();
            if (field.startsWith("id=")) {
                try {
                    return Optional.of(new StsRecord(field.substring(3).strip()));
                } catch (IllegalArgumentException odd) {
                    return Optional.empty();
                }
            }
            from = stop + 1;
        }
        return Optional.empty();
    }
}
