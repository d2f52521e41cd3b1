package org.facteur.core.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facteur.core.account.AccountId;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;

/// The rows of a shard: items, when they are due, their timelines.
final class QueueRows {
    private static final Key SEQUENCE = Layout.counters("queue-sequence");

    private QueueRows() {}

    static Optional<QueueItem> find(ReadView view, QueueId id) {
        return view.find(Layout.queued(id.number())).map(row -> QueueItem.decode(id, row));
    }

    static void save(Transaction tx, QueueItem item) {
        tx.put(Layout.queued(item.id().number()), item.encode());
        if (!item.schedule().held()) {
            tx.put(due(item), new Encoder(1).toBytes());
        }
    }

    /// Puts an item in another's place; one without recipients ends.
    static void replace(Transaction tx, QueueItem old, QueueItem next) {
        if (!old.schedule().held()) {
            tx.delete(due(old));
        }
        if (next.recipients().isEmpty()) {
            tx.delete(Layout.queued(old.id().number()));
            tx.release(old.letter().blob());
        } else {
            save(tx, next);
        }
    }

    static Key due(QueueItem item) {
        return Layout.due(
                item.destination().lane(),
                item.schedule().next().toEpochMilli(),
                item.id().number());
    }

    /// The first sequence number the shard has not given.
    static long nextSequence(ReadView view) {
        return view.find(SEQUENCE).map(row -> new Decoder(row, 1).number()).orElse(1L);
    }

    static void saveSequence(Transaction tx, long next) {
        tx.put(SEQUENCE, new Encoder(1).number(next).toBytes());
    }

    static Optional<Timeline> findTimeline(ReadView view, QueueId id) {
        return view.find(Layout.timeline(id.number())).map(row -> Timeline.decode(id, row));
    }

    /// Writes down an attempt. The first of an item needs no look at what was there.
    static void note(
            Transaction tx, Settlement settlement, QueueItem old, QueueItem next, Instant now) {
        if (settlement.results().isEmpty()) {
            return;
        }
        Timeline before =
                old.schedule().attempts() == 0
                        ? Timeline.of(old)
                        : findTimeline(tx, old.id()).orElseGet(() -> Timeline.of(old));
        AccountId account = old.origin().account();
        if (account != null && before.steps().isEmpty()) {
            tx.put(Layout.sent(account.number(), old.id().number()), new Encoder(1).toBytes());
        }
        tx.put(Layout.timeline(old.id().number()), before.with(settlement, next, now).encode());
    }

    /// Takes timelines away.
    static void forget(Transaction tx, List<Row> timelines) {
        for (Row row : timelines) {
            Timeline timeline =
                    Timeline.decode(new QueueId(Layout.number(row.key(), 0)), row.value());
            AccountId account = timeline.account();
            if (account != null) {
                tx.delete(Layout.sent(account.number(), timeline.id().number()));
            }
            tx.delete(row.key());
        }
    }
}
