package org.facteur.edge.imap;

import java.time.Duration;

/// How long something may still take, on the monotonic clock.
record Patience(long endNanos) {
    static Patience of(Duration total) {
        return new Patience(System.nanoTime() + total.toNanos());
    }

    /// Zero once it is over.
    Duration left() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    /// The time left, or less.
    Duration atMost(Duration step) {
        Duration left = left();
        return left.compareTo(step) < 0 ? left : step;
    }
}
