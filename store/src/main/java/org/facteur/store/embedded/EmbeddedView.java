package org.facteur.store.embedded;

import java.util.List;
import java.util.Optional;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Snapshot;

/// A view that holds a durable state until it is closed. One thread.
final class EmbeddedView implements Snapshot {
    private final ReadView rows;
    private final Runnable release;
    private boolean closed;

    EmbeddedView(ReadView rows, Runnable release) {
        this.rows = rows;
        this.release = release;
    }

    @Override
    public long version() {
        return open().version();
    }

    @Override
    public Optional<byte[]> find(Key key) {
        return open().find(key);
    }

    @Override
    public List<Row> scan(KeyRange range, int limit) {
        return open().scan(range, limit);
    }

    @Override
    public List<Row> scanBackwards(KeyRange range, int limit) {
        return open().scanBackwards(range, limit);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            release.run();
        }
    }

    private ReadView open() {
        if (closed) {
            throw new IllegalStateException("the view is closed");
        }
        return rows;
    }
}
