package org.facteur.core.queue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.facteur.base.event.Event;
import org.facteur.base.event.EventSink;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Store;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.RcptParameters;
import org.jspecify.annotations.Nullable;

/// The queue of letters on their way out. Any thread.
public final class Queue {
    /// How long a worker may take for one item before another may try.
    private static final Duration LEASE = Duration.ofMinutes(30);

    private static final Key SEQUENCE = Layout.counters("queue-sequence");
    private static final int PAGE = 500;

    /// What recipients may take of an item's row; the rest is for the prefix.
    private static final int RECIPIENT_BYTES = 56_000;

    private final Store store;
    private final InstantSource clock;
    private final RetrySchedule retries;
    private final EventSink events;
    private final RandomGenerator random = new SecureRandom();
    private final long owner;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    public Queue(Store store, InstantSource clock, RetrySchedule retries, EventSink events) {
        this.events = events;
        this.store = store;
        this.clock = clock;
        this.retries = retries;
        this.owner = random.nextLong() | 1;
    }

    /// Calls `wake` whenever something may have become due. It must only signal.
    public void watch(Runnable wake) {
        watchers.add(wake);
    }

    /// Takes a letter for all its destinations. Durable when this returns.
    ///
    /// @param handover names this hand-over, so that doing it again changes nothing; null for none
    /// @return the items made; empty when the hand-over was done before
    /// @throws Busy when the store cannot write now
    public List<QueueId> add(
            QueuedLetter letter,
            StagedBlob octets,
            Origin origin,
            List<NewItem> items,
            @Nullable String handover) {
        int shard = shardFor(handover);
        List<QueueId> added =
                write(
                        shard,
                        tx -> {
                            if (handover != null && done(tx, Layout.handover(handover))) {
                                return List.of();
                            }
                            return put(tx, shard, letter, octets, origin, items);
                        });
        wake();
        return added;
    }

    /// The same hand-over must come to the same shard.
    private int shardFor(@Nullable String handover) {
        return handover == null
                ? random.nextInt(QueueId.SHARDS)
                : Math.floorMod(handover.hashCode(), QueueId.SHARDS);
    }

    private static boolean done(Transaction tx, Key handover) {
        boolean known = tx.find(handover).isPresent();
        if (!known) {
            tx.put(handover, new Encoder(1).toBytes());
        }
        return known;
    }

    private List<QueueId> put(
            Transaction tx,
            int shard,
            QueuedLetter letter,
            StagedBlob octets,
            Origin origin,
            List<NewItem> items) {
        long sequence = nextSequence(tx);
        Instant now = clock.instant();
        LetterWishes.Release release = letter.wishes().release();
        List<QueueId> ids = new ArrayList<>();
        Instant released = release == null ? now : release.moment(now);
        for (NewItem item : items) {
            int to = 0;
            for (int from = 0; from < item.recipients().size(); from = to) {
                to = endOfShare(item.recipients(), from);
                QueueId id = QueueId.of(shard, sequence++);
                tx.keep(octets);
                List<QueuedRecipient> recipients = item.recipients().subList(from, to);
                boolean toTell = recipients.stream().anyMatch(QueuedRecipient::toTell);
                Instant first = toTell || released.isBefore(now) ? now : released;
                save(
                        tx,
                        new QueueItem(
                                id,
                                letter,
                                origin,
                                item.destination(),
                                recipients,
                                Schedule.fresh(now, first)));
                ids.add(id);
            }
        }
        tx.put(SEQUENCE, new Encoder(1).number(sequence).toBytes());
        return List.copyOf(ids);
    }

    /// How many recipients fit into one row.
    private static int endOfShare(List<QueuedRecipient> recipients, int from) {
        int most = Math.min(recipients.size(), from + QueueItem.RECIPIENTS);
        int end = from;
        int octets = 0;
        while (end < most) {
            octets += recipients.get(end).weight();
            if (octets > RECIPIENT_BYTES && end > from) {
                return end;
            }
            end++;
        }
        return end;
    }

