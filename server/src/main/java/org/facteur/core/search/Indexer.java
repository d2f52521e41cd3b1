package org.facteur.core.search;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.store.AlreadyClosedException;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.wire.mime.Anatomy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the index close behind the letters: one thread of the least priority, which rests as long
/// as it works, so that letters that arrive never wait for it. An account in which somebody
/// searches is caught up with at once.
///
/// An account is indexed in the order of its letters' numbers. How far it is needs no note of its
/// own: it is the greatest number in the index.
public final class Indexer implements AutoCloseable {
    private static final int BATCH = 256;

    /// So many batches become searchable together.
    private static final int BATCHES = 4;

    private static final int NUMBERS = 1000;
    private static final long LEAST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LONGEST_REST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final double BUSY = 0.7;
    private static final int BUSY_RESTS = 20;
    private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long SWEEP_NANOS = TimeUnit.HOURS.toNanos(6);
    private static final long STOP_MILLIS = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

    private final SearchIndex index;
    private final LetterBoxes boxes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Set<AccountId> waiting = new LinkedHashSet<>();

    /// Accounts whose owners search now: these come first, and work for them rests little.
    private final Set<AccountId> asked = new LinkedHashSet<>();

    private final Map<AccountId, Long> swept = new HashMap<>();
    private final OperatingSystemMXBean machine =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Thread thread;
    private boolean closed;
    private long nextCommit = System.nanoTime() + COMMIT_NANOS;
    private boolean uncommitted;
    private boolean busy;

    public Indexer(SearchIndex index, LetterBoxes boxes) {
        this.index = index;
        this.boxes = boxes;
        this.thread = Thread.ofPlatform().daemon().name("search-index").unstarted(this::run);
        this.thread.setPriority(Thread.MIN_PRIORITY);
        index.whenWanted(this::hurry);
    }

    /// Begins to work.
    public void start() {
        thread.start();
    }

