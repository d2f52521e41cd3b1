package org.facteur.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.facteur.core.queue.SenderRewriting.Return;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Store;
import org.facteur.store.memory.MemoryEngine;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Addresses that lead reports back, and when they stop doing so.
class SenderRewritingTest {
    private static final Domain VIA = Domain.parse("example.org");
    private static final EmailAddress JOE = EmailAddress.parse("joe@elsewhere.example");
    private static final EmailAddress LONG =
            EmailAddress.parse("a-local-part-that-leaves-no-room-for-anything@elsewhere.example");

    private Instant now = Instant.parse("2030-01-01T12:00:00Z");
    private final Store store = new EngineStore(new MemoryEngine(), new Random(1), () -> now);
    private final SenderRewriting senders = new SenderRewriting(store, () -> now);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anAddressIsGoodForThreeWeeks() {
        for (EmailAddress sender : new EmailAddress[] {JOE, LONG}) {
            Instant made = now;
            EmailAddress address = senders.rewrite(sender, VIA);
            now = made.plus(Duration.ofDays(21));
            senders.forgetOld();
            assertThat(senders.back(address)).isEqualTo(new Return.Original(sender));
            now = made.plus(Duration.ofDays(22));
            assertThat(senders.back(address)).isEqualTo(new Return.Refused());
        }
    }

    @Test
    void daysGoRoundWithoutMakingOldAddressesGoodForLong() {
        EmailAddress address = senders.rewrite(JOE, VIA);
        now = now.plus(Duration.ofDays(1023));
        assertThat(senders.back(address)).isEqualTo(new Return.Refused());
    }

    @Test
    void longSendersAreForgottenInTime() {
        EmailAddress address = senders.rewrite(LONG, VIA);
        Instant made = now;
        now = made.plus(Duration.ofDays(22));
        senders.forgetOld();
        now = made;
        assertThat(senders.back(address)).isEqualTo(new Return.Refused());
    }

    @Test
    void theSameSenderIsKeptOnceADay() {
        EmailAddress first = senders.rewrite(LONG, VIA);
        long version = store.partition(where()).version();
        assertThat(senders.rewrite(LONG, VIA)).isEqualTo(first);
        assertThat(store.partition(where()).version()).isEqualTo(version);
    }

    @Test
    void theSecretOutlivesTheProcess() {
        EmailAddress address = senders.rewrite(JOE, VIA);
        SenderRewriting later = new SenderRewriting(store, () -> now);
        assertThat(later.back(address)).isEqualTo(new Return.Original(JOE));
    }

    @Test
    void anotherStoresAddressesAreRefused() {
        try (Store other = new EngineStore(new MemoryEngine(), new Random(2), () -> now)) {
            EmailAddress address = new SenderRewriting(other, () -> now).rewrite(JOE, VIA);
            assertThat(senders.back(address)).isEqualTo(new Return.Refused());
        }
    }

    private static org.facteur.store.kv.PartitionId where() {
        return new org.facteur.store.kv.PartitionId(
                org.facteur.store.kv.PartitionId.Realm.SYSTEM, 0);
    }
}
