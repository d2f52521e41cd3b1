package org.facteur.store.kv;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.facteur.store.blob.BlobId;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// Removes a partition's garbage rows, and with them the blobs they name, in transactions.
///
/// Engines use it for [org.facteur.store.blob.BlobStore#collect]. Any thread; beside writers it
/// loses races and runs again.
public final class GarbageSweep {
    private static final int PAGE = 500;
    private static final int ATTEMPTS = 64;

    private final Engine engine;
    private final PartitionId partition;
    private final Instant unusedSince;

    public GarbageSweep(Engine engine, PartitionId partition, Instant unusedSince) {
        this.engine = Objects.requireNonNull(engine);
        this.partition = Objects.requireNonNull(partition);
        this.unusedSince = Objects.requireNonNull(unusedSince);
    }

    /// @return the blobs removed
    /// @throws StoreFault CONFLICT when writers were faster each time
    public List<BlobId> run() {
        List<BlobId> removed = new ArrayList<>();
        KeyRange rest = Layout.all(Table.BLOB_GARBAGE);
        int conflicts = 0;
        while (true) {
            Batch batch;
            List<Row> page;
            List<BlobId> dead = new ArrayList<>();
            try (Snapshot view = engine.newest(partition)) {
                page = view.scan(rest, PAGE);
                batch = batch(view.version(), page, dead);
            }
            try {
                if (!dead.isEmpty()) {
                    engine.submit(batch).await();
                    removed.addAll(dead);
                }
            } catch (StoreFault fault) {
                if (fault.kind() == StoreFault.Kind.CONFLICT && ++conflicts < ATTEMPTS) {
                    Thread.onSpinWait();
                    continue;
                }
                throw fault;
            }
            if (page.size() < PAGE) {
                return removed;
            }
            rest = rest.after(page.getLast());
        }
    }

    private Batch batch(long version, List<Row> page, List<BlobId> dead) {
        List<Batch.Write> writes = new ArrayList<>();
        for (Row row : page) {
            if (!BlobLeft.decode(row.value()).since().isAfter(unusedSince)) {
                writes.add(new Batch.Write(row.key(), null));
                dead.add(Layout.blobOf(row.key()));
            }
        }
        UUID name = UUID.randomUUID();
        TxId txId = new TxId(name.getMostSignificantBits(), name.getLeastSignificantBits());
        return new Batch(partition, version, txId, writes, List.of());
    }

    /// The blobs whose octets a batch removes: their garbage rows go and no references come.
    public static List<BlobId> removedBy(Batch batch) {
        List<BlobId> removed = new ArrayList<>();
        Set<Key> kept = new HashSet<>();
        for (Batch.Write write : batch.writes()) {
            int table = write.key().at(0);
            if (write.value() == null && table == Table.BLOB_GARBAGE.code()) {
                removed.add(Layout.blobOf(write.key()));
            } else if (write.value() != null && table == Table.BLOB_REFERENCES.code()) {
                kept.add(write.key());
            }
        }
        removed.removeIf(blob -> kept.contains(Layout.blobReferences(blob)));
        return removed;
    }
}
