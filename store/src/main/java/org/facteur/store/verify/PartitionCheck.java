package org.facteur.store.verify;

import java.util.Map;
import java.util.function.Consumer;
import org.facteur.store.blob.BlobId;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.ReadView;

/// What those above the store know of a partition: invariants of mailboxes, of the queue.
public interface PartitionCheck {
    /// Whether this check speaks for a partition. References to blobs are compared with the sum
    /// over all checks that do; where none does, they are not compared.
    boolean covers(PartitionId partition);

    /// Checks one version of a partition.
    ///
    /// @param findings told of each thing that is wrong
    /// @return how often the partition's rows refer to each blob
    Map<BlobId, Long> check(PartitionId partition, ReadView view, Consumer<Finding> findings);
}
