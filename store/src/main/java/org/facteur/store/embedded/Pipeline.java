package org.facteur.store.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.facteur.store.kv.Change;
import org.facteur.store.kv.OrderedRows;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.StoreFault;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From submitted to durable: the queue, the newest versions laid over the durable state, and the
/// one thread that writes and syncs.
///
/// One lock guards all fields; nothing slow happens under it. It is never held over a native call
/// but for giving an old snapshot back.
final class Pipeline {
    /// What one sync carries at most.
    static final int GROUP_BATCHES = 2048;

    private static final long GROUP_BYTES = 8L << 20;
    private static final int QUEUE_BATCHES = 8192;
    private static final long QUEUE_BYTES = 64L << 20;
    private static final int KNOWN_PARTITIONS = 65_536;
    private static final long DRAIN_NANOS = 30_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    /// One write with one sync: the place where tests let the disk fail.
    @FunctionalInterface
    interface SyncedWrite {
        void write(WriteBatch group) throws RocksDBException;
    }

    /// The newest version of a partition, and the changes of it that are not durable yet.
    private static final class Newest {
        private long version;
        private OrderedRows<Change> waiting = OrderedRows.empty();
        private int commits;
        private @Nullable PendingCommit last;

        Newest(long version) {
            this.version = version;
        }
    }

    /// A durable state, held for its receiver, and what lies over it.
    ///
    /// @param version null when it is that of the durable state
    record Held(DurableState state, OrderedRows<Change> waiting, @Nullable Long version) {}

    private final Database database;
    private final SyncedWrite disk;
    private final Consumer<List<PendingCommit>> whenDurable;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Condition quiet = lock.newCondition();
    private final ArrayDeque<PendingCommit> queue = new ArrayDeque<>();
    private final Map<PartitionId, Newest> partitions = new LinkedHashMap<>(64, 0.75f, true);
    private final Thread committer;
    private long queuedBytes;
    private DurableState durable;
    private int readers;
    private boolean closing;
    private boolean released;
    private @Nullable StoreFault stopped;

    /// @param whenDurable told of each group after its sync, before the waiting threads are
    Pipeline(Database database, SyncedWrite disk, Consumer<List<PendingCommit>> whenDurable) {
        this.database = database;
        this.disk = disk;
        this.whenDurable = whenDurable;
        this.durable = new DurableState(database.db());
        this.committer = Thread.ofPlatform().name("store-committer").daemon().unstarted(this::run);
    }

    void start() {
        committer.start();
    }

    /// The durable state; to be given back with [#leave].
    DurableState enter() {
        lock.lock();
        try {
            checkOpen();
            return hold();
        } finally {
            lock.unlock();
        }
    }

