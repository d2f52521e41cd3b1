package org.facteur.wire.auth;

import java.util.List;
import java.util.Objects;

/// What came of a chain of forwarders (RFC 8617 §5.2).
///
/// @param code NONE, PASS, FAIL or TEMPERROR
/// @param links the forwarders, the first of them first; empty unless the chain holds
/// @param why in a few words of English; empty where there is nothing to say
public record ArcResult(AuthCode code, List<Link> links, String why) {
    /// One forwarder.
    ///
    /// @param domain that sealed
    /// @param results what it had found, as the value of an Authentication-Results field
    public record Link(String domain, String results) {
        public Link {
            Objects.requireNonNull(domain);
            Objects.requireNonNull(results);
        }
    }

    public ArcResult {
        Objects.requireNonNull(code);
        links = List.copyOf(links);
        Objects.requireNonNull(why);
    }
}
