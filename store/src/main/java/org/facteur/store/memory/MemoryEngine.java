package org.facteur.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.BlobStore;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.kv.Batch;
import org.facteur.store.kv.Change;
import org.facteur.store.kv.Engine;
import org.facteur.store.kv.GarbageSweep;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.Layered;
import org.facteur.store.kv.OrderedRows;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Snapshot;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.kv.TransactionMark;
import org.jspecify.annotations.Nullable;

/// Keeps every partition on the heap. Any thread.
public final class MemoryEngine implements Engine {
    private final ConcurrentSkipListMap<PartitionId, State> states = new ConcurrentSkipListMap<>();
    private final ReentrantLock commits = new ReentrantLock();
    private final BlobStore blobs = new MemoryBlobs();
    private volatile boolean closed;

    /// One version of one partition; never changed.
    private record State(long version, OrderedRows<Change> rows, Map<BlobId, StagedBlob> blobs) {
        static final State NONE = new State(0, OrderedRows.empty(), Map.of());

        State after(Batch batch) {
            long next = version + 1;
            OrderedRows<Change> changed = rows;
            for (Batch.Write write : all(batch)) {
                changed =
                        write.value() == null
                                ? changed.without(write.key())
                                : changed.with(write.key(), new Change(write.value(), next));
            }
            Map<BlobId, StagedBlob> held = blobs;
            List<BlobId> removed = GarbageSweep.removedBy(batch);
            if (!batch.blobs().isEmpty() || !removed.isEmpty()) {
                held = new HashMap<>(blobs);
                for (StagedBlob blob : batch.blobs()) {
                    held.put(blob.id(), blob);
                }
                removed.forEach(held::remove);
            }
            return new State(next, changed, held);
        }

        private static List<Batch.Write> all(Batch batch) {
            List<Batch.Write> writes = new ArrayList<>(batch.writes());
            writes.addAll(TransactionMark.of(batch).rows());
            return writes;
        }
    }

    @Override
    public Snapshot durable(PartitionId partition) {
        checkOpen();
        State state = states.getOrDefault(partition, State.NONE);
        return new View(new Layered(Nothing.AT_ALL, state.rows, state.version));
    }

    @Override
    public Snapshot newest(PartitionId partition) {
        return durable(partition);
    }

    @Override
    public Commit submit(Batch batch) {
        for (StagedBlob blob : batch.blobs()) {
            if (!(blob instanceof HeapBlob)) {
                throw new IllegalArgumentException("blob " + blob.id() + " of another engine");
            }
        }
        commits.lock();
        try {
            checkOpen();
            State state = states.getOrDefault(batch.partition(), State.NONE);
            if (state.version != batch.expectedVersion()) {
                throw new StoreFault(
                        StoreFault.Kind.CONFLICT,
                        batch.partition() + " is at version " + state.version);
            }
            states.put(batch.partition(), state.after(batch));
            return () -> {};
        } finally {
            commits.unlock();
        }
    }

    @Override
    public Outcome settle(Batch batch) {
        try (Snapshot view = durable(batch.partition())) {
            return TransactionMark.settle(view, batch);
        }
    }

    @Override
    public List<PartitionId> partitions(@Nullable PartitionId after, int limit) {
        checkOpen();
        StoreLimits.checkPage(limit);
        var rest = after == null ? states : states.tailMap(after, false);
        return rest.keySet().stream().limit(limit).toList();
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreFault(StoreFault.Kind.STOPPED, "the store is closed");
        }
    }

    /// What lies under the rows of a partition.
    private enum Nothing implements ReadView {
        AT_ALL;

        @Override
        public long version() {
            return 0;
        }

        @Override
        public Optional<byte[]> find(Key key) {
            return Optional.empty();
        }

        @Override
        public List<Row> scan(KeyRange range, int limit) {
            return List.of();
        }

        @Override
        public List<Row> scanBackwards(KeyRange range, int limit) {
            return List.of();
        }
    }

    private record View(ReadView rows) implements Snapshot {
        @Override
        public long version() {
            return rows.version();
        }

        @Override
        public Optional<byte[]> find(Key key) {
            return rows.find(key);
        }

        @Override
        public List<Row> scan(KeyRange range, int limit) {
            return rows.scan(range, limit);
        }

        @Override
        public List<Row> scanBackwards(KeyRange range, int limit) {
            return rows.scanBackwards(range, limit);
        }

        @Override
        public void close() {
            // a reference to an immutable state holds nothing
        }
    }

    private final class MemoryBlobs implements BlobStore {
        @Override
        public BlobWriter write() {
            checkOpen();
            return new HeapBlobWriter();
        }

        @Override
        public Optional<Blob> find(PartitionId partition, BlobId id) {
            checkOpen();
            State state = states.getOrDefault(partition, State.NONE);
            return Optional.ofNullable(state.blobs.get(id)).map(StagedBlob::open);
        }

        @Override
        public int collect(PartitionId partition, Instant unusedSince) {
            return new GarbageSweep(MemoryEngine.this, partition, unusedSince).run().size();
        }
    }
}
