package org.facteur.net.listen;

import java.time.Duration;

/// A point on the monotonic clock.
record Deadline(long nanoTime) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /// 0 or less once it has passed.
    long nanosLeft() {
        return nanoTime - System.nanoTime();
    }
}
