package org.facteur.edge.relay;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.facteur.base.fault.Busy;
import org.facteur.core.queue.Berth;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries letters out. [#start] and [#close] once each; everything else runs on threads of its
/// own.
public final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /// The longest sleep: clocks jump, and what was due may have changed unseen.
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    /// After the store refused, before it is asked again.
    private static final Duration AFTER_FAULT = Duration.ofSeconds(5);

    private static final Duration STOP = Duration.ofSeconds(10);

    private final RelaySettings settings;
    private final RelayServices services;
    private final Courier.Tools tools;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int working;
    private boolean mayBeDue = true;
    private boolean stopping;
    private @Nullable Thread leader;

    public Relay(RelaySettings settings, RelayServices services) {
        this.settings = settings;
        this.services = services;
        this.tools =
                new Courier.Tools(
                        settings,
                        services,
                        new Outgoing(services.queue()),
                        new Routes(
                                settings,
                                services.outside().exchangers(),
                                services.routes(),
                                services.routes().sources()),
                        new SessionPool(services.clock()),
                        new Settler(services.queue()));
    }

    /// Begins. What waits in the queue is found out meanwhile.
    public void start() {
        services.queue().watch(this::wake);
        leader = Thread.ofVirtual().name("relay").start(this::lead);
    }

    /// Something may be due. Only signals.
    private void wake() {
        lock.lock();
        try {
            mayBeDue = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void lead() {
        try {
            load();
            while (awaitWork()) {
                begin();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void load() throws InterruptedException {
        while (true) {
            try {
                services.queue().load();
                return;
            } catch (RuntimeException fault) {
                LOG.error("the queue cannot be read", fault);
                rest();
            }
        }
    }

    /// Sleeps until something is due and a worker is free.
    ///
    /// @return false when it is time to stop
    private boolean awaitWork() throws InterruptedException {
        while (true) {
            boolean resting = tools.pool().sweep();
            Duration wait = services.queue().untilNext().orElse(LONGEST_SLEEP);
            Duration longest = resting ? SessionPool.IDLE : LONGEST_SLEEP;
            lock.lockInterruptibly();
            try {
                if (stopping) {
                    return false;
                }
                if (working >= settings.workers()) {
                    changed.await();
                } else if (!wait.isPositive() || mayBeDue) {
                    mayBeDue = false;
                    return true;
                } else {
                    changed.awaitNanos((wait.compareTo(longest) > 0 ? longest : wait).toNanos());
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /// Sends a courier to each destination whose turn it is, while there are any.
    private void begin() throws InterruptedException {
        try {
            while (free()) {
                Berth place = services.queue().enter().orElse(null);
                if (place == null) {
                    return;
                }
                lock.lock();
                try {
                    working++;
                } finally {
                    lock.unlock();
                }
                Thread.ofVirtual().name("courier").start(() -> work(place));
            }
        } catch (RuntimeException fault) {
            LOG.error("the queue cannot be read", fault);
            rest();
        }
    }

    private boolean free() {
        lock.lock();
        try {
            return !stopping && working < settings.workers();
        } finally {
            lock.unlock();
        }
    }

    private boolean stopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    /// The store is asked again after a while, and not at once.
    private void rest() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = AFTER_FAULT.toNanos();
            while (!stopping && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private void work(Berth place) {
        try (Courier courier = new Courier(tools, place, this::stopping)) {
            try {
                courier.run();
            } catch (Busy busy) {
                LOG.warn("letters wait: {}", busy.getMessage());
                courier.fail();
            } catch (RuntimeException bug) {
                LOG.error("letters wait after a fault", bug);
                courier.fail();
            }
        } catch (RuntimeException fault) {
            LOG.error("a courier's letters stay where they are until the next start", fault);
        } finally {
            lock.lock();
            try {
                working--;
                mayBeDue = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// Begins nothing new and waits a while for what is under way; the rest is taken back by the
    /// next process.
    @Override
    public void close() {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
            long nanos = STOP.toNanos();
            while (working > 0 && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        Thread leading = leader;
        if (leading != null) {
            leading.interrupt();
            try {
                leading.join(STOP);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        tools.pool().close();
        tools.settler().close();
    }
}
