package org.facteur.edge.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.facteur.base.fault.Busy;
import org.facteur.core.queue.Destination;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.RecipientResult;
import org.facteur.wire.address.Domain;
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

    private static final int LEASED_AT_ONCE = 50;
    private static final Duration STOP = Duration.ofSeconds(10);

    private final RelaySettings settings;
    private final RelayServices services;
    private final Attempt attempt;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Domain, Integer> underWay = new HashMap<>();
    private int working;
    private boolean mayBeDue = true;
    private boolean stopping;
    private @Nullable Thread leader;

    public Relay(RelaySettings settings, RelayServices services) {
        this.settings = settings;
        this.services = services;
        this.attempt = new Attempt(settings, services);
    }

    /// Begins. What an earlier process had begun is taken back first.
    public void start() {
        services.queue().watch(this::wake);
        services.queue().takeBack();
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
            while (awaitWork()) {
                lease();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Sleeps until something is due and a worker is free.
    ///
    /// @return false when it is time to stop
    private boolean awaitWork() throws InterruptedException {
        while (true) {
            Duration wait = untilDue();
            lock.lockInterruptibly();
            try {
                if (stopping) {
                    return false;
                }
                if (working >= settings.workers()) {
                    changed.await();
                } else if (!wait.isPositive()) {
                    mayBeDue = false;
                    return true;
                } else if (mayBeDue) {
                    // Something came while the queue was looked at: look again.
                    mayBeDue = false;
                } else {
                    changed.awaitNanos(wait.toNanos());
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private Duration untilDue() {
        try {
            Instant now = services.clock().instant();
            Duration wait =
                    services.queue()
                            .findNextDue()
                            .map(due -> Duration.between(now, due))
                            .orElse(LONGEST_SLEEP);
            return wait.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : wait;
        } catch (RuntimeException fault) {
            LOG.error("the queue cannot be read", fault);
            return AFTER_FAULT;
        }
    }

    private void lease() throws InterruptedException {
        List<QueueItem> items;
        try {
            int free;
            lock.lock();
            try {
                free = settings.workers() - working;
            } finally {
                lock.unlock();
            }
            items = services.queue().lease(Math.clamp(free, 1, LEASED_AT_ONCE));
        } catch (RuntimeException fault) {
            LOG.error("nothing can be leased from the queue", fault);
            rest();
            return;
        }
        for (QueueItem item : items) {
            lock.lock();
            try {
                working++;
                mayBeDue = true;
            } finally {
                lock.unlock();
            }
            Thread.ofVirtual().name("relay-" + item.id()).start(() -> work(item));
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

    private void work(QueueItem item) {
        Domain domain =
                item.destination() instanceof Destination.Remote(Domain remote) ? remote : null;
        try {
            if (enter(domain)) {
                try {
                    carry(item);
                } finally {
                    leave(domain);
                }
            }
        } catch (Busy busy) {
            LOG.warn("queue item {} waits: {}", item.id(), busy.getMessage());
            giveBack(item);
        } catch (RuntimeException bug) {
            LOG.error("queue item {} failed by a fault", item.id(), bug);
            giveBack(item);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.lock();
            try {
                working--;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// An attempt that came to nothing counts as one: the item is tried again as its schedule says,
    /// and not only when its lease ends.
    private void giveBack(QueueItem item) {
        try {
            services.queue().settle(item, List.of());
        } catch (RuntimeException again) {
            LOG.warn("queue item {} stays leased: {}", item.id(), again.getMessage());
        }
    }

    /// Takes one of a destination's places, waiting for it.
    ///
    /// @return false when it is time to stop
    private boolean enter(@Nullable Domain domain) throws InterruptedException {
        if (domain == null) {
            return true;
        }
        lock.lockInterruptibly();
        try {
            while (!stopping && underWay.getOrDefault(domain, 0) >= settings.perDestination()) {
                changed.await();
            }
            if (!stopping) {
                underWay.merge(domain, 1, Integer::sum);
            }
            return !stopping;
        } finally {
            lock.unlock();
        }
    }

    private void leave(@Nullable Domain domain) {
        if (domain == null) {
            return;
        }
        lock.lock();
        try {
            underWay.computeIfPresent(domain, (name, n) -> n <= 1 ? null : n - 1);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// One item: what was settled before is told first, then the rest is tried.
    private void carry(QueueItem item) {
        if (!item.toTell().isEmpty()) {
            services.bounces().report(item);
        }
        if (item.waiting().isEmpty()) {
            return;
        }
        List<RecipientResult> results =
                switch (item.destination()) {
                    case Destination.Local _ -> services.retry().attempt(item);
                    case Destination.Remote(Domain domain) -> attempt.run(item, domain);
                };
        for (RecipientResult result : results) {
            LOG.info(
                    "queue item {} to {}: {} {}",
                    item.id(),
                    result.address().domain(),
                    result.kind(),
                    result.status());
        }
        services.queue().settle(item, results).ifPresent(this::tell);
    }

    private void tell(QueueItem item) {
        if (!item.toTell().isEmpty()) {
            services.bounces().report(item);
        }
        Instant created = item.schedule().created();
        Instant now = services.clock().instant();
        if (!item.waiting().isEmpty() && now.isAfter(created.plus(settings.tellDelayAfter()))) {
            services.bounces().reportDelayed(item, created.plus(settings.givenUpAfter()));
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
    }
}
