package org.facteur.core.queue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.Row;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.jspecify.annotations.Nullable;

/// What is due by destination, and whose turn it is. Any thread.
///
/// Destinations with something due and a free place take turns, so that many letters for one never
/// hold up a letter for another. Rows are read forwards and once, a page at a time, and only when a
/// destination's turn has come; a row that comes in front of what was read moves the mark back.
///
/// Memory: about 300 octets for each destination in the queue, and the numbers of at most some two
/// hundred letters for each that has its turn.
final class Lanes {
    /// How many numbers of a shard are read ahead for a lane whose turn it is.
    private static final int AHEAD = 50;

    /// When fewer are left, more are read.
    private static final int LOW = 20;

    private static final int PAGE = 1000;
    private static final Duration AFTER_FAULT = Duration.ofSeconds(5);
    private static final int SPREAD_PERCENT = 20;

    /// Reads rows of a shard.
    @FunctionalInterface
    interface Rows {
        List<Row> scan(int shard, KeyRange range, int limit);
    }

    /// How destinations are treated.
    ///
    /// @param most places of one destination
    /// @param firstPause after a destination could not be reached; each further one is twice as
    ///   long
    record Pace(int most, Duration firstPause, Duration longestPause) {
        static final Pace STANDARD = new Pace(20, Duration.ofMinutes(1), Duration.ofMinutes(15));
    }

    private final Rows rows;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition read = lock.newCondition();
    private final Map<Long, Lane> lanes = new HashMap<>();
    private final ArrayDeque<Lane> turns = new ArrayDeque<>();
    private final TreeSet<Lane> calendar = new TreeSet<>();
    private final Set<Long> taken = new HashSet<>();

    Lanes(Rows rows, InstantSource clock, RandomGenerator random, Pace pace) {
        this.rows = rows;
        this.clock = clock;
        this.random = random;
        this.pace = pace;
    }

    /// Reads where each destination begins. Once; may run beside everything else.
    void load() {
        for (int shard = 0; shard < QueueId.SHARDS; shard++) {
            KeyRange rest = Layout.all(Table.LANES);
            while (true) {
                List<Row> page = rows.scan(shard, rest, PAGE);
                long last = load(shard, page);
                if (page.size() < PAGE) {
                    break;
                }
                // A page of one lane alone: the rest of that lane is skipped.
                boolean alone = Layout.number(page.getFirst().key(), 0) == last;
                rest = alone ? Layout.lanesAfter(last) : rest.after(page.getLast());
            }
        }
    }

    private long load(int shard, List<Row> page) {
        long last = -1;
        lock.lock();
        try {
            for (Row row : page) {
                long lane = Layout.number(row.key(), 0);
                if (lane != last) {
                    note(lane, shard, mark(row));
                    last = lane;
                }
            }
        } finally {
            lock.unlock();
        }
        return last;
    }

    private static Lane.Mark mark(Row row) {
        return new Lane.Mark(Layout.number(row.key(), 1), Layout.number(row.key(), 2));
    }

    /// A new row is durable, or whoever had the item has given it back.
    void added(long lane, QueueId item, long dueMillis) {
        lock.lock();
        try {
            taken.remove(item.number());
            note(lane, item.shard(), new Lane.Mark(Math.max(0, dueMillis), item.number()));
        } finally {
            lock.unlock();
        }
    }

    /// Somebody else than its holder changed when an item is due; whoever has it keeps it.
    void moved(long lane, QueueId item, long dueMillis) {
        lock.lock();
        try {
            note(lane, item.shard(), new Lane.Mark(Math.max(0, dueMillis), item.number()));
        } finally {
            lock.unlock();
        }
    }

    /// An item is gone.
    void removed(QueueId item) {
        lock.lock();
        try {
            taken.remove(item.number());
        } finally {
            lock.unlock();
        }
    }

    private void note(long number, int shard, Lane.Mark mark) {
        Lane lane = lanes.computeIfAbsent(number, Lane::new);
        lane.add(shard, mark);
        place(lane);
    }

    /// Puts a lane where it belongs: in line, into the calendar, or nowhere.
    private void place(Lane lane) {
        long now = clock.millis();
        if (lane.mayEnter(now)) {
            if (!lane.inTurn) {
                lane.inTurn = true;
                turns.add(lane);
            }
            return;
        }
        if (lane.idle()) {
            write(lane, Lane.NEVER);
            lanes.remove(lane.number);
        } else if (lane.places < lane.limit) {
            long due = lane.ready.isEmpty() ? lane.nextDue() : now;
            write(lane, Math.max(due, due == Lane.NEVER ? due : lane.closedUntil));
        } else {
            write(lane, Lane.NEVER);
        }
    }

    private void write(Lane lane, long when) {
        if (lane.calendar != when) {
            if (lane.calendar != Lane.NEVER) {
                calendar.remove(lane);
            }
            lane.calendar = when;
            if (when != Lane.NEVER) {
                calendar.add(lane);
            }
        }
    }

