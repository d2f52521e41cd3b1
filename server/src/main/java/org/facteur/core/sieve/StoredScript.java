package org.facteur.core.sieve;

import java.time.Instant;
import java.util.Objects;

/// A script as lists show it.
///
/// @param number in its account; it stays when the name changes, and no other script ever has it
/// @param sizeBytes of its octets
/// @param changed when it was last put
public record StoredScript(
        long number, ScriptName name, long sizeBytes, Instant changed, boolean active) {
    public StoredScript {
        Objects.requireNonNull(name);
        Objects.requireNonNull(changed);
    }
}
