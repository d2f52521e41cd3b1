package org.facteur.trial.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waiting for a moment, between two looks at something that gives no sign.
final class Pause {
    private Pause() {}

    static void of(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
