package org.facteur.store.kv;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.facteur.store.blob.BlobStore;
import org.jspecify.annotations.Nullable;

/// A store over any engine: turns of writers, buffered transactions, conflicts and unknown
/// outcomes.
///
/// Closing it closes the engine.
public final class EngineStore implements Store {
    /// How often a write is run before its conflict or unknown outcome is given to the caller.
    static final int ATTEMPTS = 16;

    private static final long FIRST_PAUSE_NANOS = 100_000;
    private static final int PAUSE_DOUBLINGS = 10;

    private final Engine engine;
    private final RandomGenerator ids;
    private final InstantSource clock;
    private final ReentrantLock idsLock = new ReentrantLock();
    private final Turns turns = new Turns();

    /// @param engine belongs to the store from here on
    /// @param ids names transactions; used by one thread at a time; unguessable names are not
    ///   needed, distinct ones are, between processes too
    /// @param clock dates garbage
    public EngineStore(Engine engine, RandomGenerator ids, InstantSource clock) {
        this.engine = Objects.requireNonNull(engine);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public Partition partition(PartitionId id) {
        return new EnginePartition(id, engine, this);
    }

    @Override
    public List<PartitionId> partitions(@Nullable PartitionId after, int limit) {
        return engine.partitions(after, limit);
    }

    @Override
    public BlobStore blobs() {
        return engine.blobs();
    }

    @Override
    public void close() {
        engine.close();
    }

    Turns turns() {
        return turns;
    }

    InstantSource clock() {
        return clock;
    }

    TxId nextTxId() {
        idsLock.lock();
        try {
            return new TxId(ids.nextLong(), ids.nextLong());
        } finally {
            idsLock.unlock();
        }
    }

    /// Waits a random time that doubles with each attempt: 0.1 ms at first, 0.1 s at most.
    ///
    /// @param attempt from 1
    void pause(int attempt) {
        long most = FIRST_PAUSE_NANOS << Math.min(attempt - 1, PAUSE_DOUBLINGS);
        long nanos;
        idsLock.lock();
        try {
            nanos = ids.nextLong(most / 2, most);
        } finally {
            idsLock.unlock();
        }
        LockSupport.parkNanos(nanos);
    }
}
