package org.facteur.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.facteur.base.event.EventSink;
import org.facteur.base.word.Language;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Store;
import org.facteur.store.memory.MemoryEngine;
import org.facteur.store.verify.StoreVerifier;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.LetterWishes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Leases, retries, failures and reports of queued letters; the store is checked after each test.
class QueueTest {
    private static final EmailAddress SENDER = EmailAddress.parse("alice@example.org");
    private static final EmailAddress BOB = EmailAddress.parse("bob@there.example");
    private static final EmailAddress EVE = EmailAddress.parse("eve@there.example");

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;
    private final MemoryEngine engine = new MemoryEngine();
    private final Store store = new EngineStore(engine, new Random(1), clock);
    private final Queue queue = newProcess();

    private Queue newProcess() {
        return new Queue(store, clock, () -> RetrySchedule.DEFAULT, EventSink.NONE);
    }

    @AfterEach
    void verify() {
        assertThat(new StoreVerifier(engine, List.of(new QueueCheck()), 10).run().findings())
                .isEmpty();
    }

    private List<QueueId> add(@Nullable String handover, EmailAddress... recipients) {
        byte[] octets = "Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
        try (BlobWriter writer = store.blobs().write()) {
            writer.write(octets, 0, octets.length);
            try (StagedBlob blob = writer.finish()) {
                return queue.add(
                        new QueuedLetter(
                                blob.id(),
                                blob.size(),
                                new byte[0],
                                14,
                                false,
                                false,
                                LetterWishes.NONE),
                        blob,
                        new Origin(SENDER, null, Language.FRENCH),
                        List.of(
                                NewItem.waiting(
                                        new Destination.Remote(Domain.parse("there.example")),
                                        List.of(recipients))),
                        handover);
            }
        }
    }

    private static RecipientResult result(EmailAddress to, RecipientResult.Kind kind) {
        return new RecipientResult(to, kind, "4.0.0", "said so");
    }

    private void later(Duration time) {
        now.set(now.get().plus(time));
    }

    @Test
    void anItemThatWasTakenIsNobodyElses() {
        add(null, BOB);
        QueueItem item = Taking.take(queue, 10).getFirst();
        assertThat(Taking.take(queue, 10)).isEmpty();
        later(Duration.ofMinutes(31));
        queue.hold(item.id());
        queue.retry(item.id());
        assertThat(Taking.take(queue, 10)).isEmpty();
        queue.putBack(item);
        assertThat(Taking.take(queue, 10)).hasSize(1);
    }

    @Test
    void aNewProcessBeginsWithWhatTheOldOneHadNotSettled() {
        add(null, BOB);
        Taking.take(queue, 10);
        Queue next = newProcess();
        assertThat(Taking.take(next, 10)).isEmpty();
        next.load();
        assertThat(Taking.take(next, 10)).hasSize(1);
    }

    @Test
    void deliveredRecipientsLeaveAndOthersWaitLongerEachTime() {
        add(null, BOB, EVE);
        QueueItem item = Taking.take(queue, 1).getFirst();
        queue.settle(
                item,
                List.of(
                        result(BOB, RecipientResult.Kind.DELIVERED),
                        result(EVE, RecipientResult.Kind.DEFERRED)));
        long last = 0;
        for (int attempt = 1; attempt < 6; attempt++) {
            Instant due = Taking.nextDue(queue, clock).orElseThrow();
            long wait = Duration.between(now.get(), due).toSeconds();
            assertThat(wait).isBetween(47L << (attempt - 1), 73L << (attempt - 1));
            assertThat(wait).isGreaterThan(last);
            last = wait;
            now.set(due);
            QueueItem again = Taking.take(queue, 1).getFirst();
            assertThat(again.waiting()).extracting(QueuedRecipient::address).containsExactly(EVE);
            queue.settle(again, List.of(result(EVE, RecipientResult.Kind.DEFERRED)));
        }
        now.set(Taking.nextDue(queue, clock).orElseThrow());
        assertThat(
                        queue.settle(
                                Taking.take(queue, 1).getFirst(),
                                List.of(result(EVE, RecipientResult.Kind.DELIVERED))))
                .isEmpty();
        assertThat(queue.list(10)).isEmpty();
    }

    @Test
    void refusedRecipientsStayUntilTheirSenderWasTold() {
        add(null, BOB);
        QueueItem item = Taking.take(queue, 1).getFirst();
        QueueItem failed =
                queue.settle(item, List.of(result(BOB, RecipientResult.Kind.REFUSED)))
                        .orElseThrow();
        assertThat(failed.failed()).hasSize(1);
        assertThat(Taking.take(queue, 1)).isEmpty();
        Queue next = newProcess();
        next.load();
        assertThat(Taking.take(next, 1)).hasSize(1);
        queue.reported(item.id());
        assertThat(queue.list(10)).isEmpty();
    }

    @Test
    void afterFiveDaysALetterIsGivenUpWhateverHappened() {
        add(null, BOB, EVE);
        later(Duration.ofDays(5).plusSeconds(1));
        QueueItem item = Taking.take(queue, 1).getFirst();
        QueueItem failed =
                queue.settle(item, List.of(result(BOB, RecipientResult.Kind.DEFERRED)))
                        .orElseThrow();
        assertThat(failed.failed())
                .extracting(QueuedRecipient::status)
                .containsOnly("5.4.7")
                .hasSize(2);
    }

    @Test
    void aHandOverDoneTwiceIsOneLetter() {
        assertThat(add("once", BOB)).hasSize(1);
        assertThat(add("once", BOB)).isEmpty();
        assertThat(queue.list(10)).hasSize(1);
    }