    /// Takes due items to work on, each for half an hour. Held ones are never due.
    ///
    /// @param most how many at most, 1 to 500
    public List<QueueItem> lease(int most) {
        List<QueueItem> leased = new ArrayList<>();
        for (int shard = 0; shard < QueueId.SHARDS && leased.size() < most; shard++) {
            int left = most - leased.size();
            if (partition(shard)
                    .read(view -> view.scan(Layout.dueUntil(clock.instant()), 1))
                    .isEmpty()) {
                continue;
            }
            leased.addAll(write(shard, tx -> leaseSome(tx, left)));
        }
        return leased;
    }

    private List<QueueItem> leaseSome(Transaction tx, int most) {
        Instant now = clock.instant();
        List<QueueItem> leased = new ArrayList<>();
        for (Row row : tx.scan(Layout.dueUntil(now), Math.min(most, PAGE))) {
            QueueId id = new QueueId(Layout.number(row.key(), 1));
            QueueItem item = find(tx, id).orElse(null);
            if (item == null) {
                tx.delete(row.key());
                continue;
            }
            QueueItem taken = item.with(item.schedule().leased(owner, now.plus(LEASE)));
            replace(tx, item, taken);
            leased.add(taken);
        }
        return leased;
    }

    /// When the next item is due; empty when nothing waits.
    public Optional<Instant> findNextDue() {
        Instant next = null;
        for (int shard = 0; shard < QueueId.SHARDS; shard++) {
            List<Row> first = partition(shard).read(view -> view.scan(Layout.all(Table.DUE), 1));
            if (!first.isEmpty()) {
                Instant due = Instant.ofEpochMilli(Layout.number(first.getFirst().key(), 0));
                next = next == null || due.isBefore(next) ? due : next;
            }
        }
        return Optional.ofNullable(next);
    }

    /// Makes due what an earlier process of this machine had leased. Once, at start.
    public void takeBack() {
        KeyRange leased = Layout.dueUntil(clock.instant().plus(LEASE));
        for (int shard = 0; shard < QueueId.SHARDS; shard++) {
            KeyRange rest = leased;
            List<Row> page;
            do {
                KeyRange range = rest;
                page = partition(shard).read(view -> view.scan(range, PAGE));
                List<Row> rows = page;
                write(shard, tx -> takeBack(tx, rows));
                if (!page.isEmpty()) {
                    rest = rest.after(page.getLast());
                }
            } while (page.size() == PAGE);
        }
        wake();
    }

    private boolean takeBack(Transaction tx, List<Row> rows) {
        for (Row row : rows) {
            find(tx, new QueueId(Layout.number(row.key(), 1)))
                    .filter(
                            item ->
                                    item.schedule().lease() != 0
                                            && item.schedule().lease() != owner)
                    .ifPresent(
                            item ->
                                    replace(
                                            tx,
                                            item,
                                            item.with(item.schedule().due(clock.instant()))));
        }
        return true;
    }

    /// Notes what an attempt did. Delivered recipients leave the item, refused and expired ones are
    /// failed; those that are left wait for their next try.
    ///
    /// @param results for some or all waiting recipients; others count as deferred
    /// @return the item as it is now; empty when nobody is left
    public Optional<QueueItem> settle(QueueItem leased, List<RecipientResult> results) {
        events.emit(
                new Event.SendingSettled(
                        count(results, RecipientResult.Kind.DELIVERED),
                        count(results, RecipientResult.Kind.DEFERRED),
                        count(results, RecipientResult.Kind.REFUSED)));
        return write(
                leased.id().shard(),
                tx -> {
                    QueueItem item = find(tx, leased.id()).orElse(null);
                    if (item == null) {
                        return Optional.empty();
                    }
                    boolean expired = retries.expired(item, clock.instant());
                    List<QueuedRecipient> left = new ArrayList<>();
                    for (QueuedRecipient recipient : item.recipients()) {
                        after(item, recipient, results, expired).ifPresent(left::add);
                    }
                    QueueItem next = item.with(left).with(nextTry(item, left));
                    replace(tx, item, next);
                    return left.isEmpty() ? Optional.empty() : Optional.of(next);
                });
    }

