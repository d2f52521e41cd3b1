package org.facteur.wire.imap;

import java.util.Objects;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// An annotation of a mailbox or of the server (RFC 5464 §3).
///
/// @param name begins with `/shared/` or `/private/`; compared without case
/// @param value null for NIL: there is none, or there shall be none
public record MetadataEntry(String name, @Nullable Octets value) {
    public MetadataEntry {
        Objects.requireNonNull(name);
    }
}
