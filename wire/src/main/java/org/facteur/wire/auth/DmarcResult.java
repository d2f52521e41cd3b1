package org.facteur.wire.auth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether a letter is its author's domain's (RFC 9989 §5.3).
///
/// @param code NONE where the domain says nothing
/// @param author the domain of From; empty where there is none
/// @param organization the domain whose word counts for it; empty for none
/// @param publisher where the record was found; empty for none
/// @param policy what is to become of the letter if this failed; testing is counted in
/// @param record as published; null for none
public record DmarcResult(
        AuthCode code,
        String author,
        String organization,
        String publisher,
        DmarcRecord.Policy policy,
        @Nullable DmarcRecord record) {
    public DmarcResult {
        Objects.requireNonNull(code);
        Objects.requireNonNull(author);
        Objects.requireNonNull(organization);
        Objects.requireNonNull(publisher);
        Objects.requireNonNull(policy);
    }

    static DmarcResult without(AuthCode code, String author) {
        return new DmarcResult(code, author, "", "", DmarcRecord.Policy.NONE, null);
    }
}
