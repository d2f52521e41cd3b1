package org.facteur.core.contact;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/// A card as it is kept.
///
/// @param number in its account
/// @param changed the account's version that changed it last: another value means another content
/// @param books numbers of those it stands in, at least one
/// @param content JSContact; belongs to the record
public record Card(long number, long changed, Set<Long> books, ObjectNode content) {
    public Card {
        books = Collections.unmodifiableSet(new TreeSet<>(books));
        Objects.requireNonNull(content);
    }
}