    void leave(DurableState state) {
        state.leave();
        lock.lock();
        try {
            if (--readers == 0) {
                quiet.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The newest state of a partition; its durable part is to be given back with [#leave].
    Held newest(PartitionId partition) {
        lock.lock();
        try {
            checkWriting();
            Newest known = partitions.get(partition);
            return known == null
                    ? new Held(hold(), OrderedRows.empty(), null)
                    : new Held(hold(), known.waiting, known.version);
        } finally {
            lock.unlock();
        }
    }

    /// The durable state, to be given back with [#leave], with the partition's version in it where
    /// that is known: no commit of it is on its way to the disk.
    Held settled(PartitionId partition) {
        lock.lock();
        try {
            checkOpen();
            Newest known = partitions.get(partition);
            return new Held(
                    hold(),
                    OrderedRows.empty(),
                    known == null || known.commits > 0 ? null : known.version);
        } finally {
            lock.unlock();
        }
    }

    /// Remembers a partition's version as read from a durable state, if nothing came between.
    void learn(PartitionId partition, DurableState seen, long version) {
        lock.lock();
        try {
            if (seen == durable && !partitions.containsKey(partition)) {
                partitions.put(partition, new Newest(version));
                forgetOldest();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Queues a commit, waiting for room.
    ///
    /// @return false when the partition's version is not known and must be learned first
    /// @throws StoreFault CONFLICT or STOPPED
    boolean submit(PendingCommit commit) {
        lock.lock();
        try {
            checkWriting();
            while (queue.size() >= QUEUE_BATCHES || queuedBytes >= QUEUE_BYTES) {
                room.awaitUninterruptibly();
                checkWriting();
            }
            PartitionId partition = commit.batch().partition();
            Newest newest = partitions.get(partition);
            if (newest == null) {
                return false;
            }
            if (newest.version != commit.batch().expectedVersion()) {
                throw new StoreFault(
                        StoreFault.Kind.CONFLICT, partition + " is at version " + newest.version);
            }
            newest.version = commit.version();
            newest.waiting = commit.over(newest.waiting);
            newest.commits++;
            newest.last = commit;
            queue.add(commit);
            queuedBytes += commit.weight();
            work.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The last commit of a partition that waits for the disk.
    @Nullable PendingCommit last(PartitionId partition) {
        lock.lock();
        try {
            Newest newest = partitions.get(partition);
            return newest == null ? null : newest.last;
        } finally {
            lock.unlock();
        }
    }

    /// Writes what is queued, stops the committer, waits for readers to leave.
    ///
    /// @return whether all readers have left, so that native memory may be given back
    boolean closeAndRelease() {
        lock.lock();
        try {
            closing = true;
            work.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (committer.isAlive()) {
            try {
                committer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        boolean left = awaitReaders();
        if (left && !released) {
            released = true;
            durable.leave();
        } else {
            left = false;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return left;
    }

    /// Whether no write has failed.
    boolean writing() {
        lock.lock();
        try {
            return stopped == null;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitReaders() {
        lock.lock();
        try {
            long nanos = DRAIN_NANOS;
            while (readers > 0 && nanos > 0) {
                nanos = quiet.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return readers == 0;
    }

    private DurableState hold() {
        durable.enter();
        readers++;
        return durable;
    }

    private void checkOpen() {
        if (closing) {
            throw new StoreFault(StoreFault.Kind.STOPPED, "the store is closed");
        }
    }

    private void checkWriting() {
        checkOpen();
        StoreFault fault = stopped;
        if (fault != null) {
            throw new StoreFault(StoreFault.Kind.STOPPED, "writing has ended", fault);
        }
    }

    private void forgetOldest() {
        Iterator<Newest> oldest = partitions.values().iterator();
        while (partitions.size() > KNOWN_PARTITIONS && oldest.hasNext()) {
            if (oldest.next().commits == 0) {
                oldest.remove();
            }
        }
    }

    private void run() {
        List<PendingCommit> group = new ArrayList<>();
        while (take(group)) {
            StoreFault fault = write(group);
            if (fault != null) {
                stop(fault, group);
                return;
            }
            publish(group);
            for (PendingCommit commit : group) {
                commit.succeeded();
            }
            group.clear();
        }
    }

    /// Waits for work. False when the store closes and nothing is left.
    private boolean take(List<PendingCommit> group) {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                if (closing) {
                    return false;
                }
                work.awaitUninterruptibly();
            }
            long bytes = 0;
            while (!queue.isEmpty() && group.size() < GROUP_BATCHES && bytes < GROUP_BYTES) {
                PendingCommit next = queue.remove();
                bytes += next.weight();
                group.add(next);
            }
            queuedBytes -= bytes;
            room.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable StoreFault write(List<PendingCommit> group) {
        try (WriteBatch batch = new WriteBatch()) {
            for (PendingCommit commit : group) {
                commit.writeTo(batch, database);
            }
            disk.write(batch);
            return null;
        } catch (RocksDBException | RuntimeException e) {
            LOG.error("writing to the store has failed and ends until a restart", e);
            return new StoreFault(StoreFault.Kind.STOPPED, "a write or sync has failed", e);
        }
    }

    private void publish(List<PendingCommit> group) {
        DurableState fresh = new DurableState(database.db());
        DurableState old;
        lock.lock();
        try {
            old = durable;
            durable = fresh;
            for (PendingCommit commit : group) {
                Newest newest = partitions.get(commit.batch().partition());
                if (newest != null) {
                    newest.waiting = commit.outOf(newest.waiting);
                    if (--newest.commits == 0) {
                        newest.last = null;
                    }
                }
            }
        } finally {
            lock.unlock();
        }
        old.leave();
        try {
            whenDurable.accept(group);
        } catch (RuntimeException e) {
            LOG.warn("after a commit", e);
        }
    }

    private void stop(StoreFault fault, List<PendingCommit> group) {
        List<PendingCommit> lost = new ArrayList<>(group);
        lock.lock();
        try {
            stopped = fault;
            lost.addAll(queue);
            queue.clear();
            queuedBytes = 0;
            partitions.clear();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        for (PendingCommit commit : lost) {
            commit.failed(fault);
        }
    }
}
