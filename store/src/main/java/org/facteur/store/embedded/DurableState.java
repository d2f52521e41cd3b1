package org.facteur.store.embedded;

import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.Snapshot;

/// What the last sync made durable, shared by all who read it and given back by the last of them.
final class DurableState {
    private final RocksDB db;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private final AtomicInteger users = new AtomicInteger(1);

    /// The state as RocksDB has it now; the maker is its first user.
    DurableState(RocksDB db) {
        this.db = db;
        this.snapshot = db.getSnapshot();
        this.options = new ReadOptions().setVerifyChecksums(true).setSnapshot(snapshot);
    }

    ReadOptions options() {
        return options;
    }

    /// One more user; called by one who knows that there is another.
    void enter() {
        users.incrementAndGet();
    }

    void leave() {
        if (users.decrementAndGet() == 0) {
            options.close();
            db.releaseSnapshot(snapshot);
            snapshot.close();
        }
    }
}
