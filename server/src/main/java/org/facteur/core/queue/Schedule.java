package org.facteur.core.queue;

import java.time.Instant;
import java.util.Objects;

/// When an item was taken and when it is next due.
///
/// @param attempts how often it was tried
/// @param held whether it waits until somebody releases it
/// @param delayTold whether its sender knows that it is late
/// @param lease the process that works on it, or 0
public record Schedule(
        Instant created, Instant next, int attempts, boolean held, boolean delayTold, long lease) {
    public Schedule {
        Objects.requireNonNull(created);
        Objects.requireNonNull(next);
    }

    /// @param first when it is due first, `now` or later
    static Schedule fresh(Instant now, Instant first) {
        return new Schedule(now, first, 0, false, false, 0);
    }

    Schedule leased(long owner, Instant until) {
        return new Schedule(created, until, attempts, held, delayTold, owner);
    }

    Schedule due(Instant when) {
        return new Schedule(created, when, attempts, held, delayTold, 0);
    }

    Schedule tried(Instant when) {
        return new Schedule(created, when, attempts + 1, held, delayTold, 0);
    }

    Schedule held(boolean nowHeld, Instant when) {
        return new Schedule(created, when, attempts, nowHeld, delayTold, 0);
    }

    Schedule told() {
        return new Schedule(created, next, attempts, held, true, lease);
    }
}
