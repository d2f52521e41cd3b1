package org.facteur.core.submission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.facteur.core.account.AccountId;
import org.facteur.core.shelf.ItemKind;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Store;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When which account is to be looked at. Rows outlive the process; one thread looks. Any thread
/// may add.
///
/// A row says only "look": whoever looks finds out what is due. Rows of kinds nobody handles stay.
public final class Agenda implements AutoCloseable {
    private static final PartitionId SYSTEM = new PartitionId(PartitionId.Realm.SYSTEM, 0);
    private static final Logger LOG = LoggerFactory.getLogger(Agenda.class);
    private static final int FORMAT = 1;
    private static final int PAGE = 100;
    private static final Duration LONGEST_REST = Duration.ofSeconds(60);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(60);

    private final Partition partition;
    private final InstantSource clock;
    private final Map<ItemKind, Consumer<AccountId>> handlers = new EnumMap<>(ItemKind.class);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread = Thread.ofVirtual().name("agenda").unstarted(this::run);
    private boolean added;
    private boolean closed;

    public Agenda(Store store, InstantSource clock) {
        this.partition = store.partition(SYSTEM);
        this.clock = clock;
    }

    /// Says who looks when something of a kind is due; before [#start].
    public void handle(ItemKind kind, Consumer<AccountId> handler) {
        handlers.put(kind, handler);
    }

    /// Begins to look.
    public void start() {
        thread.start();
    }

    /// Has an account looked at, at an instant or a little later. Durable when this returns.
    public void add(Instant when, ItemKind kind, AccountId account) {
        partition.write(
                tx -> {
                    tx.put(
                            Layout.agenda(when.toEpochMilli(), kind.code(), account.number(), 0),
                            new Encoder(FORMAT).toBytes());
                    return true;
                });
        lock.lock();
        try {
            added = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            Duration left = Duration.ZERO;
            while (rest(left)) {
                left = look();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// A store that cannot be read or written now is asked again later: what is due must not wait
    /// for a restart.
    ///
    /// @return how long there is nothing to do
    private Duration look() {
        try {
            work();
            return untilNext();
        } catch (RuntimeException failed) {
            LOG.warn("what is due could not be looked at; it is tried again", failed);
            return AFTER_FAILURE;
        }
    }

    private Duration untilNext() {
        return partition
                .read(view -> first(view))
                .map(row -> Layout.number(row.key(), 0) - clock.millis())
                .map(left -> Duration.ofMillis(Math.clamp(left, 0, LONGEST_REST.toMillis())))
                .orElse(LONGEST_REST);
    }

    /// The first row of a kind somebody handles. Others were written by a later program, or by one
    /// that could do more, and wait for it.
    private Optional<Row> first(ReadView view) {
        KeyRange rest = Layout.all(Table.AGENDA);
        while (true) {
            List<Row> rows = view.scan(rest, PAGE);
            for (Row row : rows) {
                if (handler(row) != null) {
                    return Optional.of(row);
                }
            }
            if (rows.size() < PAGE) {
                return Optional.empty();
            }
            rest = rest.after(rows.getLast());
        }
    }

    private Map.@Nullable Entry<ItemKind, Consumer<AccountId>> handler(Row row) {
        long code = Layout.number(row.key(), 1);
        for (Map.Entry<ItemKind, Consumer<AccountId>> each : handlers.entrySet()) {
            if (each.getKey().code() == code) {
                return each;
            }
        }
        return null;
    }

    /// Waits so long, or until something was added.
    ///
    /// @return false at the end
    private boolean rest(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long nanos = time.toNanos();
            while (!closed && !added && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            added = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /// Does everything that is due now.
    void work() {
        long now = clock.millis();
        for (Row row : due(now)) {
            Map.Entry<ItemKind, Consumer<AccountId>> handler = handler(row);
            if (handler != null) {
                look(row, handler);
            }
        }
    }

    /// Rows that are due and that somebody handles, a page at most.
    private List<Row> due(long now) {
        return partition.read(
                view -> {
                    List<Row> due = new ArrayList<>();
                    KeyRange rest = Layout.all(Table.AGENDA);
                    while (true) {
                        List<Row> rows = view.scan(rest, PAGE);
                        for (Row row : rows) {
                            if (Layout.number(row.key(), 0) > now || due.size() == PAGE) {
                                return due;
                            }
                            if (handler(row) != null) {
                                due.add(row);
                            }
                        }
                        if (rows.size() < PAGE) {
                            return due;
                        }
                        rest = rest.after(rows.getLast());
                    }
                });
    }

    private void look(Row row, Map.Entry<ItemKind, Consumer<AccountId>> handler) {
        AccountId account = new AccountId(Layout.number(row.key(), 2));
        try {
            handler.getValue().accept(account);
        } catch (RuntimeException failed) {
            LOG.warn("account={} what is due failed; it is tried again", account, failed);
            add(clock.instant().plus(AFTER_FAILURE), handler.getKey(), account);
        }
        partition.write(
                tx -> {
                    tx.delete(row.key());
                    return true;
                });
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
