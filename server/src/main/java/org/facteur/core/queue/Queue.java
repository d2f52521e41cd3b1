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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.facteur.base.event.Event;
import org.facteur.base.event.EventSink;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Store;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The queue of letters on their way out. Any thread.
///
/// Who works on what is known in memory only: one process has the queue, and what it had not
/// settled when it ended is due again when the next one begins.
public final class Queue {
    private static final Logger LOG = LoggerFactory.getLogger(Queue.class);
    private static final int PAGE = 500;

    /// There is no such mailbox (RFC 3463 §3.2).
    private static final String NO_SUCH_BOX = "5.1.1";

    /// What attempts written down in one transaction may come to, in octets; the store takes 1 MB.
    private static final int TOGETHER_BYTES = 600_000;

    /// What recipients may take of an item's row; the rest is for the prefix.
    private static final int RECIPIENT_BYTES = 56_000;

    private final Store store;
    private final InstantSource clock;
    private final Attempted attempted;
    private final EventSink events;
    private final RandomGenerator random = new SecureRandom();
    private final Lanes lanes;
    private final Suppressions suppressions;
    private final Timelines timelines;
    private final SenderRewriting senders;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    /// @param retries asked anew after each attempt
    public Queue(
            Store store, InstantSource clock, Supplier<RetrySchedule> retries, EventSink events) {
        this.events = events;
        this.store = store;
        this.clock = clock;
        this.attempted = new Attempted(retries, random);
        this.suppressions = new Suppressions(store, clock);
        this.timelines = new Timelines(store, clock);
        this.senders = new SenderRewriting(store, clock);
        this.lanes =
                new Lanes(
                        (shard, range, limit) ->
                                partition(shard).read(view -> view.scan(range, limit)),
                        clock,
                        random,
                        Lanes.Pace.STANDARD);
    }

    /// What happened to letters.
    public Timelines timelines() {
        return timelines;
    }

    /// Addresses that no longer exist.
    public Suppressions suppressions() {
        return suppressions;
    }

    /// Reverse paths of letters that are passed on.
    public SenderRewriting senders() {
        return senders;
    }

    Lanes lanes() {
        return lanes;
    }

    /// Calls `wake` whenever something may have become due. It must only signal.
    public void watch(Runnable wake) {
        watchers.add(wake);
    }

    /// Finds out what waits. Once, before letters go out; letters may come in meanwhile.
    public void load() {
        for (int shard = 0; shard < QueueId.SHARDS; shard++) {
            while (moveOldRows(shard)) {
                // Page by page.
            }
        }
        lanes.load();
        wake();
    }

    /// What a first version kept by instant alone is put under its destination.
    private boolean moveOldRows(int shard) {
        List<Row> page = partition(shard).read(view -> view.scan(Layout.all(Table.DUE), PAGE));
        if (page.isEmpty()) {
            return false;
        }
        write(
                shard,
                tx -> {
                    for (Row row : page) {
                        QueueId id = new QueueId(Layout.number(row.key(), 1));
                        tx.delete(row.key());
                        QueueRows.find(tx, id).ifPresent(item -> QueueRows.save(tx, item));
                    }
                    return true;
                });
        return page.size() == PAGE;
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
        List<QueueItem> added =
                write(
                        shard,
                        tx -> {
                            if (handover != null && done(tx, Layout.handover(handover))) {
                                return List.of();
                            }
                            return put(tx, shard, letter, octets, origin, items);
                        });
        added.forEach(this::noteNew);
        wake();
        return added.stream().map(QueueItem::id).toList();
    }

    private static Schedule schedule(NewItem item, Instant now, Instant first, int priority) {
        Schedule fresh = Schedule.fresh(now, inLine(first, priority));
        return item.isHeld() ? fresh.held(true, now) : fresh;
    }

