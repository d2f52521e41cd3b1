package org.facteur.core.shelf;

import java.util.List;

/// Which items of a kind changed between two versions.
///
/// @param to the later version
public record ShelfChanges(long to, List<Long> created, List<Long> updated, List<Long> destroyed) {
    public ShelfChanges {
        created = List.copyOf(created);
        updated = List.copyOf(updated);
        destroyed = List.copyOf(destroyed);
    }

    public boolean none() {
        return created.isEmpty() && updated.isEmpty() && destroyed.isEmpty();
    }
}
