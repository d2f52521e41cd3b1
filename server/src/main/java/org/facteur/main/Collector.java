package org.facteur.main;

import java.time.Duration;
import java.util.List;
import org.facteur.store.kv.PartitionId;
import org.jspecify.annotations.Nullable;

/// Removes blobs nobody refers to any more, partition by partition.
final class Collector {
    private static final int PAGE = 1000;

    private final PostOffice office;
    private final Duration unused;

    /// @param unused how long ago the last reference must have ended: readers may still be at it
    Collector(PostOffice office, Duration unused) {
        this.office = office;
        this.unused = unused;
    }

    void run() {
        @Nullable PartitionId after = null;
        List<PartitionId> page;
        do {
            page = office.store().partitions(after, PAGE);
            for (PartitionId partition : page) {
                office.store().blobs().collect(partition, office.clock().instant().minus(unused));
                after = partition;
            }
        } while (page.size() == PAGE);
    }
}
