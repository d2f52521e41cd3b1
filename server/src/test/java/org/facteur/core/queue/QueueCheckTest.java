package org.facteur.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.facteur.base.word.Language;
import org.facteur.core.mailbox.House;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.facteur.store.verify.Finding;
import org.facteur.store.verify.StoreVerifier;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.RcptParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueCheckTest {
    private final House house = House.inMemory();
    private final Queue queue =
            new Queue(house.store(), house::now, () -> RetrySchedule.DEFAULT, event -> {});

    @AfterEach
    void close() {
        house.store().close();
    }

    private static QueuedRecipient to(String address) {
        return QueuedRecipient.waiting(EmailAddress.parse(address), RcptParameters.NONE);
    }

    private List<QueueId> add(String handover) {
        byte[] octets = "Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (BlobWriter writer = house.store().blobs().write()) {
            writer.write(octets, 0, octets.length);
            try (StagedBlob blob = writer.finish()) {
                QueuedLetter letter =
                        new QueuedLetter(
                                blob.id(),
                                blob.size(),
                                new byte[0],
                                octets.length,
                                false,
                                false,
                                LetterWishes.NONE);
                return queue.add(
                        letter,
                        blob,
                        new Origin(null, null, Language.ENGLISH),
                        List.of(
                                new NewItem(
                                        new Destination.Remote(Domain.parse("example.net")),
                                        List.of(to("a@example.net"), to("b@example.net"))),
                                new NewItem(new Destination.Local(), List.of(to("c@example.org")))),
                        handover);
            }
        }
    }

    private List<Finding> findings() {
        return new StoreVerifier(house.engine(), List.of(new QueueCheck()), 20).run().findings();
    }

    @Test
    void aQueueAtWorkIsAlwaysInOrder() {
        List<QueueId> ids = new ArrayList<>(add("once"));
        assertThat(add("once")).isEmpty();
        ids.addAll(add("twice"));
        assertThat(findings()).isEmpty();
        List<QueueItem> leased = Taking.take(queue, 10);
        assertThat(leased).hasSize(4);
        assertThat(findings()).isEmpty();
        QueueItem first = leased.getFirst();
        queue.settle(
                first,
                List.of(
                        new RecipientResult(
                                first.recipients().getFirst().address(),
                                RecipientResult.Kind.DELIVERED,
                                "2.0.0",
                                "ok")));
        queue.hold(leased.get(1).id());
        queue.drop(leased.get(2).id());
        assertThat(findings()).isEmpty();
        queue.retry(leased.get(1).id());
        house.later(Duration.ofHours(1));

        assertThat(findings()).isEmpty();
        queue.list(10).forEach(item -> queue.drop(item.id()));
        assertThat(queue.enter()).isEmpty();
        assertThat(queue.untilNext()).isEmpty();
        assertThat(findings()).isEmpty();
    }

    @Test
    void anItemThatWouldNeverBeDueIsFound() {
        QueueId id = add("once").getFirst();
        house.store()
                .partition(new PartitionId(PartitionId.Realm.QUEUE, id.shard()))
                .write(
                        tx -> {
                            tx.scan(Layout.all(Table.LANES), 10)
                                    .forEach(row -> tx.delete(row.key()));
                            return true;
                        });
        assertThat(findings()).hasSize(2);
    }

    @Test
    void somethingDueThatIsNotQueuedIsFound() {
        QueueId id = add("once").getFirst();
        house.store()
                .partition(new PartitionId(PartitionId.Realm.QUEUE, id.shard()))
                .write(
                        tx -> {
                            tx.delete(Layout.queued(id.number()));
                            return true;
                        });
        assertThat(findings()).hasSize(2);
    }
}
