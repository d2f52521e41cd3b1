package org.facteur.core.change;

import java.util.ArrayList;
import java.util.List;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;

/// The change log of one partition.
public final class ChangeLog {
    private ChangeLog() {}

    /// Appends what a transaction does, under the version it will have. Once per transaction.
    public static void append(Transaction tx, ChangeRecord change) {
        tx.put(Layout.change(tx.nextVersion()), change.encode());
    }

    /// Gets what was changed, without what it was before.
    public interface TouchVisitor {
        /// @param mailbox 0 for the account itself
        /// @param uid 0 for the mailbox as a whole
        void touched(long mailbox, long uid);

        /// Lists of the account changed.
        void listsChanged();
    }

    /// Shows what versions after one touched, for a fraction of the work of [#after].
    ///
    /// @param limit 1 to 1,000
    /// @return how many versions there were; as many as the limit means there may be more
    public static int touchedAfter(ReadView view, long version, int limit, TouchVisitor visitor) {
        List<Row> rows = view.scan(Layout.changesAfter(version), limit);
        for (Row row : rows) {
            ChangeRecord.touched(row.value(), visitor);
        }
        return rows.size();
    }

    /// Changes after a version, oldest first.
    ///
    /// @param limit 1 to 1,000; a full page means there may be more
    public static List<ChangeRecord> after(ReadView view, long version, int limit) {
        List<ChangeRecord> changes = new ArrayList<>();
        for (Row row : view.scan(Layout.changesAfter(version), limit)) {
            changes.add(ChangeRecord.decode(Layout.number(row.key(), 0), row.value()));
        }
        return List.copyOf(changes);
    }
}