    private void noteNew(QueueItem item) {
        if (item.schedule().held()) {
            return;
        }
        lanes.added(item.destination().lane(), item.id(), item.schedule().next().toEpochMilli());
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

    private List<QueueItem> put(
            Transaction tx,
            int shard,
            QueuedLetter letter,
            StagedBlob octets,
            Origin origin,
            List<NewItem> items) {
        long sequence = QueueRows.nextSequence(tx);
        Instant now = clock.instant();
        LetterWishes.Release release = letter.wishes().release();
        List<QueueItem> added = new ArrayList<>();
        Instant released = release == null ? now : release.moment(now);
        for (NewItem item : items) {
            int to = 0;
            for (int from = 0; from < item.recipients().size(); from = to) {
                to = endOfShare(item.recipients(), from);
                List<QueuedRecipient> recipients = item.recipients().subList(from, to);
                boolean toTell = recipients.stream().anyMatch(QueuedRecipient::toTell);
                Instant first = toTell || released.isBefore(now) ? now : released;
                QueueItem fresh =
                        new QueueItem(
                                QueueId.of(shard, sequence++),
                                letter,
                                origin,
                                item.destination(),
                                recipients,
                                schedule(item, now, first, letter.wishes().priority()));
                tx.keep(octets);
                QueueRows.save(tx, fresh);
                added.add(fresh);
            }
        }
        QueueRows.saveSequence(tx, sequence);
        return List.copyOf(added);
    }

    /// A letter that matters more goes before those of the last minutes (RFC 6710 §5.2).
    private static Instant inLine(Instant due, int priority) {
        return priority > 0 ? due.minus(Duration.ofMinutes(priority)) : due;
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

    /// Takes a berth at a destination that has something due, in turns. Empty when no destination
    /// with a free berth has.
    public Optional<Berth> enter() {
        return lanes.enter().map(lane -> new Berth(this, lane));
    }

    /// How long until [#enter] may find something; empty when that is not known.
    public Optional<Duration> untilNext() {
        return lanes.untilNext();
    }

    Optional<QueueItem> next(Lane lane) {
        for (QueueId id = lanes.next(lane); id != null; id = lanes.next(lane)) {
            Optional<QueueItem> item = take(lane, id);
            if (item.isPresent()) {
                return item;
            }
        }
        return Optional.empty();
    }

    private Optional<QueueItem> take(Lane lane, QueueId id) {
        try {
            Optional<QueueItem> item =
                    find(id).filter(each -> !each.schedule().held())
                            .filter(each -> !each.schedule().next().isAfter(clock.instant()));
            if (item.isEmpty()) {
                lanes.removed(id);
            }
            return item;
        } catch (IllegalArgumentException | SyntaxFault broken) {
            LOG.error("queue item {} makes no sense and is left alone", id, broken);
            return Optional.empty();
        } catch (StoreFault fault) {
            if (fault.kind() == StoreFault.Kind.CORRUPT) {
                LOG.error("queue item {} cannot be read and is left alone", id, fault);
                return Optional.empty();
            }
            lanes.added(lane.number, id, 0);
            throw fault;
        }
    }

    void leave(Lane lane) {
        lanes.leave(lane);
        wake();
    }

    /// Gives an item back without any attempt written down: it is due as before, its destination
    /// only after a pause.
    public void giveBack(QueueItem item) {
        lanes.pause(item.destination().lane());
        noteNew(item);
    }

    /// Gives an item back that was not begun: it is due as before.
    public void putBack(QueueItem item) {
        noteNew(item);
    }

    /// Notes what attempts did, those of one shard in one transaction. Delivered recipients leave
    /// their items, refused and expired ones are failed; those that are left wait for their next
    /// try.
    ///
    /// @return the items of which somebody is left, as they are now
    public Map<QueueId, QueueItem> settle(List<Settlement> settlements) {
        Map<QueueId, QueueItem> left = new HashMap<>();
        for (int shard = 0; shard < QueueId.SHARDS; shard++) {
            int number = shard;
            List<Settlement> own =
                    settlements.stream().filter(s -> s.item().id().shard() == number).toList();
            int to = 0;
            for (int from = 0; from < own.size(); from = to) {
                to = endOfTransaction(own, from);
                List<Settlement> some = own.subList(from, to);
                List<QueueItem> after = write(shard, tx -> settle(tx, some));
                some.forEach(this::learn);
                after.forEach(item -> noteSettled(item, left));
                some.forEach(each -> forgetGone(each.item(), after));
            }
        }
        wake();
        return left;
    }

    private static int endOfTransaction(List<Settlement> settlements, int from) {
        int end = from;
        int octets = 0;
        while (end < settlements.size() && octets < TOGETHER_BYTES) {
            octets += settlements.get(end).weight();
            end++;
        }
        return end;
    }

    private List<QueueItem> settle(Transaction tx, List<Settlement> settlements) {
        List<QueueItem> after = new ArrayList<>();
        Instant now = clock.instant();
        for (Settlement each : settlements) {
            QueueItem item = QueueRows.find(tx, each.item().id()).orElse(null);
            if (item != null) {
                QueueItem next = attempted.after(item, each.results(), now);
                QueueRows.replace(tx, item, next);
                QueueRows.note(tx, each, item, next, now);
                after.add(next);
            }
        }
        return after;
    }

    private void noteSettled(QueueItem item, Map<QueueId, QueueItem> left) {
        if (item.recipients().isEmpty() || item.schedule().held()) {
            lanes.removed(item.id());
        } else if (item.toTell().isEmpty()) {
            noteNew(item);
        }
        if (!item.recipients().isEmpty()) {
            left.put(item.id(), item);
        }
    }

    /// An item that was dropped while somebody worked on it.
    private void forgetGone(QueueItem item, List<QueueItem> after) {
        if (after.stream().noneMatch(each -> each.id().equals(item.id()))) {
            lanes.removed(item.id());
        }
    }

    /// Notes what one attempt did.
    ///
    /// @return the item as it is now; empty when nobody is left
    public Optional<QueueItem> settle(QueueItem tried, List<RecipientResult> results) {
        Settlement one = new Settlement(tried, results, Carriage.NONE);
        return Optional.ofNullable(settle(List.of(one)).get(tried.id()));
    }

    /// What results teach beside what became of the letter. Nothing of it may undo that.
    private void learn(Settlement settlement) {
        count(settlement.results());
        if (settlement.carriage().host().isEmpty()) {
            return;
        }
        try {
            for (RecipientResult result : settlement.results()) {
                switch (result.kind()) {
                    case DELIVERED, RELAYED -> suppressions.reached(result.address());
                    case REFUSED -> {
                        if (result.status().equals(NO_SUCH_BOX)) {
                            suppressions.refused(result.address(), result.answer());
                        }
                    }
                    case DEFERRED -> {
                        // Nothing is learnt from it.
                    }
                }
            }
        } catch (StoreFault fault) {
            LOG.warn("an address that does not exist is not remembered", fault);
        }
    }

    private void count(List<RecipientResult> results) {
        int delivered = 0;
        int deferred = 0;
        int refused = 0;
        for (RecipientResult result : results) {
            switch (result.kind()) {
                case DELIVERED, RELAYED -> delivered++;
                case DEFERRED -> deferred++;
                case REFUSED -> refused++;
            }
        }
        events.emit(new Event.SendingSettled(delivered, deferred, refused));
    }

    /// The sender was told of the recipients that are settled: they leave the item, and others wait
    /// for their next try.
    public void reported(QueueId id) {
        Optional<QueueItem> now =
                write(
                        id.shard(),
                        tx -> {
                            Optional<QueueItem> old = QueueRows.find(tx, id);
                            Optional<QueueItem> next = old.map(this::withoutTold);
                            old.ifPresent(item -> QueueRows.replace(tx, item, next.orElseThrow()));
                            return next;
                        });
        now.ifPresentOrElse(item -> noteSettled(item, new HashMap<>()), () -> lanes.removed(id));
        wake();
    }

    private QueueItem withoutTold(QueueItem item) {
        Duration wait = attempted.wait(Math.max(1, item.schedule().attempts()));
        return item.with(item.waiting()).with(item.schedule().due(clock.instant().plus(wait)));
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
        return partition(id.shard()).read(view -> QueueRows.find(view, id));
    }

    /// Tries an item at once; also releases it.
    ///
    /// @throws Refusal NOT_FOUND
    public void retry(QueueId id) {
        change(
                id,
                item -> {
                    lanes.forgive(item.destination().lane());
                    return item.with(item.schedule().held(false, clock.instant()));
                });
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
        QueueItem now =
                write(
                        id.shard(),
                        tx -> {
                            QueueItem item = QueueRows.find(tx, id).orElseThrow(Queue::noSuchItem);
                            QueueItem next = change.apply(item);
                            QueueRows.replace(tx, item, next);
                            return next;
                        });
        if (!now.recipients().isEmpty() && !now.schedule().held()) {
            lanes.moved(now.destination().lane(), id, now.schedule().next().toEpochMilli());
        }
    }

    private static Refusal noSuchItem() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND,
                "There is no such letter in the queue.",
                "Cette lettre n'est pas dans la file.");
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

    static PartitionId partitionId(int shard) {
        return new PartitionId(PartitionId.Realm.QUEUE, shard);
    }

    private void wake() {
        watchers.forEach(Runnable::run);
    }
}
