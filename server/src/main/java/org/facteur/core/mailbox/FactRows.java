package org.facteur.core.mailbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was made of an account's letters before ([FactChunk]), in the store: a cache that a start
/// does not empty. A row ends with any of its letters, in the same transaction. One thread.
final class FactRows {
    private static final Logger LOG = LoggerFactory.getLogger(FactRows.class);

    /// About how much one transaction writes.
    private static final int OCTETS_AT_ONCE = 256 * 1024;

    private final Partition partition;
    private final Map<Long, Kept> waiting = new HashMap<>();
    private final long nextLetter;
    private int waitingBytes;

    FactRows(Partition partition) {
        this.partition = partition;
        this.nextLetter = partition.read(BoxCounters::read).nextLetter();
    }

    /// Whether no letter can come before a number.
    boolean complete(long end) {
        return end <= nextLetter;
    }

    /// Rows by their numbers.
    ///
    /// @param first the first letter of a row
    /// @param end one past the last letter of another
    Map<Long, byte[]> read(long first, long end) {
        Map<Long, byte[]> rows = new HashMap<>();
        int most = (int) ((end - first) / FactChunk.LENGTH);
        List<Row> found =
                partition.read(
                        view ->
                                view.scan(
                                        Layout.facts(
                                                first / FactChunk.LENGTH, end / FactChunk.LENGTH),
                                        most));
        for (Row row : found) {
            rows.put(Layout.number(row.key(), 0), row.value());
        }
        return rows;
    }

    /// A row to be written.
    ///
    /// @param letters whose facts it has
    @SuppressWarnings("ArrayRecordComponent")
    private record Kept(Set<Long> letters, byte[] octets) {}

    /// Keeps a row, soon.
    ///
    /// @param letters whose facts it has
    void keep(long number, Set<Long> letters, byte[] octets) {
        if (octets.length > StoreLimits.VALUE_BYTES || letters.isEmpty()) {
            return;
        }
        waiting.put(number, new Kept(letters, octets));
        waitingBytes += octets.length;
        if (waitingBytes >= OCTETS_AT_ONCE) {
            flush();
        }
    }

    /// Writes what is to be kept. When the store cannot write now, it is made again another time.
    void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        Map<Long, Kept> rows = Map.copyOf(waiting);
        waiting.clear();
        waitingBytes = 0;
        try {
            partition.write(
                    tx -> {
                        rows.forEach((number, row) -> put(tx, number, row));
                        return rows.size();
                    });
        } catch (StoreFault fault) {
            if (!fault.passing()) {
                throw fault;
            }
            LOG.debug("facts of letters were not kept", fault);
        }
    }

    /// Unless one of the letters ended meanwhile.
    private static void put(Transaction tx, long number, Kept row) {
        if (lying(tx, number).equals(row.letters())) {
            tx.put(Layout.facts(number), row.octets());
        }
    }

    private static Set<Long> lying(ReadView view, long number) {
        long first = number * FactChunk.LENGTH;
        List<Row> places =
                view.scan(Layout.placesBetween(first, first + FactChunk.LENGTH), FactChunk.LENGTH);
        Set<Long> letters = new HashSet<>();
        places.forEach(row -> letters.add(Layout.number(row.key(), 0)));
        return letters;
    }
}
