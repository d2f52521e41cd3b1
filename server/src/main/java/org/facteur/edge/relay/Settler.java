package org.facteur.edge.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.QueueId;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.Settlement;
import org.jspecify.annotations.Nullable;

/// Writes down what attempts did, many in one transaction, while their sessions go on. Any thread.
///
/// One thread for each part of the queue takes whatever has come meanwhile. What waits is bounded
/// by the sessions: each has one letter here at most.
final class Settler implements AutoCloseable {
    private static final int TOGETHER = 200;

    private final Queue queue;
    private final List<BlockingQueue<Pending>> parts = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Settler(Queue queue) {
        this.queue = queue;
        for (int shard = 0; shard < QueueId.SHARDS; shard++) {
            BlockingQueue<Pending> part = new LinkedBlockingQueue<>();
            parts.add(part);
            threads.add(Thread.ofVirtual().name("settler-" + shard).start(() -> run(part)));
        }
    }

    /// A settlement on its way into the store.
    static final class Pending {
        private final Settlement settlement;
        private final CountDownLatch durable = new CountDownLatch(1);
        private @Nullable QueueItem left;
        private @Nullable RuntimeException failure;

        private Pending(Settlement settlement) {
            this.settlement = settlement;
        }

        QueueItem item() {
            return settlement.item();
        }

        /// Waits until it is durable.
        ///
        /// @return the item as it is now; null when nobody is left in it
        /// @throws RuntimeException what the store threw
        @Nullable QueueItem await() throws InterruptedException {
            durable.await();
            RuntimeException fault = failure;
            if (fault != null) {
                throw fault;
            }
            return left;
        }
    }

    Pending settle(Settlement settlement) {
        Pending pending = new Pending(settlement);
        parts.get(settlement.item().id().shard()).add(pending);
        return pending;
    }

    private void run(BlockingQueue<Pending> part) {
        List<Pending> some = new ArrayList<>();
        try {
            while (true) {
                some.add(part.take());
                part.drainTo(some, TOGETHER - 1);
                write(some);
                some.clear();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<Pending> some) {
        try {
            Map<QueueId, QueueItem> left =
                    queue.settle(some.stream().map(each -> each.settlement).toList());
            for (Pending each : some) {
                each.left = left.get(each.item().id());
            }
        } catch (RuntimeException fault) {
            if (some.size() > 1) {
                // Whose fault it is shows one by one.
                some.forEach(each -> write(List.of(each)));
                return;
            }
            some.getFirst().failure = fault;
        }
        some.forEach(each -> each.durable.countDown());
    }

    /// Ends when nothing waits any more. Nobody may settle after this.
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
