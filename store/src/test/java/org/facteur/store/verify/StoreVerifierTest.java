package org.facteur.store.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.facteur.store.kv.BlobContract.keep;
import static org.facteur.store.kv.BlobContract.sample;
import static org.facteur.store.kv.EngineContract.ALICE;
import static org.facteur.store.kv.EngineContract.BOB;
import static org.facteur.store.kv.EngineContract.bytes;
import static org.facteur.store.kv.EngineContract.key;
import static org.facteur.store.kv.EngineContract.store;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.facteur.store.blob.BlobId;
import org.facteur.store.kv.Batch;
import org.facteur.store.kv.BlobUse;
import org.facteur.store.kv.Engine;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.TxId;
import org.facteur.store.layout.Layout;
import org.facteur.store.memory.MemoryEngine;
import org.junit.jupiter.api.Test;

class StoreVerifierTest {
    private final MemoryEngine engine = new MemoryEngine();
    private final EngineStore store = store(engine);

    @Test
    void aStoreInUseIsClean() {
        for (int i = 0; i < 100; i++) {
            keep(store, i % 2 == 0 ? ALICE : BOB, sample(1000 * i, i));
        }
        store.partition(BOB)
                .write(
                        tx -> {
                            tx.release(keepOne());
                            return 0;
                        });
        VerifyReport report = verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.clean()).isTrue();
        assertThat(report.partitions()).isEqualTo(2);
        assertThat(report.blobs()).isEqualTo(99);
        assertThat(report.rows()).isGreaterThan(200);
    }

    @Test
    void aBlobThatIsCountedButMissingIsFound() {
        raw(Layout.blobReferences(new BlobId(new byte[32])), new BlobUse(1, 5).encode());
        assertThat(verify().findings())
                .singleElement()
                .satisfies(f -> assertThat(f.sentence()).contains("not there"));
    }

    @Test
    void aBrokenRingAndASenselessRowAreFound() {
        raw(Layout.blobReferences(new BlobId(new byte[32])), new byte[] {9, 9});
        raw(Layout.transaction(1), bytes("x"));
        assertThat(verify().found()).isGreaterThanOrEqualTo(2);
        assertThat(new StoreVerifier(engine, List.of(), 1).run().findings()).hasSize(1);
    }

    @Test
    void countsAreComparedWithWhatTheRowsAboveSay() {
        BlobId kept = keep(store, ALICE, sample(10, 1));
        BlobId unknown = new BlobId(new byte[32]);
        PartitionCheck check =
                new PartitionCheck() {
                    @Override
                    public boolean covers(PartitionId partition) {
                        return partition.equals(ALICE);
                    }

                    @Override
                    public Map<BlobId, Long> check(
                            PartitionId partition, ReadView view, Consumer<Finding> findings) {
                        findings.accept(new Finding(partition, key("x"), "Said above."));
                        return Map.of(kept, 2L, unknown, 1L);
                    }
                };
        VerifyReport report = new StoreVerifier(engine, List.of(check), 10).run();
        assertThat(report.findings())
                .extracting(Finding::sentence)
                .containsExactly(
                        "Said above.",
                        "1 references are counted and 2 rows refer.",
                        "1 rows refer and none are counted.");
    }

    private BlobId keepOne() {
        return engine.blobs().find(BOB, idOf(1)).orElseThrow().id();
    }

    private BlobId idOf(int i) {
        try (var writer = engine.blobs().write()) {
            byte[] octets = sample(1000 * i, i);
            writer.write(octets, 0, octets.length);
            return writer.finish().id();
        }
    }

    private VerifyReport verify() {
        return new StoreVerifier(engine, List.of(), 10).run();
    }

    private void raw(Key key, byte[] value) {
        try (var view = ((Engine) engine).newest(ALICE)) {
            Batch.Write write = new Batch.Write(key, value);
            engine.submit(
                    new Batch(
                            ALICE,
                            view.version(),
                            new TxId(1, view.version()),
                            List.of(write),
                            List.of()));
        }
    }
}
