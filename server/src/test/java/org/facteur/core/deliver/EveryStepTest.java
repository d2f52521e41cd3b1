package org.facteur.core.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.facteur.base.event.EventSink;
import org.facteur.base.fault.Busy;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.DirectoryEditor;
import org.facteur.core.account.Door;
import org.facteur.core.change.Hints;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.queue.Berth;
import org.facteur.core.queue.Carriage;
import org.facteur.core.queue.Destination;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.QueuedRecipient;
import org.facteur.core.queue.RecipientResult;
import org.facteur.core.queue.RetrySchedule;
import org.facteur.core.queue.Settlement;
import org.facteur.core.sieve.Scripts;
import org.facteur.store.blob.BlobStore;
import org.facteur.store.kv.Batch;
import org.facteur.store.kv.Engine;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Snapshot;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.memory.MemoryEngine;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.sieve.SieveLimits;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.RcptParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A letter's whole way (boxes, queue, other servers, settling, reports), with the process ended
/// before and after each single commit of it, and another process that goes on.
///
/// Once acknowledged nothing is lost; in boxes and of reports nothing is doubled; another server
/// gets a letter twice only when the end came between its answer and ours to the store, which SMTP
/// leaves open (RFC 1047 §2).
class EveryStepTest {
    private static final EmailAddress ALICE = EmailAddress.parse("alice@example.org");
    private static final EmailAddress CAROL = EmailAddress.parse("carol@example.org");
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    /// Ends at a commit: before it happens, or when it has happened and nobody was told.
    private static final class MortalEngine implements Engine {
        private final MemoryEngine engine;
        private long left = Long.MAX_VALUE;
        private long commits;
        private boolean after;
        private boolean ended;

        MortalEngine(MemoryEngine engine) {
            this.engine = engine;
        }

        @Override
        public synchronized Commit submit(Batch batch) {
            if (ended) {
                throw end();
            }
            commits++;
            if (--left >= 0) {
                return engine.submit(batch);
            }
            ended = true;
            if (after) {
                engine.submit(batch).await();
            }
            throw end();
        }

        private static StoreFault end() {
            return new StoreFault(StoreFault.Kind.STOPPED, "the process has ended");
        }

        @Override
        public Snapshot durable(PartitionId partition) {
            return engine.durable(partition);
        }

        @Override
        public Snapshot newest(PartitionId partition) {
            return engine.newest(partition);
        }

        @Override
        public Outcome settle(Batch batch) {
            return engine.settle(batch);
        }

        @Override
        public List<PartitionId> partitions(@Nullable PartitionId from, int limit) {
            return engine.partitions(from, limit);
        }

        @Override
        public BlobStore blobs() {
            return engine.blobs();
        }

        @Override
        public void close() {
            // The next process opens what is left.
        }
    }

    /// One process over the store.
    private static final class Process {
        private final EngineStore store;
        private final LetterBoxes boxes;
        private final Directory directory;
        private final Queue queue;
        private final Delivery delivery;
        private final Bounces bounces;
        private final LocalRetry retry;
        private final Map<String, Integer> taken;
        private Instant now = NOW;

        Process(Engine engine, Map<String, Integer> taken) {
            this.taken = taken;
            store = new EngineStore(engine, new Random(1), () -> now);
            directory = new Directory(store);
            boxes = new LetterBoxes(store, directory, new Hints(), () -> now, 1_000_000);
            queue = new Queue(store, () -> now, () -> RetrySchedule.DEFAULT, EventSink.NONE);
            delivery =
                    new Delivery(
                            directory,
                            new Delivery.Boxes(
                                    boxes,
                                    new Scripts(
                                            store, new Hints(), () -> now, SieveLimits.STANDARD)),
                            queue,
                            () -> now,
                            EventSink.NONE);
            bounces = new Bounces(delivery, queue, Domain.parse("mail.example.org"), () -> now);
            retry = new LocalRetry(delivery, boxes, queue, () -> now);
        }

        void people() {
            DirectoryEditor editor = new DirectoryEditor(directory, () -> now);
            editor.addDomain(Domain.parse("example.org"), null);
            for (EmailAddress each : List.of(ALICE, CAROL)) {
                Account account = editor.addAccount(each, "", Language.ENGLISH);
                boxes.prepare(account.id(), Language.ENGLISH);
            }
        }

        /// Hands the letter in; returning is the acknowledgement.
        void accept() {
            byte[] octets =
                    "From: carol@example.org\r\nSubject: step\r\n\r\nHello\r\n"
                            .getBytes(StandardCharsets.US_ASCII);
            try (LetterWriter writer = new LetterWriter(boxes.blobs(), 1_000_000)) {
                writer.write(octets, 0, octets.length);
                try (NewLetter letter = writer.finish()) {
                    delivery.accept(
                            new Consignment(
                                    letter, envelope(), new byte[0], false, now, List.of(), null));
                }
            }
        }

        private Envelope envelope() {
            RcptParameters told =
                    new RcptParameters(
                            EnumSet.of(
                                    RcptParameters.Notify.SUCCESS, RcptParameters.Notify.FAILURE),
                            null);
            return new Envelope(
                    CAROL,
                    List.of(
                            new Envelope.Recipient(ALICE, RcptParameters.NONE),
                            new Envelope.Recipient(EmailAddress.parse("dan@near.example"), told),
                            new Envelope.Recipient(
                                    EmailAddress.parse("eve@near.example"), RcptParameters.NONE),
                            new Envelope.Recipient(
                                    EmailAddress.parse("nobody@near.example"),
                                    RcptParameters.NONE)),
                    directory.findAccount(CAROL).orElseThrow().id(),
                    false,
                    LetterWishes.NONE);
        }

