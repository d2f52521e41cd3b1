package org.facteur.core.contact;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Somebody to write to: from a card, from letters, or from both.
///
/// @param name to show; may be empty
/// @param card the number of a card with the address; null for none
/// @param letters how many were written there
/// @param last when the last was written; null for never
public record Person(
        String name, String address, @Nullable Long card, long letters, @Nullable Instant last) {
    public Person {
        Objects.requireNonNull(name);
        Objects.requireNonNull(address);
    }
}
