package org.facteur.store.kv;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes laid over a view: what the view will be once they are applied.
///
/// One thread, while the view below is open. Values are copied on their way out.
public final class Layered implements ReadView {
    private final ReadView base;
    private final OrderedRows<Change> changes;
    private final long version;

    public Layered(ReadView base, OrderedRows<Change> changes, long version) {
        this.base = Objects.requireNonNull(base);
        this.changes = Objects.requireNonNull(changes);
        this.version = version;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public Optional<byte[]> find(Key key) {
        Change change = changes.get(key);
        if (change == null) {
            return base.find(key);
        }
        byte[] value = change.value();
        return value == null ? Optional.empty() : Optional.of(value.clone());
    }

    @Override
    public List<Row> scan(KeyRange range, int limit) {
        return merge(range, limit, false);
    }

    @Override
    public List<Row> scanBackwards(KeyRange range, int limit) {
        return merge(range, limit, true);
    }

    private List<Row> merge(KeyRange range, int limit, boolean backwards) {
        StoreLimits.checkPage(limit);
        if (changes.isEmpty()) {
            return backwards ? base.scanBackwards(range, limit) : base.scan(range, limit);
        }
        Merge merge = new Merge(changes.iterate(range, backwards), limit, backwards);
        KeyRange rest = range;
        while (true) {
            List<Row> page = backwards ? base.scanBackwards(rest, limit) : base.scan(rest, limit);
            for (Row row : page) {
                merge.below(row);
            }
            if (page.size() < limit) {
                merge.end();
                return merge.rows;
            }
            if (merge.full()) {
                return merge.rows;
            }
            rest = backwards ? rest.before(page.getLast()) : rest.after(page.getLast());
        }
    }

    /// Two ordered runs becoming one, up to a number of rows.
    private static final class Merge {
        private final Iterator<OrderedRows.Entry<Change>> above;
        private final int limit;
        private final boolean backwards;
        private final List<Row> rows = new ArrayList<>();
        private OrderedRows.@Nullable Entry<Change> next;

        Merge(Iterator<OrderedRows.Entry<Change>> above, int limit, boolean backwards) {
            this.above = above;
            this.limit = limit;
            this.backwards = backwards;
            advance();
        }

        boolean full() {
            return rows.size() >= limit;
        }

        void below(Row row) {
            OrderedRows.Entry<Change> own = next;
            while (own != null && comesBefore(own.key(), row.key())) {
                take(own);
                own = advance();
            }
            if (own != null && own.key().equals(row.key())) {
                take(own);
                advance();
            } else if (!full()) {
                rows.add(row);
            }
        }

        void end() {
            OrderedRows.Entry<Change> own = next;
            while (own != null && !full()) {
                take(own);
                own = advance();
            }
        }

        private boolean comesBefore(Key one, Key other) {
            int order = one.compareTo(other);
            return backwards ? order > 0 : order < 0;
        }

        private void take(OrderedRows.Entry<Change> own) {
            byte[] value = own.value().value();
            if (value != null && !full()) {
                rows.add(new Row(own.key(), value.clone()));
            }
        }

        private OrderedRows.@Nullable Entry<Change> advance() {
            next = above.hasNext() ? above.next() : null;
            return next;
        }
    }
}