    @Test
    void heldItemsWaitForSomebody() {
        QueueId id = add(null, BOB).getFirst();
        queue.hold(id);
        later(Duration.ofDays(1));
        assertThat(Taking.take(queue, 10)).isEmpty();
        queue.retry(id);
        assertThat(Taking.take(queue, 10)).hasSize(1);
    }

    @Test
    void droppedItemsAreGone() {
        QueueId id = add(null, BOB).getFirst();
        queue.drop(id);
        assertThat(queue.find(id)).isEmpty();
        assertThat(queue.enter()).isEmpty();
        assertThat(queue.untilNext()).isEmpty();
    }

    @Test
    void manyRecipientsBecomeSeveralItems() {
        EmailAddress[] many = new EmailAddress[250];
        for (int i = 0; i < many.length; i++) {
            many[i] = EmailAddress.parse("r" + i + "@there.example");
        }
        assertThat(add(null, many)).hasSize(3);
        assertThat(Taking.take(queue, 10).stream().mapToInt(item -> item.waiting().size()).sum())
                .isEqualTo(250);
    }

    @Test
    void manyLettersForOneDestinationDoNotHoldUpAnother() {
        addMany(300, "slow.example");
        add(null, BOB);
        try (Berth first = queue.enter().orElseThrow();
                Berth second = queue.enter().orElseThrow()) {
            assertThat(first.next().orElseThrow().destination())
                    .isNotEqualTo(second.next().orElseThrow().destination());
        }
    }

    @Test
    void aDestinationHasFewPlacesAndMoreWithSuccess() {
        for (int i = 0; i < 60; i++) {
            add(null, EmailAddress.parse("r" + i + "@there.example"));
        }
        List<Berth> places = enterAll();
        assertThat(places).hasSize(5);
        places.getFirst().badly();
        places.forEach(Berth::close);
        List<Berth> fewer = enterAll();
        assertThat(fewer).hasSize(2);
        for (int i = 0; i < 500; i++) {
            fewer.getFirst().well();
        }
        assertThat(enterAll()).hasSize(18);
    }

    private List<Berth> enterAll() {
        List<Berth> places = new java.util.ArrayList<>();
        queue.enter().ifPresent(places::add);
        while (true) {
            var place = queue.enter();
            if (place.isEmpty()) {
                return places;
            }
            places.add(place.get());
        }
    }

    @Test
    void nobodyTriesADestinationThatWasNotReachedForAWhile() {
        add(null, BOB);
        add(null, EVE);
        try (Berth place = queue.enter().orElseThrow()) {
            queue.putBack(place.next().orElseThrow());
            place.unreachable();
        }
        assertThat(queue.enter()).isEmpty();
        Duration wait = queue.untilNext().orElseThrow();
        assertThat(wait.toSeconds()).isBetween(47L, 73L);
        add(null, EmailAddress.parse("third@there.example"));
        assertThat(queue.enter()).isEmpty();
        later(wait);
        try (Berth place = queue.enter().orElseThrow()) {
            assertThat(queue.enter()).isEmpty();
            place.unreachable();
        }
        assertThat(queue.untilNext().orElseThrow().toSeconds()).isBetween(95L, 145L);
        queue.retry(queue.list(1).getFirst().id());
        assertThat(Taking.take(queue, 10)).hasSize(3);
    }

    @Test
    void fiftyThousandLettersAreEachTakenOnce() {
        java.util.Set<QueueId> seen = new java.util.HashSet<>();
        int items = 50_000;
        for (int i = 0; i < items / 500; i++) {
            addMany(500, "d" + i % 7 + ".example");
        }
        Queue next = newProcess();
        next.load();
        for (QueueItem item : Taking.take(next, Integer.MAX_VALUE)) {
            assertThat(seen.add(item.id())).isTrue();
        }
        assertThat(seen).hasSize(items);
    }

    private void addMany(int count, String domain) {
        byte[] octets = "Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        List<NewItem> items = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(
                    NewItem.waiting(
                            new Destination.Remote(Domain.parse(domain)),
                            List.of(EmailAddress.parse("r" + i + "@" + domain))));
        }
        try (BlobWriter writer = store.blobs().write()) {
            writer.write(octets, 0, octets.length);
            try (StagedBlob blob = writer.finish()) {
                queue.add(
                        new QueuedLetter(
                                blob.id(), 14, new byte[0], 14, false, false, LetterWishes.NONE),
                        blob,
                        new Origin(SENDER, null, Language.FRENCH),
                        items,
                        null);
            }
        }
    }

    @Test
    void whatHappenedToALetterIsRemembered() {
        QueueId id = add(null, BOB, EVE).getFirst();
        QueueItem item = Taking.take(queue, 1).getFirst();
        queue.settle(
                List.of(
                        new Settlement(
                                item,
                                List.of(
                                        result(BOB, RecipientResult.Kind.DELIVERED),
                                        result(EVE, RecipientResult.Kind.DEFERRED)),
                                new Carriage("mx.there.example", "TLSv1.3"))));
        later(Duration.ofMinutes(2));
        queue.settle(
                Taking.take(queue, 1).getFirst(),
                List.of(result(EVE, RecipientResult.Kind.DELIVERED)));
        Timeline timeline = queue.timelines().find(id).orElseThrow();
        assertThat(timeline.steps())
                .extracting(Timeline.Step::kind)
                .containsExactly(
                        RecipientResult.Kind.DELIVERED,
                        RecipientResult.Kind.DEFERRED,
                        RecipientResult.Kind.DELIVERED);
        assertThat(timeline.steps().get(1).next()).isNotNull();
        assertThat(timeline.steps().getFirst().carriage().host()).isEqualTo("mx.there.example");
        later(Duration.ofDays(31));
        queue.timelines().forgetOld();
        assertThat(queue.timelines().find(id)).isEmpty();
    }
}
