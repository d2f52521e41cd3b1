package org.facteur.core.trust;

import java.util.Objects;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.auth.IpAddress;
import org.jspecify.annotations.Nullable;

/// Who hands a letter in.
///
/// @param greeting how it called itself
/// @param sender the reverse path; null for the empty one
public record Visitor(IpAddress client, String greeting, @Nullable EmailAddress sender) {
    public Visitor {
        Objects.requireNonNull(client);
        Objects.requireNonNull(greeting);
    }
}
