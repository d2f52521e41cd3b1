package org.facteur.store.kv;

import java.util.List;
import java.util.Optional;

/// One version of a partition, to look at.
///
/// Used by one thread, inside the work that received it.
public interface ReadView {
    /// How many transactions this view has seen; 0 is a partition nobody has written.
    long version();

    /// @return the value, which belongs to the caller
    /// @throws StoreFault [StoreFault.Kind#CORRUPT] when the row is not what was written
    Optional<byte[]> find(Key key);

    /// Rows in ascending order of key.
    ///
    /// @param limit 1 to [StoreLimits#SCAN_ROWS]; a full page means there may be more
    List<Row> scan(KeyRange range, int limit);

    /// Rows in descending order of key.
    ///
    /// @param limit 1 to [StoreLimits#SCAN_ROWS]
    List<Row> scanBackwards(KeyRange range, int limit);
}
