package org.facteur.store.embedded;

import java.util.Objects;

/// Room on the store's disk when it was last measured: with each sync.
///
/// @param freeBytes that this process may use
/// @param floorBytes below which growth is refused
public record SpaceReport(long freeBytes, long totalBytes, long floorBytes, State state) {
    /// What it means for writers.
    public enum State {
        /// Nothing to be said.
        ENOUGH,
        /// Below 15 %: someone should look.
        LOW,
        /// Below the floor: letters are refused; reading and deleting go on.
        REFUSING
    }

    public SpaceReport {
        Objects.requireNonNull(state);
    }
}
