package org.facteur.core.queue;

import java.time.Instant;
import java.util.Objects;

/// When an item was taken and when it is next due.
///
/// @param attempts how often it was tried
/// @param held whether it waits until somebody releases it
/// @param delayTold whether its sender knows that it is late
public record Schedule(
        Instant created, Instant next, int attempts, boolean held, boolean delayTold) {
    public Schedule {
        Objects.requireNonNull(created);
        Objects.requireNonNull(next);
    }

    /// @param first when it is due first, `now` or later
    static Schedule fresh(Instant now, Instant first) {
        return new Schedule(now, first, 0, false, false);
    }

    Schedule due(Instant when) {
        return new Schedule(created, when, attempts, held, delayTold);
    }

    Schedule tried(Instant when) {
        return new Schedule(created, when, attempts + 1, held, delayTold);
    }

    Schedule held(boolean nowHeld, Instant when) {
        return new Schedule(created, when, attempts, nowHeld, delayTold);
    }

    Schedule told() {
        return new Schedule(created, next, attempts, held, true);
    }
}
