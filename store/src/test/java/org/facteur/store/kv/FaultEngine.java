package org.facteur.store.kv;

import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import org.facteur.store.blob.BlobStore;
import org.jspecify.annotations.Nullable;

/// An engine whose commits go wrong: by chance from a seed, or at one call that a test names.
///
/// The property `facteur.seed` replays a run; a failing test prints the seed by [#toString].
public final class FaultEngine implements Engine {
    /// What goes wrong with a commit.
    public enum Fault {
        /// A rival was faster.
        CONFLICT,
        /// The answer is lost; the commit happened.
        LOST_ANSWER,
        /// The answer is lost; the commit did not happen.
        LOST_REQUEST,
        /// No room.
        FULL,
        /// The engine ends all writing.
        STOPPED
    }

    private final Engine engine;
    private final long seed;
    private final Random random;
    private final int percent;
    private final List<Fault> faults;
    private final ReentrantLock lock = new ReentrantLock();
    private long calls;
    private long faultAt = -1;
    private long unsettled;
    private boolean stopped;

    /// @param percent of the commits go wrong, each in one of the ways of `faults`
    public FaultEngine(Engine engine, long seed, int percent, List<Fault> faults) {
        this.engine = engine;
        this.seed = Long.getLong("facteur.seed", seed);
        this.random = new Random(this.seed);
        this.percent = percent;
        this.faults = List.copyOf(faults);
    }

    /// Lets only one commit go wrong: the n-th from now, counted from 0.
    public static FaultEngine at(Engine engine, long n, Fault fault) {
        FaultEngine made = new FaultEngine(engine, 0, 0, List.of(fault));
        made.faultAt = n;
        return made;
    }

    /// How many commits were tried.
    public long calls() {
        return calls;
    }

    @Override
    public Snapshot durable(PartitionId partition) {
        return engine.durable(partition);
    }

    @Override
    public Snapshot newest(PartitionId partition) {
        return engine.newest(partition);
    }

    @Override
    public Commit submit(Batch batch) {
        Fault fault = next();
        return fault == null ? engine.submit(batch) : faulty(batch, fault);
    }

    @Override
    public Outcome settle(Batch batch) {
        lock.lock();
        try {
            if (unsettled > 0 && random.nextInt(2) == 0) {
                unsettled--;
                throw new StoreFault(StoreFault.Kind.UNKNOWN_OUTCOME, "not yet, " + this);
            }
        } finally {
            lock.unlock();
        }
        return engine.settle(batch);
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

    @Override
    public String toString() {
        return "facteur.seed=" + seed;
    }

    private @Nullable Fault next() {
        lock.lock();
        try {
            long call = calls++;
            if (stopped) {
                return Fault.STOPPED;
            }
            if (call == faultAt || random.nextInt(100) < percent) {
                Fault fault = faults.get(random.nextInt(faults.size()));
                stopped = fault == Fault.STOPPED;
                return fault;
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private Commit faulty(Batch batch, Fault fault) {
        return switch (fault) {
            case CONFLICT -> throw new StoreFault(StoreFault.Kind.CONFLICT, toString());
            case FULL -> throw new StoreFault(StoreFault.Kind.FULL, toString());
            case STOPPED -> throw new StoreFault(StoreFault.Kind.STOPPED, toString());
            case LOST_REQUEST -> lost();
            case LOST_ANSWER -> {
                engine.submit(batch);
                yield lost();
            }
        };
    }

    private Commit lost() {
        lock.lock();
        try {
            unsettled++;
        } finally {
            lock.unlock();
        }
        return () -> {
            throw new StoreFault(StoreFault.Kind.UNKNOWN_OUTCOME, toString());
        };
    }
}