    /// An account may have new letters. Never blocks for long.
    public void changed(AccountId account) {
        lock.lock();
        try {
            if (waiting.add(account)) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Somebody searches in an account and met letters that are not indexed. Never blocks for long.
    void hurry(AccountId account) {
        lock.lock();
        try {
            asked.add(account);
            waiting.add(account);
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            Optional<AccountId> next = next();
            while (next.isPresent()) {
                long begun = System.nanoTime();
                visit(next.get());
                rest(System.nanoTime() - begun);
                next = next();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// The account to visit; empty at the end.
    private Optional<AccountId> next() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && waiting.isEmpty()) {
                if (!uncommitted) {
                    work.await();
                } else if (work.awaitNanos(nextCommit - System.nanoTime()) <= 0) {
                    commit();
                }
            }
            if (closed) {
                return Optional.empty();
            }
            asked.retainAll(waiting);
            AccountId first = (asked.isEmpty() ? waiting : asked).iterator().next();
            waiting.remove(first);
            return Optional.of(first);
        } finally {
            lock.unlock();
        }
    }

    /// Rests as long as it worked, and much longer while others kept the machine busy during the
    /// last rest; at least so long that letters which come one by one are indexed several at a
    /// time.
    private void rest(long worked) throws InterruptedException {
        machine.getCpuLoad(); // what the next reading says is of the rest alone
        long wanted = busy ? BUSY_RESTS * worked : worked;
        lock.lock();
        try {
            long left = Math.clamp(wanted, LEAST_REST_NANOS, LONGEST_REST_NANOS);
            while (!closed && left > 0 && asked.isEmpty()) {
                left = work.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        busy = machine.getCpuLoad() > BUSY;
    }

    /// Indexes what an account has new, as much as becomes searchable together.
    void visit(AccountId account) {
        try {
            visit(index.shard(account), boxes.open(Actor.system(account, Door.SYSTEM)));
        } catch (IOException | AlreadyClosedException broken) {
            LOG.warn("the search index failed and is made anew", broken);
            index.drop(account);
        } catch (RuntimeException failed) {
            LOG.warn("account={} could not be indexed now", account, failed);
        }
        if (uncommitted && System.nanoTime() - nextCommit > 0) {
            commit();
        }
    }

    private void visit(Shard shard, LetterBox box) throws IOException {
        AccountId account = box.owner();
        OptionalLong known = index.reached(account);
        long from = known.isPresent() ? known.getAsLong() : found(shard, account);
        long last = from;
        List<Letter> letters = List.of();
        int most = busy && !isAsked(account) ? 1 : BATCHES;
        for (int batch = 0; batch < most; batch++) {
            letters = box.lettersAfter(last, BATCH);
            for (Letter letter : letters) {
                if (letter.id().number() > SearchIndex.LAST_LETTER) {
                    break;
                }
                add(shard, box, letter);
                last = letter.id().number();
            }
            if (letters.size() < BATCH) {
                break;
            }
        }
        if (last > from) {
            uncommitted = true;
            shard.refresh();
        }
        index.published(account, last);
        if (letters.size() == BATCH) {
            changed(account);
        } else {
            served(account);
            sweep(shard, box);
        }
    }

    private boolean isAsked(AccountId account) {
        lock.lock();
        try {
            return asked.contains(account);
        } finally {
            lock.unlock();
        }
    }

    private void served(AccountId account) {
        lock.lock();
        try {
            asked.remove(account);
        } finally {
            lock.unlock();
        }
    }

    private void add(Shard shard, LetterBox box, Letter letter) throws IOException {
        Optional<Anatomy> anatomy = box.findAnatomy(letter.id());
        if (anatomy.isPresent()) {
            shard.add(box.owner(), words(box, letter, anatomy.get()));
        }
    }

    /// A letter that cannot be read is not kept from those who search: they try themselves.
    private LetterWords words(LetterBox box, Letter letter, Anatomy anatomy) {
        try {
            return LetterWords.read(box, letter, anatomy);
        } catch (IOException | RuntimeException unreadable) {
            if (box.findLetter(letter.id()).isPresent()) {
                LOG.warn("account={} letter {} cannot be indexed", box.owner(), letter.id());
            }
            return LetterWords.unread(letter);
        }
    }

    private static long found(Shard shard, AccountId account) throws IOException {
        BitSet all = shard.all(account);
        return Math.max(0, all.length() - 1);
    }

    /// Takes letters out of the index that are no more.
    private void sweep(Shard shard, LetterBox box) throws IOException {
        long now = System.nanoTime();
        if (box.letterNumbersAfter(0, 1).isEmpty()) {
            shard.remove(box.owner());
            uncommitted = true;
            return;
        }
        Long last = swept.get(box.owner());
        if (last == null) {
            swept.put(box.owner(), now);
            return;
        }
        if (now - last < SWEEP_NANOS) {
            return;
        }
        swept.put(box.owner(), now);
        clean(shard, box);
    }

    private void clean(Shard shard, LetterBox box) throws IOException {
        BitSet ghosts = shard.all(box.owner());
        long after = 0;
        List<Long> there = box.letterNumbersAfter(after, NUMBERS);
        while (!there.isEmpty()) {
            for (long each : there) {
                if (each <= SearchIndex.LAST_LETTER) {
                    ghosts.clear((int) each);
                }
                after = each;
            }
            there = box.letterNumbersAfter(after, NUMBERS);
        }
        List<Long> gone = new ArrayList<>();
        ghosts.stream().forEach(each -> gone.add((long) each));
        shard.remove(box.owner(), gone);
        uncommitted |= !gone.isEmpty();
    }

    private void commit() {
        nextCommit = System.nanoTime() + COMMIT_NANOS;
        uncommitted = false;
        for (Shard each : index.open()) {
            try {
                each.commit();
            } catch (IOException | RuntimeException failed) {
                LOG.warn("the search index could not be kept; it is tried again", failed);
                uncommitted = true;
            }
        }
    }

    /// Ends the work; what is not indexed yet is after the next start.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
