package org.facteur.edge.relay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Sessions between two letters, kept for a few seconds. Any thread.
final class SessionPool implements AutoCloseable {
    /// Longer than this no server is kept waiting for nothing.
    static final Duration IDLE = Duration.ofSeconds(5);

    private static final int MOST = 500;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Way.Key, ArrayDeque<Resting>> resting = new HashMap<>();
    private int count;

    private record Resting(Session session, Instant since) {}

    SessionPool(InstantSource clock) {
        this.clock = clock;
    }

    /// A session that goes a way and is still alive; null when there is none.
    @Nullable Session take(Way.Key way) {
        List<Session> dead = new ArrayList<>();
        try {
            lock.lock();
            try {
                ArrayDeque<Resting> own = resting.get(way);
                while (own != null) {
                    Resting newest = own.pollLast();
                    if (newest == null) {
                        return null;
                    }
                    count--;
                    if (own.isEmpty()) {
                        resting.remove(way);
                    }
                    if (newest.session().usable()) {
                        return newest.session();
                    }
                    dead.add(newest.session());
                }
                return null;
            } finally {
                lock.unlock();
            }
        } finally {
            dead.forEach(Session::close);
        }
    }

    /// Keeps a session for whoever comes next; ends it when it cannot be used again.
    void give(Way.Key way, Session session) {
        boolean kept = false;
        if (session.usable()) {
            lock.lock();
            try {
                if (count < MOST) {
                    resting.computeIfAbsent(way, key -> new ArrayDeque<>())
                            .addLast(new Resting(session, clock.instant()));
                    count++;
                    kept = true;
                }
            } finally {
                lock.unlock();
            }
        }
        if (!kept) {
            session.close();
        }
    }

    /// Ends sessions that nobody wanted for a while.
    ///
    /// @return whether any is left
    boolean sweep() {
        return end(clock.instant().minus(IDLE));
    }

    private boolean end(Instant notAfter) {
        List<Session> ended = new ArrayList<>();
        boolean left;
        lock.lock();
        try {
            for (Iterator<ArrayDeque<Resting>> all = resting.values().iterator(); all.hasNext(); ) {
                ArrayDeque<Resting> own = all.next();
                while (!own.isEmpty() && !own.peekFirst().since().isAfter(notAfter)) {
                    ended.add(own.pollFirst().session());
                    count--;
                }
                if (own.isEmpty()) {
                    all.remove();
                }
            }
            left = !resting.isEmpty();
        } finally {
            lock.unlock();
        }
        ended.forEach(Session::close);
        return left;
    }

    @Override
    public void close() {
        end(Instant.MAX);
    }
}
