package org.facteur.store.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.facteur.store.blob.BlobId;
import org.facteur.store.kv.Batch;
import org.facteur.store.kv.Change;
import org.facteur.store.kv.Engine;
import org.facteur.store.kv.GarbageSweep;
import org.facteur.store.kv.OrderedRows;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.TransactionMark;
import org.facteur.store.layout.StoredKey;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// A batch sealed and on its way to the disk. Immutable but for its outcome; any thread.
final class PendingCommit implements Engine.Commit {
    private final Batch batch;
    private final List<Batch.Write> writes;
    private final byte[] prefix;
    private final List<Sealed> rows = new ArrayList<>();
    private final List<Sealed> blobs = new ArrayList<>();
    private final CompletableFuture<@Nullable Void> durable = new CompletableFuture<>();
    private List<Path> intents = List.of();
    private long weight;

    /// @param value null to delete
    @SuppressWarnings("ArrayRecordComponent")
    private record Sealed(byte[] key, byte @Nullable [] value) {}

    PendingCommit(Batch batch) {
        this.batch = batch;
        this.prefix = StoredKey.prefix(batch.partition());
        List<Batch.Write> all = new ArrayList<>(batch.writes());
        all.addAll(TransactionMark.of(batch).rows());
        this.writes = List.copyOf(all);
        for (Batch.Write write : writes) {
            byte[] key = StoredKey.of(prefix, write.key());
            byte[] value = write.value();
            add(rows, new Sealed(key, value == null ? null : Seal.seal(key, value)));
        }
        for (BlobId blob : GarbageSweep.removedBy(batch)) {
            add(blobs, new Sealed(StoredKey.join(prefix, blob.toBytes()), null));
        }
    }

    /// Adds a small blob to what is written.
    void inline(BlobId blob, byte[] packed) {
        byte[] key = StoredKey.join(prefix, blob.toBytes());
        add(blobs, new Sealed(key, Seal.seal(key, packed)));
    }

    /// Names the files that stand for links not yet durable.
    void intents(List<Path> files) {
        intents = List.copyOf(files);
    }

    List<Path> intents() {
        return intents;
    }

    Batch batch() {
        return batch;
    }

    long version() {
        return batch.expectedVersion() + 1;
    }

    /// Octets of keys and values.
    long weight() {
        return weight;
    }

    /// Adds the changes to those that wait already.
    OrderedRows<Change> over(OrderedRows<Change> waiting) {
        OrderedRows<Change> changed = waiting;
        for (Batch.Write write : writes) {
            changed = changed.with(write.key(), new Change(write.value(), version()));
        }
        return changed;
    }

    /// Takes the changes, now durable, away, but for rows that a later batch has changed again.
    OrderedRows<Change> outOf(OrderedRows<Change> waiting) {
        OrderedRows<Change> rest = waiting;
        for (Batch.Write write : writes) {
            Change change = rest.get(write.key());
            if (change != null && change.version() == version()) {
                rest = rest.without(write.key());
            }
        }
        return rest;
    }

    void writeTo(WriteBatch group, Database database) throws RocksDBException {
        for (Sealed row : rows) {
            if (row.value == null) {
                group.delete(database.rows(), row.key);
            } else {
                group.put(database.rows(), row.key, row.value);
            }
        }
        for (Sealed blob : blobs) {
            if (blob.value == null) {
                group.delete(database.blobs(), blob.key);
            } else {
                group.put(database.blobs(), blob.key, blob.value);
            }
        }
    }

    void succeeded() {
        durable.complete(null);
    }

    void failed(StoreFault fault) {
        durable.completeExceptionally(fault);
    }

    @Override
    public void await() {
        try {
            durable.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreFault fault) {
                throw new StoreFault(
                        fault.kind(),
                        "version "
                                + version()
                                + " of "
                                + batch.partition()
                                + " is not known to be durable",
                        fault);
            }
            throw e;
        }
    }

    private void add(List<Sealed> to, Sealed sealed) {
        to.add(sealed);
        weight += sealed.key.length + (sealed.value == null ? 0 : sealed.value.length);
    }
}
