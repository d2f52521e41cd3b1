package org.facteur.store.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.facteur.store.kv.EngineContract.ALICE;
import static org.facteur.store.kv.EngineContract.bytes;
import static org.facteur.store.kv.EngineContract.key;
import static org.facteur.store.kv.EngineContract.store;
import static org.facteur.store.kv.EngineContract.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.facteur.store.kv.FaultEngine.Fault;
import org.facteur.store.memory.MemoryEngine;
import org.facteur.store.verify.StoreVerifier;
import org.junit.jupiter.api.Test;

class FaultEngineTest {
    @Test
    void conflictStormsAndLostAnswersNeitherLoseNorDouble() {
        for (long seed = 1; seed <= 10; seed++) {
            FaultEngine engine =
                    new FaultEngine(
                            new MemoryEngine(),
                            seed,
                            30,
                            List.of(Fault.CONFLICT, Fault.LOST_ANSWER, Fault.LOST_REQUEST));
            try (EngineStore store = store(engine)) {
                Partition partition = store.partition(ALICE);
                AtomicLong acknowledged = new AtomicLong();
                List<Future<?>> writers = new ArrayList<>();
                try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int w = 0; w < 8; w++) {
                        writers.add(
                                threads.submit(
                                        () -> {
                                            for (int i = 0; i < 25; i++) {
                                                increment(partition);
                                                acknowledged.incrementAndGet();
                                            }
                                        }));
                    }
                }
                for (Future<?> writer : writers) {
                    assertThat(writer).as(engine.toString()).succeedsWithin(Duration.ZERO);
                }
                long counted = partition.read(FaultEngineTest::counted);
                assertThat(counted).as(engine.toString()).isEqualTo(200);
                assertThat(acknowledged).as(engine.toString()).hasValue(200);
                assertThat(new StoreVerifier(engine, List.of(), 10).run().findings()).isEmpty();
            }
        }
    }

    @Test
    void aFaultAtEachCallLeavesAllOrNothing() {
        for (Fault fault : Fault.values()) {
            for (int n = 0; n < 6; n++) {
                FaultEngine engine = FaultEngine.at(new MemoryEngine(), n, fault);
                try (EngineStore store = store(engine)) {
                    Partition partition = store.partition(ALICE);
                    int done = 0;
                    for (int i = 0; i < 5; i++) {
                        try {
                            increment(partition);
                            done++;
                        } catch (StoreFault refused) {
                            assertThat(fault).isIn(Fault.FULL, Fault.STOPPED);
                            assertThat(refused.kind().name()).isEqualTo(fault.name());
                        }
                    }
                    long counted = partition.read(FaultEngineTest::counted);
                    assertThat(counted).as("%s at %d", fault, n).isEqualTo(done);
                }
            }
        }
    }

    @Test
    void endlessConflictIsGivenToTheCaller() {
        FaultEngine engine = new FaultEngine(new MemoryEngine(), 1, 100, List.of(Fault.CONFLICT));
        try (EngineStore store = store(engine)) {
            Partition partition = store.partition(ALICE);
            assertThatThrownBy(() -> increment(partition))
                    .isInstanceOf(StoreFault.class)
                    .hasMessageContaining("CONFLICT");
            assertThat(engine.calls()).isEqualTo(EngineStore.ATTEMPTS);
        }
    }

    private static void increment(Partition partition) {
        partition.write(
                tx -> {
                    tx.put(key("n"), bytes("" + (counted(tx) + 1)));
                    return 0;
                });
    }

    private static long counted(ReadView view) {
        return view.find(key("n")).map(v -> Long.parseLong(text(v))).orElse(0L);
    }
}
