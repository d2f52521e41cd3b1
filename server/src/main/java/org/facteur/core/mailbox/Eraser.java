package org.facteur.core.mailbox;

import java.util.List;
import org.facteur.core.shelf.Shelf;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// Ends everything in an account's partition. Letters and items first, so that their blobs are
/// released; then all other tables.
final class Eraser {
    private static final int LETTERS_AT_ONCE = 100;

    private static final List<Table> TABLES =
            List.of(
                    Table.CHANGES,
                    Table.COUNTERS,
                    Table.MAILBOXES,
                    Table.ENTRIES,
                    Table.MESSAGE_IDS,
                    Table.THREADS,
                    Table.PLACES,
                    Table.SHELF_NAMES,
                    Table.FACTS,
                    Table.HANDOVERS,
                    Table.POP_TAKEN,
                    Table.POP_DEVICES,
                    Table.POP_COLLECTED,
                    Table.SUBSCRIPTIONS,
                    Table.GRANTS,
                    Table.SHARERS,
                    Table.ANNOTATIONS,
                    Table.SCRIPTS,
                    Table.SCRIPT_MEMORIES,
                    Table.SCRIPT_MEMORY_ENDS);

    private Eraser() {}

    static void erase(Partition partition) {
        while (!partition.<Boolean>write(Eraser::releaseLetters).value()) {
            // Each round ends some letters.
        }
        while (!partition.<Boolean>write(tx -> Shelf.end(tx, LETTERS_AT_ONCE)).value()) {
            // Each round ends some items.
        }
        for (Table table : TABLES) {
            KeyRange range = Layout.all(table);
            while (!partition.<Boolean>write(tx -> deleteRows(tx, range)).value()) {
                // Each round ends some rows.
            }
        }
    }

    private static boolean releaseLetters(Transaction tx) {
        List<Row> rows = tx.scan(Layout.all(Table.LETTERS), LETTERS_AT_ONCE);
        for (Row row : rows) {
            LetterId id = new LetterId(Layout.number(row.key(), 0));
            Letter letter = Letter.decode(id, row.value());
            tx.release(letter.blob());
            release(tx, letter.listing());
            tx.find(Layout.anatomy(id.number()))
                    .map(Letter.Held::decodeRow)
                    .ifPresent(held -> release(tx, held));
            tx.delete(Layout.anatomy(id.number()));
            tx.delete(row.key());
        }
        return rows.size() < LETTERS_AT_ONCE;
    }

    private static void release(Transaction tx, Letter.Held held) {
        if (held instanceof Letter.Held.Apart apart) {
            tx.release(apart.blob());
        }
    }

    private static boolean deleteRows(Transaction tx, KeyRange range) {
        List<Row> rows = tx.scan(range, StoreLimits.SCAN_ROWS);
        rows.forEach(row -> tx.delete(row.key()));
        return rows.size() < StoreLimits.SCAN_ROWS;
    }
}
