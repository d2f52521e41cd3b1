package org.facteur.core.queue;

import java.util.ArrayDeque;
import java.util.Arrays;

/// What is known in memory of one destination. Guarded by the lock of [Lanes].
///
/// The rows are the truth; this remembers how far they were read, what was read and not yet handed
/// out, and how many may work at once.
final class Lane implements Comparable<Lane> {
    /// Nothing is due, ever.
    static final long NEVER = Long.MAX_VALUE;

    /// How many may work at a new destination before it has shown what it takes.
    private static final int FIRST_LIMIT = 5;

    /// A place among the rows of a lane.
    record Mark(long millis, long item) implements Comparable<Mark> {
        static final Mark END = new Mark(NEVER, NEVER);

        @Override
        public int compareTo(Mark other) {
            return millis != other.millis
                    ? Long.compare(millis, other.millis)
                    : Long.compare(item, other.item);
        }
    }

    final long number;

    /// Per shard: rows before this were read. The row itself may be there or not.
    final Mark[] unread = new Mark[QueueId.SHARDS];

    /// Read and due, in order.
    final ArrayDeque<QueueId> ready = new ArrayDeque<>();

    /// While somebody reads: what came meanwhile.
    final Mark[] meanwhile = new Mark[QueueId.SHARDS];

    boolean reading;
    boolean inTurn;

    /// When it stands in the calendar; [#NEVER] when it does not.
    long calendar = NEVER;

    int places;
    int limit = FIRST_LIMIT;
    long closedUntil;
    int failuresInRow;
    private int successes;

    Lane(long number) {
        this.number = number;
        Arrays.fill(unread, Mark.END);
        Arrays.fill(meanwhile, Mark.END);
    }

    /// When the next unread row is due, or [#NEVER]; may be too early, never too late.
    long nextDue() {
        long next = NEVER;
        for (Mark mark : unread) {
            next = Math.min(next, mark.millis());
        }
        return next;
    }

    void add(int shard, Mark mark) {
        if (mark.compareTo(unread[shard]) < 0) {
            unread[shard] = mark;
        }
        if (reading && mark.compareTo(meanwhile[shard]) < 0) {
            meanwhile[shard] = mark;
        }
    }

    void beginReading() {
        reading = true;
        Arrays.fill(meanwhile, Mark.END);
    }

    boolean mayEnter(long now) {
        return places < limit
                && now >= closedUntil
                && (!ready.isEmpty() || (!reading && nextDue() <= now));
    }

    /// After a letter was taken: one more at a time for each whole round of successes.
    void grow(int most) {
        failuresInRow = 0;
        closedUntil = 0;
        if (++successes >= limit) {
            successes = 0;
            limit = Math.min(most, limit + 1);
        }
    }

    /// After trouble in a conversation.
    void shrink() {
        successes = 0;
        limit = Math.max(1, limit / 2);
    }

    /// Whether there is nothing to remember.
    boolean idle() {
        return places == 0
                && ready.isEmpty()
                && !reading
                && failuresInRow == 0
                && nextDue() == NEVER;
    }

    @Override
    public int compareTo(Lane other) {
        return calendar != other.calendar
                ? Long.compare(calendar, other.calendar)
                : Long.compare(number, other.number);
    }
}
