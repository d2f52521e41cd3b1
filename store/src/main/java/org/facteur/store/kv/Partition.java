package org.facteur.store.kv;

/// One account, or one realm of the system: what the rest of the program reads and writes.
///
/// Any thread. Writers of one partition take turns inside a process; between processes the version
/// decides and the loser is run again.
public interface Partition {
    PartitionId id();

    /// Looks at the last durable version. The work may run for [StoreLimits] at most 5 s.
    <T> T read(ReadWork<T> work);

    /// Changes the partition.
    ///
    /// The work is pure but for the transaction: it may run more than once, and what it throws
    /// undoes everything. Returns after the commit is durable.
    ///
    /// @throws StoreFault CONFLICT, UNKNOWN_OUTCOME, FULL or STOPPED
    <T> Written<T> write(WriteWork<T> work);

    /// The last durable version.
    long version();

    /// What a read does with a view.
    @FunctionalInterface
    interface ReadWork<T> {
        T on(ReadView view);
    }

    /// What a write does with a transaction.
    @FunctionalInterface
    interface WriteWork<T> {
        T on(Transaction tx);
    }
}
