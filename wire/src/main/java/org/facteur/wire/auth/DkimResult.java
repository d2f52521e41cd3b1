package org.facteur.wire.auth;

import java.util.Objects;

/// What came of one signature.
///
/// @param domain who signed; empty when that cannot be read
/// @param identity the domain it was signed for
/// @param mark the beginning of the signature, to tell one from another (RFC 6008 §4)
/// @param why in a few words of English for whoever looks into it; empty for a pass
public record DkimResult(
        AuthCode code,
        String domain,
        String selector,
        String identity,
        String algorithm,
        String mark,
        String why) {
    public DkimResult {
        Objects.requireNonNull(code);
        Objects.requireNonNull(domain);
        Objects.requireNonNull(selector);
        Objects.requireNonNull(identity);
        Objects.requireNonNull(algorithm);
        Objects.requireNonNull(mark);
        Objects.requireNonNull(why);
    }

    /// For a field that cannot be read.
    static DkimResult unreadable(AuthCode code, String why) {
        return new DkimResult(code, "", "", "", "", "", why);
    }
}
