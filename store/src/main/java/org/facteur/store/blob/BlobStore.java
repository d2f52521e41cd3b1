package org.facteur.store.blob;

import java.time.Instant;
import java.util.Optional;
import org.facteur.store.kv.PartitionId;

/// The blobs of an engine.
public interface BlobStore {
    BlobWriter write();

    /// A blob the partition holds durably.
    Optional<Blob> find(PartitionId partition, BlobId id);

    /// Removes garbage of one partition that no row has referred to since an instant.
    ///
    /// Safe at any time beside readers and writers, and after a crash in its middle.
    ///
    /// @return how many blobs were removed
    int collect(PartitionId partition, Instant unusedSince);
}
