package org.facteur.store.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.kv.TransactionMark;
import org.facteur.store.layout.StoredKey;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// The durable rows of one partition; the state it reads must be held by its user.
final class RowReader implements ReadView {
    private static final long UNREAD = -1;

    private final Database database;
    private final DurableState state;
    private final PartitionId partition;
    private final byte[] prefix;
    private long version = UNREAD;

    RowReader(Database database, DurableState state, PartitionId partition) {
        this.database = database;
        this.state = state;
        this.partition = partition;
        this.prefix = StoredKey.prefix(partition);
    }

    @Override
    public long version() {
        if (version == UNREAD) {
            version = TransactionMark.newest(this).map(TransactionMark::version).orElse(0L);
        }
        return version;
    }

    @Override
    public Optional<byte[]> find(Key key) {
        byte[] stored = StoredKey.of(prefix, key);
        byte[] sealed;
        try {
            sealed = database.db().get(database.rows(), state.options(), stored);
        } catch (RocksDBException e) {
            throw Seal.corrupt(stored, e);
        }
        return sealed == null ? Optional.empty() : Optional.of(Seal.open(stored, sealed));
    }

    @Override
    public List<Row> scan(KeyRange range, int limit) {
        StoreLimits.checkPage(limit);
        byte[] end = StoredKey.end(prefix, range.end());
        List<Row> rows = new ArrayList<>();
        try (RocksIterator at = database.db().newIterator(database.rows(), state.options())) {
            at.seek(StoredKey.of(prefix, range.start()));
            while (rows.size() < limit && at.isValid()) {
                byte[] stored = at.key();
                if (Arrays.compareUnsigned(stored, end) >= 0) {
                    break;
                }
                rows.add(row(stored, at.value()));
                at.next();
            }
            at.status();
        } catch (RocksDBException e) {
            throw unreadable(range, e);
        }
        return rows;
    }

    @Override
    public List<Row> scanBackwards(KeyRange range, int limit) {
        StoreLimits.checkPage(limit);
        byte[] start = StoredKey.of(prefix, range.start());
        byte[] end = StoredKey.end(prefix, range.end());
        List<Row> rows = new ArrayList<>();
        try (RocksIterator at = database.db().newIterator(database.rows(), state.options())) {
            at.seekForPrev(end);
            if (at.isValid() && Arrays.equals(at.key(), end)) {
                at.prev();
            }
            while (rows.size() < limit && at.isValid()) {
                byte[] stored = at.key();
                if (Arrays.compareUnsigned(stored, start) < 0) {
                    break;
                }
                rows.add(row(stored, at.value()));
                at.prev();
            }
            at.status();
        } catch (RocksDBException e) {
            throw unreadable(range, e);
        }
        return rows;
    }

    private static Row row(byte[] stored, byte[] sealed) {
        byte[] value = Seal.open(stored, sealed);
        return new Row(StoredKey.key(stored), value);
    }

    private StoreFault unreadable(KeyRange range, RocksDBException why) {
        return new StoreFault(
                StoreFault.Kind.CORRUPT, partition + " rows from " + range.start(), why);
    }
}