    /// Takes a place at a destination that has something due.
    ///
    /// @return the lane, to be given back by [#leave]; empty when none has its turn
    Optional<Lane> enter() {
        lock.lock();
        try {
            long now = clock.millis();
            while (!calendar.isEmpty() && calendar.first().calendar <= now) {
                Lane due = calendar.first();
                write(due, Lane.NEVER);
                place(due);
            }
            for (Lane lane = turns.poll(); lane != null; lane = turns.poll()) {
                lane.inTurn = false;
                if (lane.mayEnter(now) && lane.ready.isEmpty()) {
                    read(lane, now);
                }
                if (!lane.ready.isEmpty() && lane.mayEnter(now)) {
                    lane.places++;
                    place(lane);
                    return Optional.of(lane);
                }
                place(lane);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// The next item of a lane in which the caller has a place.
    @Nullable QueueId next(Lane lane) {
        lock.lock();
        try {
            while (lane.ready.size() < LOW && !lane.reading && lane.nextDue() <= clock.millis()) {
                if (!read(lane, clock.millis())) {
                    break;
                }
            }
            while (lane.ready.isEmpty() && lane.reading) {
                read.awaitUninterruptibly();
            }
            QueueId next = lane.ready.poll();
            place(lane);
            return next;
        } finally {
            lock.unlock();
        }
    }

    /// Reads ahead. The lock is open while the store is asked.
    ///
    /// @return whether something was found
    private boolean read(Lane lane, long now) {
        if (lane.reading || lane.nextDue() > now) {
            return false;
        }
        lane.beginReading();
        Lane.Mark[] from = lane.unread.clone();
        List<List<Row>> pages = new ArrayList<>();
        boolean done = false;
        lock.unlock();
        try {
            for (int shard = 0; shard < from.length; shard++) {
                Lane.Mark mark = from[shard];
                pages.add(
                        mark.millis() > now
                                ? List.of()
                                : rows.scan(
                                        shard,
                                        Layout.dueFrom(lane.number, mark.millis(), mark.item()),
                                        AHEAD));
            }
            done = true;
        } finally {
            lock.lock();
            lane.reading = false;
            read.signalAll();
            if (!done) {
                place(lane);
            }
        }
        int before = lane.ready.size();
        for (int shard = 0; shard < pages.size(); shard++) {
            if (from[shard].millis() <= now) {
                merge(lane, shard, pages.get(shard), now);
            }
        }
        return lane.ready.size() > before;
    }

    private void merge(Lane lane, int shard, List<Row> page, long now) {
        Lane.Mark unread = Lane.Mark.END;
        for (Row row : page) {
            Lane.Mark mark = mark(row);
            if (mark.millis() > now) {
                unread = mark;
                break;
            }
            if (taken.add(mark.item())) {
                lane.ready.add(new QueueId(mark.item()));
            }
            unread = new Lane.Mark(mark.millis(), mark.item() + 1);
        }
        boolean whole = page.size() < AHEAD;
        if (whole && unread.millis() <= now) {
            unread = Lane.Mark.END;
        }
        Lane.Mark meanwhile = lane.meanwhile[shard];
        lane.unread[shard] = meanwhile.compareTo(unread) < 0 ? meanwhile : unread;
    }

    /// Gives a place back.
    void leave(Lane lane) {
        lock.lock();
        try {
            lane.places--;
            place(lane);
        } finally {
            lock.unlock();
        }
    }

    /// The destination took a letter.
    void well(Lane lane) {
        lock.lock();
        try {
            lane.grow(pace.most());
            place(lane);
        } finally {
            lock.unlock();
        }
    }

    /// A conversation with the destination went wrong.
    void badly(Lane lane) {
        lock.lock();
        try {
            lane.shrink();
        } finally {
            lock.unlock();
        }
    }

    /// The destination could not be reached: nobody tries for a while.
    void unreachable(Lane lane) {
        lock.lock();
        try {
            long now = clock.millis();
            lane.shrink();
            if (now < lane.closedUntil) {
                return;
            }
            lane.limit = 1;
            long pause =
                    Math.min(
                            pace.longestPause().toMillis(),
                            pace.firstPause().toMillis() << Math.min(20, lane.failuresInRow));
            long spread = pause * SPREAD_PERCENT / 100;
            lane.failuresInRow++;
            lane.closedUntil = now + pause - spread + random.nextLong(2 * spread + 1);
        } finally {
            lock.unlock();
        }
    }

    /// The store did not answer: nobody tries for some seconds.
    void pause(long number) {
        lock.lock();
        try {
            Lane lane = lanes.get(number);
            if (lane != null) {
                lane.closedUntil =
                        Math.max(lane.closedUntil, clock.millis() + AFTER_FAULT.toMillis());
            }
        } finally {
            lock.unlock();
        }
    }

    /// Forgets that a destination could not be reached.
    void forgive(long number) {
        lock.lock();
        try {
            Lane lane = lanes.get(number);
            if (lane != null) {
                lane.closedUntil = 0;
                lane.failuresInRow = 0;
                place(lane);
            }
        } finally {
            lock.unlock();
        }
    }

    /// How long until somebody may have a turn: zero for now, empty for nobody knows.
    Optional<Duration> untilNext() {
        lock.lock();
        try {
            long now = clock.millis();
            for (Lane first = turns.peek(); first != null; first = turns.peek()) {
                if (first.mayEnter(now)) {
                    return Optional.of(Duration.ZERO);
                }
                turns.poll();
                first.inTurn = false;
                place(first);
            }
            return calendar.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Duration.ofMillis(Math.max(0, calendar.first().calendar - now)));
        } finally {
            lock.unlock();
        }
    }
}
