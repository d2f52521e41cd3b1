package org.facteur.core.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.core.account.AccountId;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Store;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// What happened to letters of the last 30 days. Any thread.
public final class Timelines {
    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final int PAGE = 500;

    private final Store store;
    private final InstantSource clock;

    Timelines(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// What happened to a letter that is in the queue or was in the last 30 days.
    public Optional<Timeline> find(QueueId id) {
        return partition(id.shard())
                .read(
                        view ->
                                QueueRows.findTimeline(view, id)
                                        .or(() -> QueueRows.find(view, id).map(Timeline::of)));
    }

    /// Timelines of what an account sent, the newest first.
    ///
    /// @param most how many at most
    public List<Timeline> sentBy(AccountId account, int most) {
        List<Timeline> found = new ArrayList<>();
        for (int shard = 0; shard < QueueId.SHARDS; shard++) {
            KeyRange sent = Layout.sent(account.number());
            List<Row> newest =
                    partition(shard)
                            .read(view -> view.scanBackwards(sent, Math.clamp(most, 1, PAGE)));
            for (Row row : newest) {
                find(new QueueId(Layout.number(row.key(), 1))).ifPresent(found::add);
            }
        }
        return found.stream()
                .sorted(java.util.Comparator.comparing(Timeline::accepted).reversed())
                .limit(most)
                .toList();
    }

    /// Forgets timelines that are older than 30 days.
    public void forgetOld() {
        Instant oldest = clock.instant().minus(REMEMBERED);
        for (int shard = 0; shard < QueueId.SHARDS; shard++) {
            boolean more = true;
            while (more) {
                List<Row> page =
                        partition(shard).read(view -> view.scan(Layout.all(Table.TIMELINES), PAGE));
                List<Row> old =
                        page.stream()
                                .filter(
                                        row ->
                                                Timeline.decode(new QueueId(0), row.value())
                                                        .accepted()
                                                        .isBefore(oldest))
                                .toList();
                if (!old.isEmpty()) {
                    partition(shard)
                            .write(
                                    tx -> {
                                        QueueRows.forget(tx, old);
                                        return true;
                                    });
                }
                more = old.size() == PAGE;
            }
        }
    }

    private Partition partition(int shard) {
        return store.partition(Queue.partitionId(shard));
    }
}
