package org.facteur.store.kv;

import java.util.List;
import org.facteur.store.blob.BlobStore;
import org.jspecify.annotations.Nullable;

/// Where partitions live. Implemented by the memory engine, the embedded one and, later, a
/// distributed one; held together by one contract suite.
///
/// All methods may be called by any thread, virtual threads included.
public interface Engine extends AutoCloseable {
    /// The last durable version of a partition. Never shows what a crash could take back.
    Snapshot durable(PartitionId partition);

    /// The number of a partition's last durable version; 0 for one never written. Asked before
    /// anything remembered is trusted, so engines answer without reading where they can.
    default long version(PartitionId partition) {
        try (Snapshot view = durable(partition)) {
            return view.version();
        }
    }

    /// The newest version, which may hold commits on their way to the disk; only for building a
    /// batch, which becomes durable after them or not at all.
    Snapshot newest(PartitionId partition);

    /// Takes a batch in, in order, without waiting for the disk.
    ///
    /// @throws StoreFault CONFLICT when the newest version is not the expected one: nothing was
    ///   written; FULL or STOPPED likewise
    Commit submit(Batch batch);

    /// Finds out what became of a batch whose commit ended in UNKNOWN_OUTCOME. After the answer
    /// ABSENT the batch can no longer be applied.
    ///
    /// @throws StoreFault UNKNOWN_OUTCOME when even that cannot be known yet
    Outcome settle(Batch batch);

    /// Partitions that were ever written, in order.
    ///
    /// @param after where the last page ended, or null to begin
    List<PartitionId> partitions(@Nullable PartitionId after, int limit);

    BlobStore blobs();

    /// Ends all writing in order and gives everything back. Later calls fail with STOPPED.
    @Override
    void close();

    /// A batch on its way to the disk.
    interface Commit {
        /// Waits until the batch is durable.
        ///
        /// @throws StoreFault UNKNOWN_OUTCOME when the answer was lost, STOPPED when the disk
        ///   failed
        void await();
    }

    /// What became of a batch.
    enum Outcome {
        COMMITTED,
        ABSENT
    }
}
