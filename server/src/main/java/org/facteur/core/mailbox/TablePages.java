package org.facteur.core.mailbox;

import java.util.List;
import java.util.function.Consumer;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreLimits;

/// Reads ranges of any length, page by page.
final class TablePages {
    private TablePages() {}

    static void forEach(ReadView view, KeyRange range, Consumer<Row> each) {
        KeyRange rest = range;
        while (true) {
            List<Row> page = view.scan(rest, StoreLimits.SCAN_ROWS);
            page.forEach(each);
            if (page.size() < StoreLimits.SCAN_ROWS) {
                return;
            }
            rest = rest.after(page.getLast());
        }
    }
}
