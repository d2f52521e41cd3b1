package org.facteur.store.kv;

import java.util.List;
import org.facteur.store.blob.BlobStore;
import org.jspecify.annotations.Nullable;

/// A whole store as the rest of the program sees it.
public interface Store extends AutoCloseable {
    /// The partition with this name; it exists once it is written.
    Partition partition(PartitionId id);

    /// Partitions that were ever written, in order.
    List<PartitionId> partitions(@Nullable PartitionId after, int limit);

    BlobStore blobs();

    @Override
    void close();
}
