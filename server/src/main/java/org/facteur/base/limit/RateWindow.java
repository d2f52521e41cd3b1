package org.facteur.base.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.IntSupplier;

/// So many of something per key within a sliding window. Any thread.
///
/// The window moves in twentieths, and what was used in a twentieth that has begun to leave counts
/// until it has left: a key never gets more than its limit within any window.
///
/// @param <K> who is counted; equal keys share
public final class RateWindow<K> {
    private static final int SLICES = 20;

    private final long sliceMillis;
    private final IntSupplier limit;
    private final InstantSource clock;
    private final Cache<K, Used> used;

    /// What one key used; its own lock.
    private static final class Used {
        private final int[] slices = new int[SLICES + 1];
        private long newest;

        int total(long now) {
            long steps = Math.clamp(now - newest, 0, slices.length);
            for (long i = 1; i <= steps; i++) {
                slices[(int) Math.floorMod(newest + i, (long) slices.length)] = 0;
            }
            newest = Math.max(newest, now);
            int total = 0;
            for (int slice : slices) {
                total += slice;
            }
            return total;
        }

        void add(int count) {
            slices[(int) Math.floorMod(newest, (long) slices.length)] += count;
        }
    }

    /// @param window how long a use counts
    /// @param limit uses per key and window, 1 or more
    /// @param mostKeys keys remembered; the least used are forgotten first
    public RateWindow(Duration window, int limit, int mostKeys, InstantSource clock) {
        this(window, () -> limit, mostKeys, clock);
        if (limit < 1) {
            throw new IllegalArgumentException(limit + " per " + window);
        }
    }

    /// As above, with a limit that may change; what was used counts on.
    public RateWindow(Duration window, IntSupplier limit, int mostKeys, InstantSource clock) {
        if (window.toMillis() < SLICES) {
            throw new IllegalArgumentException("a window of " + window);
        }
        this.sliceMillis = window.toMillis() / SLICES;
        this.limit = limit;
        this.clock = clock;
        this.used = Caffeine.newBuilder().maximumSize(mostKeys).build();
    }

    /// Uses some, if all of them are left.
    ///
    /// @return false when they are not; then nothing was used
    public boolean take(K key, int count) {
        Used mine = used.get(key, fresh -> new Used());
        long now = Math.floorDiv(clock.millis(), sliceMillis);
        synchronized (mine) {
            if ((long) mine.total(now) + count > limit.getAsInt()) {
                return false;
            }
            mine.add(count);
            return true;
        }
    }
}
