package org.facteur.wire.imap;

import java.util.List;

/// What STORE does to flags (RFC 9051 §6.4.6).
///
/// @param silent whether the client asked not to be told the new flags
/// @param flags may be empty
public record FlagChange(Mode mode, boolean silent, List<Flag> flags) {
    /// How the flags given meet the flags there.
    public enum Mode {
        /// FLAGS: these and no others.
        REPLACE,
        /// +FLAGS.
        ADD,
        /// -FLAGS.
        REMOVE
    }

    public FlagChange {
        flags = List.copyOf(flags);
    }
}
