package org.facteur.store.kv;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// One run of a write's work: its changes over the newest view, until they become a [Batch].
///
/// Used by the thread that runs the work; unusable after.
final class BufferedTransaction implements Transaction {
    private final PartitionId partition;
    private final ReadView view;
    private final Instant now;
    private final Map<BlobId, StagedBlob> blobs = new LinkedHashMap<>();
    private OrderedRows<Change> changes = OrderedRows.empty();
    private int bytes;
    private boolean ended;

    /// @param now the instant that garbage rows carry
    BufferedTransaction(PartitionId partition, ReadView view, Instant now) {
        this.partition = partition;
        this.view = view;
        this.now = now;
    }

    @Override
    public long version() {
        return view.version();
    }

    @Override
    public long nextVersion() {
        return view.version() + 1;
    }

    @Override
    public Optional<byte[]> find(Key key) {
        return layered().find(key);
    }

    @Override
    public List<Row> scan(KeyRange range, int limit) {
        return layered().scan(range, limit);
    }

    @Override
    public List<Row> scanBackwards(KeyRange range, int limit) {
        return layered().scanBackwards(range, limit);
    }

    @Override
    public void put(Key key, byte[] value) {
        checkOwned(key);
        change(key, new Change(value.clone(), nextVersion()));
    }

    @Override
    public void delete(Key key) {
        checkOwned(key);
        change(key, new Change(null, nextVersion()));
    }

    @Override
    public int rowsLeft() {
        return StoreLimits.TRANSACTION_ROWS - changes.size();
    }

    @Override
    public int bytesLeft() {
        return StoreLimits.TRANSACTION_BYTES - bytes;
    }

    @Override
    public void keep(StagedBlob blob) {
        BlobId id = blob.id();
        Optional<BlobUse> use = use(id);
        if (!blobs.containsKey(id)) {
            if (blob.size() <= StoreLimits.INLINE_BLOB_BYTES) {
                charge((int) blob.size());
            }
            blobs.put(id, blob);
        }
        count(id, use.map(BlobUse::count).orElse(0L) + 1, blob.size());
    }

    @Override
    public void retain(BlobId blob) {
        Optional<BlobUse> use = use(blob);
        if (use.isPresent()) {
            count(blob, use.get().count() + 1, use.get().size());
            return;
        }
        BlobLeft left =
                find(Layout.blobGarbage(blob))
                        .map(BlobLeft::decode)
                        .orElseThrow(() -> notHeld(blob));
        count(blob, 1, left.size());
    }

    @Override
    public void release(BlobId blob) {
        BlobUse use = use(blob).orElseThrow(() -> notHeld(blob));
        if (use.count() > 1) {
            count(blob, use.count() - 1, use.size());
            return;
        }
        change(Layout.blobReferences(blob), new Change(null, nextVersion()));
        byte[] left = new BlobLeft(nextVersion(), now, use.size()).encode();
        change(Layout.blobGarbage(blob), new Change(left, nextVersion()));
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /// The work as data. Ends the transaction.
    Batch toBatch(TxId txId) {
        end();
        List<Batch.Write> writes = new ArrayList<>(changes.size());
        KeyRange all = new KeyRange(new Key(new byte[1]), null);
        Iterator<OrderedRows.Entry<Change>> entries = changes.iterate(all, false);
        while (entries.hasNext()) {
            OrderedRows.Entry<Change> entry = entries.next();
            writes.add(new Batch.Write(entry.key(), entry.value().value()));
        }
        return new Batch(partition, version(), txId, writes, List.copyOf(blobs.values()));
    }

    /// Makes the transaction useless to work that has leaked it.
    void end() {
        ended = true;
    }

    private Layered layered() {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        }
        return new Layered(view, changes, version());
    }

    private Optional<BlobUse> use(BlobId blob) {
        return find(Layout.blobReferences(blob)).map(BlobUse::decode);
    }

    private void count(BlobId blob, long count, long size) {
        byte[] value = new BlobUse(count, size).encode();
        change(Layout.blobReferences(blob), new Change(value, nextVersion()));
        Key garbage = Layout.blobGarbage(blob);
        if (find(garbage).isPresent()) {
            change(garbage, new Change(null, nextVersion()));
        }
    }

    private void change(Key key, Change change) {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        }
        byte[] value = change.value();
        if (value != null && value.length > StoreLimits.VALUE_BYTES) {
            throw new IllegalArgumentException("value of " + value.length + " octets");
        }
        Change before = changes.get(key);
        if (before == null && rowsLeft() == 0) {
            throw new IllegalArgumentException(
                    "transaction of more than " + StoreLimits.TRANSACTION_ROWS + " rows");
        }
        charge(weight(key, change) - (before == null ? 0 : weight(key, before)));
        changes = changes.with(key, change);
    }

    private void charge(int more) {
        if (bytes + more > StoreLimits.TRANSACTION_BYTES) {
            throw new IllegalArgumentException(
                    "transaction of more than " + StoreLimits.TRANSACTION_BYTES + " octets");
        }
        bytes += more;
    }

    private static int weight(Key key, Change change) {
        byte[] value = change.value();
        return key.length() + (value == null ? 0 : value.length);
    }

    private static void checkOwned(Key key) {
        int table = key.at(0) & 0xff;
        if (table >= Table.META.code() && table <= Table.BLOB_GARBAGE.code()) {
            throw new IllegalArgumentException("row " + key + " is kept by the store");
        }
    }

    private IllegalStateException notHeld(BlobId blob) {
        return new IllegalStateException(partition + " does not hold blob " + blob);
    }
}