        /// Works as a courier does, until nothing is left.
        void work() {
            queue.load();
            for (int hour = 0; hour < 30 && !queue.list(10).isEmpty(); hour++) {
                for (Berth berth = queue.enter().orElse(null);
                        berth != null;
                        berth = queue.enter().orElse(null)) {
                    try (Berth place = berth) {
                        for (QueueItem item = place.next().orElse(null);
                                item != null;
                                item = place.next().orElse(null)) {
                            carry(item);
                        }
                    }
                }
                now = now.plus(Duration.ofHours(1));
            }
        }

        private void carry(QueueItem item) {
            if (!item.toTell().isEmpty()) {
                bounces.report(item);
                return;
            }
            List<RecipientResult> results =
                    switch (item.destination()) {
                        case Destination.Local _ -> retry.attempt(item);
                        case Destination.Remote _ ->
                                item.waiting().stream().map(this::hand).toList();
                    };
            QueueItem left =
                    queue.settle(
                                    List.of(
                                            new Settlement(
                                                    item,
                                                    results,
                                                    new Carriage("mx.near.example", ""))))
                            .get(item.id());
            if (left != null && !left.toTell().isEmpty()) {
                bounces.report(left);
            }
        }

        private RecipientResult hand(QueuedRecipient recipient) {
            String name = recipient.address().toString();
            if (name.startsWith("nobody")) {
                return new RecipientResult(
                        recipient.address(),
                        RecipientResult.Kind.REFUSED,
                        "5.1.1",
                        "no such person");
            }
            taken.merge(name, 1, Integer::sum);
            return new RecipientResult(
                    recipient.address(),
                    name.startsWith("dan")
                            ? RecipientResult.Kind.RELAYED
                            : RecipientResult.Kind.DELIVERED,
                    "2.0.0",
                    "ok");
        }

        List<String> inbox(EmailAddress owner) {
            Account account = directory.findAccount(owner).orElseThrow();
            LetterBox box = boxes.open(Actor.system(account.id(), Door.IMAP));
            MailboxView view = box.view(box.inbox());
            return IntStream.range(0, view.size())
                    .mapToObj(i -> box.findLetter(view.letter(i)).orElseThrow())
                    .map(
                            letter -> {
                                try (LetterContent content = box.content(letter)) {
                                    return new String(
                                            content.read(0, (int) content.size()),
                                            StandardCharsets.UTF_8);
                                }
                            })
                    .toList();
        }
    }

    @Test
    void endedAtAnyStepTheNextProcessFinishes() {
        MortalEngine whole = engine();
        Process once = new Process(whole, new HashMap<>());
        once.accept();
        long accepting = whole.commits;
        once.work();
        long all = whole.commits;
        assertThat(all - accepting).as("steps behind the acknowledgement").isGreaterThan(3);
        check(once, 1, 1, "without an end");
        for (boolean after : new boolean[] {false, true}) {
            for (long step = 0; step < all; step++) {
                endAt(step, after, step >= accepting);
            }
        }
    }

    /// @param acknowledged whether the end comes behind the answer to the sender
    private void endAt(long step, boolean after, boolean acknowledged) {
        String where = "ended at commit " + step + (after ? ", which happened" : "");
        MortalEngine engine = engine();
        Map<String, Integer> taken = new HashMap<>();
        Process first = new Process(engine, taken);
        engine.left = step;
        engine.after = after;
        List<RuntimeException> ends = new ArrayList<>();
        boolean answered = false;
        try {
            first.accept();
            answered = true;
            first.work();
        } catch (Busy | StoreFault end) {
            ends.add(end);
        }
        assertThat(answered).as(where).isEqualTo(acknowledged);
        assertThat(engine.ended).as(where).isTrue();
        Process second = new Process(new MortalEngine(engine.engine), taken);
        if (!answered) {
            // Whoever got no answer brings the letter again.
            second.accept();
        }
        second.work();
        check(second, answered ? 1 : 2, 2, where);
        second.work();
        check(second, answered ? 1 : 2, 2, where + ", and worked once more");
    }

    private static MortalEngine engine() {
        MortalEngine engine = new MortalEngine(new MemoryEngine());
        new Process(engine, new HashMap<>()).people();
        engine.commits = 0;
        return engine;
    }

    /// @param letters how often the letter may have been taken in
    /// @param outside how often another server may have got it
    private static void check(Process process, int letters, int outside, String where) {
        assertThat(process.queue.list(10)).as(where).isEmpty();
        assertThat(process.inbox(ALICE)).as(where).hasSizeBetween(1, letters);
        for (String each : Set.of("dan@near.example", "eve@near.example")) {
            assertThat(process.taken.getOrDefault(each, 0)).as(where).isBetween(1, outside);
        }
        List<String> told = process.inbox(CAROL);
        for (String action : List.of("failed", "relayed")) {
            assertThat(told.stream().filter(each -> each.contains("Action: " + action)).count())
                    .as("%s: %s in %s", where, action, told)
                    .isBetween(1L, (long) letters);
        }
    }
}
