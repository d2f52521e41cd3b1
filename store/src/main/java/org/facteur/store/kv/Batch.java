package org.facteur.store.kv;

import java.util.List;
import java.util.Objects;
import org.facteur.store.blob.StagedBlob;
import org.jspecify.annotations.Nullable;

/// One transaction as data: an engine may group, ship or replay it.
///
/// @param expectedVersion the partition's version the work has seen; the commit makes it one more
/// @param writes at most one per key
/// @param blobs blobs that become durable with it
public record Batch(
        PartitionId partition,
        long expectedVersion,
        TxId txId,
        List<Write> writes,
        List<StagedBlob> blobs) {
    /// A row to put, or, without a value, to delete.
    ///
    /// @param value belongs to the batch from here on
    @SuppressWarnings("ArrayRecordComponent")
    public record Write(Key key, byte @Nullable [] value) {}

    public Batch {
        Objects.requireNonNull(partition);
        Objects.requireNonNull(txId);
        writes = List.copyOf(writes);
        blobs = List.copyOf(blobs);
    }
}
