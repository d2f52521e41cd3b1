package org.facteur.core.queue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.facteur.store.blob.BlobId;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.facteur.store.verify.Finding;
import org.facteur.store.verify.PartitionCheck;
import org.facteur.wire.text.SyntaxFault;

/// The invariants of a shard of the queue. Any thread.
///
/// What is not held is due at one instant and what is due is there; every item has recipients, lies
/// in its shard, was numbered from the shard's sequence, and refers once to its letter's octets.
/// Rows of hand-overs that were done stand for themselves.
public final class QueueCheck implements PartitionCheck {
    @Override
    public boolean covers(PartitionId partition) {
        return partition.realm() == PartitionId.Realm.QUEUE;
    }

    @Override
    public Map<BlobId, Long> check(
            PartitionId partition, ReadView view, Consumer<Finding> findings) {
        Map<BlobId, Long> blobs = new HashMap<>();
        Set<Key> due = new HashSet<>();
        long next = QueueRows.nextSequence(view);
        forEach(
                view,
                Table.QUEUED,
                row -> {
                    Consumer<String> say =
                            sentence ->
                                    findings.accept(new Finding(partition, row.key(), sentence));
                    try {
                        QueueId id = new QueueId(Layout.number(row.key(), 0));
                        QueueItem item = QueueItem.decode(id, row.value());
                        item(partition, item, next, say);
                        blobs.merge(item.letter().blob(), 1L, Long::sum);
                        if (!item.schedule().held()) {
                            due.add(QueueRows.due(item));
                        }
                    } catch (StoreFault | IllegalArgumentException | SyntaxFault broken) {
                        say.accept("The row does not make sense.");
                    }
                });
        forEach(
                view,
                Table.LANES,
                row -> {
                    if (!due.remove(row.key())) {
                        findings.accept(
                                new Finding(
                                        partition, row.key(), "Something is due that is not so."));
                    }
                });
        due.forEach(
                key -> findings.accept(new Finding(partition, key, "An item will never be due.")));
        return blobs;
    }

    private static void item(
            PartitionId partition, QueueItem item, long next, Consumer<String> say) {
        if (item.recipients().isEmpty()) {
            say.accept("An item without recipients is kept.");
        }
        if (item.id().shard() != partition.number()) {
            say.accept("An item is in a wrong shard.");
        }
        if (item.id().number() >= QueueId.of((int) partition.number(), next).number()) {
            say.accept("The item's number could be given again.");
        }
    }

    private static void forEach(ReadView view, Table table, Consumer<Row> each) {
        KeyRange rest = Layout.all(table);
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
