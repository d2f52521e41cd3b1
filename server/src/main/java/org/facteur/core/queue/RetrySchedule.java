package org.facteur.core.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When to try again and when to give up (RFC 5321 §4.5.4.1).
///
/// @param first the wait after the first failure; each further one is twice as long
/// @param longest the longest wait
/// @param life how long an item is tried
/// @param lifeOfReports the same for letters with an empty sender, which nobody misses
public record RetrySchedule(
        Duration first, Duration longest, Duration life, Duration lifeOfReports) {
    public static final RetrySchedule DEFAULT =
            new RetrySchedule(
                    Duration.ofMinutes(1),
                    Duration.ofHours(4),
                    Duration.ofDays(5),
                    Duration.ofDays(1));

    private static final int SPREAD_PERCENT = 20;
    private static final int MOST_DOUBLINGS = 30;

    public RetrySchedule {
        Objects.requireNonNull(first);
        Objects.requireNonNull(longest);
        Objects.requireNonNull(life);
        Objects.requireNonNull(lifeOfReports);
    }

    /// @param attempts how often it was tried, 1 or more
    Duration wait(int attempts, RandomGenerator random) {
        long millis = first.toMillis() << Math.min(MOST_DOUBLINGS, attempts - 1);
        long capped = Math.min(millis <= 0 ? Long.MAX_VALUE : millis, longest.toMillis());
        long spread = capped * SPREAD_PERCENT / 100;
        return Duration.ofMillis(capped - spread + random.nextLong(2 * spread + 1));
    }

    /// The life of a letter that was held back begins when it may leave (RFC 4865 §4).
    boolean expired(QueueItem item, Instant now) {
        @Nullable Object sender = item.origin().sender();
        return now.isAfter(item.released().plus(sender == null ? lifeOfReports : life));
    }
}
