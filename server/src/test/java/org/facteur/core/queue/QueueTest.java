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
        return new Queue(store, clock, RetrySchedule.DEFAULT, EventSink.NONE);
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
    void aLeasedItemIsNobodyElsesUntilItsLeaseEnds() {
        add(null, BOB);
        assertThat(queue.lease(10)).hasSize(1);
        assertThat(queue.lease(10)).isEmpty();
        later(Duration.ofMinutes(31));
        assertThat(queue.lease(10)).hasSize(1);
    }

    @Test
    void aNewProcessTakesBackWhatTheOldOneHad() {
        add(null, BOB);
        queue.lease(10);
        Queue next = newProcess();
        assertThat(next.lease(10)).isEmpty();
        next.takeBack();
        assertThat(next.lease(10)).hasSize(1);
    }

    @Test
    void deliveredRecipientsLeaveAndOthersWaitLongerEachTime() {
        add(null, BOB, EVE);
        QueueItem item = queue.lease(1).getFirst();
        queue.settle(
                item,
                List.of(
                        result(BOB, RecipientResult.Kind.DELIVERED),
                        result(EVE, RecipientResult.Kind.DEFERRED)));
        long last = 0;
        for (int attempt = 1; attempt < 6; attempt++) {
            Instant due = queue.findNextDue().orElseThrow();
            long wait = Duration.between(now.get(), due).toSeconds();
            assertThat(wait).isBetween(47L << (attempt - 1), 73L << (attempt - 1));
            assertThat(wait).isGreaterThan(last);
            last = wait;
            now.set(due);
            QueueItem again = queue.lease(1).getFirst();
            assertThat(again.waiting()).extracting(QueuedRecipient::address).containsExactly(EVE);
            queue.settle(again, List.of(result(EVE, RecipientResult.Kind.DEFERRED)));
        }
        now.set(queue.findNextDue().orElseThrow());
        assertThat(
                        queue.settle(
                                queue.lease(1).getFirst(),
                                List.of(result(EVE, RecipientResult.Kind.DELIVERED))))
                .isEmpty();
        assertThat(queue.list(10)).isEmpty();
    }

    @Test
    void refusedRecipientsStayUntilTheirSenderWasTold() {
        add(null, BOB);
        QueueItem item = queue.lease(1).getFirst();
        QueueItem failed =
                queue.settle(item, List.of(result(BOB, RecipientResult.Kind.REFUSED)))
                        .orElseThrow();
        assertThat(failed.failed()).hasSize(1);
        assertThat(queue.lease(1)).hasSize(1);
        queue.reported(item.id());
        assertThat(queue.list(10)).isEmpty();
    }

    @Test
    void afterFiveDaysALetterIsGivenUpWhateverHappened() {
        add(null, BOB, EVE);
        later(Duration.ofDays(5).plusSeconds(1));
        QueueItem item = queue.lease(1).getFirst();
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
        assertThat(queue.lease(10)).isEmpty();
        queue.retry(id);
        assertThat(queue.lease(10)).hasSize(1);
    }

    @Test
    void droppedItemsAreGone() {
        QueueId id = add(null, BOB).getFirst();
        queue.drop(id);
        assertThat(queue.find(id)).isEmpty();
        assertThat(queue.findNextDue()).isEmpty();
    }

    @Test
    void manyRecipientsBecomeSeveralItems() {
        EmailAddress[] many = new EmailAddress[250];
        for (int i = 0; i < many.length; i++) {
            many[i] = EmailAddress.parse("r" + i + "@there.example");
        }
        assertThat(add(null, many)).hasSize(3);
        assertThat(queue.lease(10).stream().mapToInt(item -> item.waiting().size()).sum())
                .isEqualTo(250);
    }
}