    private static int count(List<RecipientResult> results, RecipientResult.Kind kind) {
        return (int) results.stream().filter(result -> result.kind() == kind).count();
    }

    private Schedule nextTry(QueueItem item, List<QueuedRecipient> left) {
        boolean toTell = left.stream().anyMatch(QueuedRecipient::toTell);
        Instant now = clock.instant();
        Duration wait = retries.wait(item.schedule().attempts() + 1, random);
        return item.schedule().tried(toTell ? now : now.plus(wait));
    }

    private static Optional<QueuedRecipient> after(
            QueueItem item,
            QueuedRecipient recipient,
            List<RecipientResult> results,
            boolean expired) {
        if (recipient.toTell()) {
            return Optional.of(recipient);
        }
        RecipientResult result =
                results.stream()
                        .filter(each -> each.address().equals(recipient.address()))
                        .findFirst()
                        .orElse(null);
        if (result == null) {
            return Optional.of(
                    expired ? failed(recipient, "5.4.7", recipient.answer()) : recipient);
        }
        return switch (result.kind()) {
            case DELIVERED -> delivered(item, recipient, result);
            case REFUSED -> Optional.of(failed(recipient, result.status(), result.answer()));
            case DEFERRED ->
                    Optional.of(
                            expired
                                    ? failed(recipient, "5.4.7", result.answer())
                                    : recipient.become(
                                            QueuedRecipient.State.WAITING,
                                            result.status(),
                                            result.answer()));
        };
    }

    /// Who is reached leaves the item, unless the sender asked to hear of it and we are the last to
    /// know (RFC 3461 §5.2.3): of letters that went on, the next server tells.
    private static Optional<QueuedRecipient> delivered(
            QueueItem item, QueuedRecipient recipient, RecipientResult result) {
        return item.destination() instanceof Destination.Local
                        && recipient.wishes().wants(RcptParameters.Notify.SUCCESS)
                ? Optional.of(
                        recipient.become(
                                QueuedRecipient.State.DELIVERED, result.status(), result.answer()))
                : Optional.empty();
    }

    private static QueuedRecipient failed(QueuedRecipient recipient, String status, String answer) {
        return recipient.become(QueuedRecipient.State.FAILED, status, answer);
    }

    /// The sender was told of the recipients that are settled: they leave the item.
    public void reported(QueueId id) {
        write(
                id.shard(),
                tx -> {
                    find(tx, id)
                            .ifPresent(
                                    item -> {
                                        Duration wait =
                                                retries.wait(
                                                        Math.max(1, item.schedule().attempts()),
                                                        random);
                                        replace(
                                                tx,
                                                item,
                                                item.with(item.waiting())
                                                        .with(
                                                                item.schedule()
                                                                        .due(
                                                                                clock.instant()
                                                                                        .plus(
                                                                                                wait))));
                                    });
                    return true;
                });
    }

    /// The sender was told that the letter is late.
    public void delayTold(QueueId id) {
        change(id, item -> item.with(item.schedule().told()));
    }

    /// Items in order of their numbers.
    ///
    /// @param most how many at most
    public List<QueueItem> list(int most) {
        List<QueueItem> items = new ArrayList<>();
        for (int shard = 0; shard < QueueId.SHARDS; shard++) {
            KeyRange rest = Layout.all(Table.QUEUED);
            List<Row> page;
            do {
                KeyRange range = rest;
                page = partition(shard).read(view -> view.scan(range, PAGE));
                for (Row row : page) {
                    items.add(
                            QueueItem.decode(
                                    new QueueId(Layout.number(row.key(), 0)), row.value()));
                }
                if (!page.isEmpty()) {
                    rest = rest.after(page.getLast());
                }
            } while (page.size() == PAGE && items.size() < most);
        }
        return items.stream()
                .sorted(java.util.Comparator.comparing(QueueItem::id))
                .limit(most)
                .toList();
    }

