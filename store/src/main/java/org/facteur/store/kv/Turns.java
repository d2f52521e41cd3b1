package org.facteur.store.kv;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who may build a batch next, for each partition; as large as the number of writers at work.
final class Turns {
    private final ConcurrentHashMap<PartitionId, Turn> turns = new ConcurrentHashMap<>();

    /// One partition's writers, first come first served.
    static final class Turn {
        private final PartitionId partition;
        private final ReentrantLock lock = new ReentrantLock(true);
        private final Condition settled = lock.newCondition();
        private int writers;

        /// Commits whose outcome is being found out; guarded by the lock.
        private int unsettled;

        /// The newest commit in this process; guarded by the lock.
        private Engine.@Nullable Commit last;

        private Turn(PartitionId partition) {
            this.partition = partition;
        }

        ReentrantLock lock() {
            return lock;
        }

        /// Waits, with the lock held, until no outcome is unknown: the ring of transactions must
        /// not go round while one is looked for.
        void awaitSettled() {
            while (unsettled > 0) {
                settled.awaitUninterruptibly();
            }
        }

        /// Finds an outcome out while other writers wait.
        <T> T settling(Supplier<T> question) {
            lock.lock();
            unsettled++;
            lock.unlock();
            try {
                return question.get();
            } finally {
                lock.lock();
                unsettled--;
                settled.signalAll();
                lock.unlock();
            }
        }

        Engine.@Nullable Commit last() {
            return last;
        }

        void submitted(Engine.Commit commit) {
            last = commit;
        }
    }

    Turn join(PartitionId partition) {
        return turns.compute(
                partition,
                (id, turn) -> {
                    Turn joined = turn == null ? new Turn(id) : turn;
                    joined.writers++;
                    return joined;
                });
    }

    void leave(Turn left) {
        turns.computeIfPresent(left.partition, (_, turn) -> --turn.writers == 0 ? null : turn);
    }
}