    public Optional<QueueItem> find(QueueId id) {
        return partition(id.shard()).read(view -> find(view, id));
    }

    /// Tries an item at once; also releases it.
    ///
    /// @throws Refusal NOT_FOUND
    public void retry(QueueId id) {
        change(id, item -> item.with(item.schedule().held(false, clock.instant())));
        wake();
    }

    /// Keeps an item back until it is released.
    ///
    /// @throws Refusal NOT_FOUND
    public void hold(QueueId id) {
        change(id, item -> item.with(item.schedule().held(true, clock.instant())));
    }

    /// Removes an item; nobody is told.
    ///
    /// @throws Refusal NOT_FOUND
    public void drop(QueueId id) {
        change(id, item -> item.with(List.of()));
    }

    /// The octets of an item, without the prefix.
    public Blob open(QueueItem item) {
        return store.blobs()
                .find(partitionId(item.id().shard()), item.letter().blob())
                .orElseThrow(
                        () ->
                                new StoreFault(
                                        StoreFault.Kind.CORRUPT,
                                        "the octets of queue item " + item.id() + " are missing"));
    }

    /// The octets of an item as they go out, the prefix first. Closed when no longer needed.
    public InputStream read(QueueItem item) {
        Blob blob = open(item);
        return new SequenceInputStream(
                new ByteArrayInputStream(item.letter().prefix()), blob.open(0, blob.size())) {
            @Override
            public void close() throws IOException {
                try (blob) {
                    super.close();
                }
            }
        };
    }

    private void change(QueueId id, UnaryOperator<QueueItem> change) {
        write(
                id.shard(),
                tx -> {
                    QueueItem item =
                            find(tx, id)
                                    .orElseThrow(
                                            () ->
                                                    new Refusal(
                                                            Refusal.Reason.NOT_FOUND,
                                                            "There is no such letter in the queue.",
                                                            "Cette lettre n'est pas dans la file."));
                    replace(tx, item, change.apply(item));
                    return true;
                });
    }

    private static Optional<QueueItem> find(ReadView view, QueueId id) {
        return view.find(Layout.queued(id.number())).map(row -> QueueItem.decode(id, row));
    }

    private static void save(Transaction tx, QueueItem item) {
        tx.put(Layout.queued(item.id().number()), item.encode());
        if (!item.schedule().held()) {
            tx.put(due(item), new Encoder(1).toBytes());
        }
    }

    /// Puts an item in another's place; one without recipients ends.
    private static void replace(Transaction tx, QueueItem old, QueueItem next) {
        tx.delete(due(old));
        if (next.recipients().isEmpty()) {
            tx.delete(Layout.queued(old.id().number()));
            tx.release(old.letter().blob());
        } else {
            save(tx, next);
        }
    }

    /// The first sequence number the shard has not given.
    static long nextSequence(ReadView view) {
        return view.find(SEQUENCE).map(row -> new Decoder(row, 1).number()).orElse(1L);
    }

    static Key due(QueueItem item) {
        return Layout.due(item.schedule().next(), item.id().number());
    }

    private <T> T write(int shard, Function<Transaction, T> work) {
        try {
            return partition(shard).write(work::apply).value();
        } catch (StoreFault fault) {
            throw fault.passing() ? new Busy("the queue cannot be written", fault) : fault;
        }
    }

    private Partition partition(int shard) {
        return store.partition(partitionId(shard));
    }

    private static PartitionId partitionId(int shard) {
        return new PartitionId(PartitionId.Realm.QUEUE, shard);
    }

    private void wake() {
        watchers.forEach(Runnable::run);
    }
}
