package org.facteur.store.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.facteur.store.kv.EngineContract.ALICE;
import static org.facteur.store.kv.EngineContract.BOB;
import static org.facteur.store.kv.EngineContract.bytes;
import static org.facteur.store.kv.EngineContract.key;
import static org.facteur.store.kv.EngineContract.store;

import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.BlobStore;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.junit.jupiter.api.Test;

/// What the blobs of every engine do.
public interface BlobContract {
    /// Sizes around every border an engine has.
    List<Integer> SIZES =
            List.of(0, 1, 100, 8191, 8193, 65_536, 262_143, 262_144, 262_145, 400_000, 1_000_000);

    /// An empty engine; each test closes the one it opened.
    Engine open() throws Exception;

    /// Octets of which half compress.
    static byte[] sample(int size, long seed) {
        Random random = new Random(seed);
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        Arrays.fill(octets, 0, size / 2, (byte) 'a');
        return octets;
    }

    /// Writes a blob in pieces.
    static StagedBlob stage(BlobStore blobs, byte[] octets) {
        try (BlobWriter writer = blobs.write()) {
            for (int at = 0; at < octets.length; at += 10_007) {
                writer.write(octets, at, Math.min(10_007, octets.length - at));
            }
            assertThat(writer.size()).isEqualTo(octets.length);
            return writer.finish();
        }
    }

    /// Writes a blob and keeps it in a partition with one reference.
    static BlobId keep(Store store, PartitionId partition, byte[] octets) {
        try (StagedBlob staged = stage(store.blobs(), octets)) {
            store.partition(partition)
                    .write(
                            tx -> {
                                tx.keep(staged);
                                return 0;
                            });
            return staged.id();
        }
    }

    static byte[] readAll(Blob blob) throws Exception {
        try (InputStream in = blob.open(0, blob.size())) {
            return in.readAllBytes();
        }
    }

    @Test
    default void everySizeComesBackWholeAndInPieces() throws Exception {
        try (Engine engine = open();
                EngineStore store = store(engine)) {
            for (int size : SIZES) {
                byte[] octets = sample(size, size);
                BlobId id = keep(store, ALICE, octets);
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(octets);
                assertThat(id).isEqualTo(new BlobId(hash));
                assertThat(store.blobs().find(BOB, id)).isEmpty();
                try (Blob blob = store.blobs().find(ALICE, id).orElseThrow()) {
                    assertThat(blob.id()).isEqualTo(id);
                    assertThat(blob.size()).isEqualTo(size);
                    assertThat(readAll(blob)).isEqualTo(octets);
                    Random random = new Random(size);
                    for (int i = 0; i < 20; i++) {
                        int start = random.nextInt(size + 1);
                        int end = start + random.nextInt(size - start + 1);
                        byte[] part = new byte[end - start + 2];
                        blob.read(start, part, 1, end - start);
                        assertThat(Arrays.copyOfRange(part, 1, part.length - 1))
                                .isEqualTo(Arrays.copyOfRange(octets, start, end));
                        try (InputStream in = blob.open(start, end)) {
                            assertThat(in.readAllBytes())
                                    .isEqualTo(Arrays.copyOfRange(octets, start, end));
                        }
                    }
                    assertThatThrownBy(() -> blob.read(size, new byte[1], 0, 1))
                            .isInstanceOf(IndexOutOfBoundsException.class);
                    assertThatThrownBy(() -> blob.open(0, size + 1L))
                            .isInstanceOf(IndexOutOfBoundsException.class);
                }
            }
        }
    }

    @Test
    default void aStagedBlobIsReadBeforeItIsKeptAndKeptTwice() throws Exception {
        try (Engine engine = open();
                EngineStore store = store(engine)) {
            for (int size : List.of(1000, 500_000)) {
                byte[] octets = sample(size, size);
                BlobId id;
                try (StagedBlob staged = stage(store.blobs(), octets)) {
                    id = staged.id();
                    try (Blob blob = staged.open()) {
                        assertThat(readAll(blob)).isEqualTo(octets);
                    }
                    for (PartitionId partition : List.of(ALICE, BOB)) {
                        assertThat(store.blobs().find(partition, id)).isEmpty();
                        store.partition(partition)
                                .write(
                                        tx -> {
                                            tx.keep(staged);
                                            return 0;
                                        });
                    }
                }
                for (PartitionId partition : List.of(ALICE, BOB)) {
                    try (Blob blob = store.blobs().find(partition, id).orElseThrow()) {
                        assertThat(readAll(blob)).isEqualTo(octets);
                    }
                }
            }
        }
    }

    @Test
    default void whatIsNotKeptLeavesNothing() throws Exception {
        try (Engine engine = open();
                EngineStore store = store(engine)) {
            byte[] octets = sample(300_000, 3);
            StagedBlob staged = stage(store.blobs(), octets);
            assertThatThrownBy(
                            () ->
                                    store.partition(ALICE)
                                            .write(
                                                    tx -> {
                                                        tx.keep(staged);
                                                        throw new IllegalStateException("no");
                                                    }))
                    .hasMessage("no");
            staged.close();
            assertThat(store.blobs().find(ALICE, staged.id())).isEmpty();
            try (BlobWriter abandoned = store.blobs().write()) {
                abandoned.write(octets, 0, octets.length);
            }
        }
    }

    @Test
    default void referencesAreCountedAndTheLastMakesGarbage() throws Exception {
        try (Engine engine = open();
                EngineStore store = store(engine)) {
            Partition alice = store.partition(ALICE);
            for (int size : List.of(100, 300_000)) {
                BlobId id = keep(store, ALICE, sample(size, size));
                keep(store, ALICE, sample(size, size));
                change(alice, tx -> tx.retain(id));
                for (int left = 2; left >= 1; left--) {
                    change(alice, tx -> tx.release(id));
                    assertThat(use(alice, id)).contains(new BlobUse(left, size));
                }
                change(alice, tx -> tx.release(id));
                assertThat(use(alice, id)).isEmpty();
                assertThat(garbage(alice)).containsExactly(id);
                assertThatThrownBy(() -> change(alice, tx -> tx.release(id)))
                        .isInstanceOf(IllegalStateException.class);
                change(alice, tx -> tx.retain(id));
                assertThat(garbage(alice)).isEmpty();
                assertThat(use(alice, id)).contains(new BlobUse(1, size));
                BlobId unknown = new BlobId(new byte[32]);
                assertThatThrownBy(() -> change(alice, tx -> tx.retain(unknown)))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    default void collectionTakesOldGarbageOnly() throws Exception {
        try (Engine engine = open();
                EngineStore store = store(engine)) {
            Partition alice = store.partition(ALICE);
            List<BlobId> ids = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                byte[] octets = sample(i % 2 == 0 ? 500 : 300_000, i);
                ids.add(keep(store, ALICE, octets));
                keep(store, BOB, octets);
            }
            for (BlobId id : ids.subList(0, 4)) {
                change(alice, tx -> tx.release(id));
            }
            Instant before = Instant.EPOCH.minus(Duration.ofSeconds(1));
            assertThat(store.blobs().collect(ALICE, before)).isZero();
            assertThat(store.blobs().collect(ALICE, Instant.EPOCH)).isEqualTo(4);
            assertThat(store.blobs().collect(ALICE, Instant.EPOCH)).isZero();
            for (int i = 0; i < 6; i++) {
                assertThat(store.blobs().find(ALICE, ids.get(i)).isPresent()).isEqualTo(i >= 4);
                try (Blob blob = store.blobs().find(BOB, ids.get(i)).orElseThrow()) {
                    assertThat(readAll(blob)).isEqualTo(sample(i % 2 == 0 ? 500 : 300_000, i));
                }
            }
            assertThat(garbage(alice)).isEmpty();
            change(alice, tx -> tx.put(key("still"), bytes("writable")));
        }
    }

    @Test
    default void keepingAndCollectingAtOnceLosesNothing() throws Exception {
        try (Engine engine = open();
                EngineStore store = store(engine);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Partition alice = store.partition(ALICE);
            AtomicBoolean done = new AtomicBoolean();
            Future<Integer> collector =
                    threads.submit(
                            () -> {
                                int removed = 0;
                                while (!done.get()) {
                                    removed += store.blobs().collect(ALICE, Instant.EPOCH);
                                }
                                return removed;
                            });
            try {
                for (int i = 0; i < 40; i++) {
                    byte[] octets = sample(i % 2 == 0 ? 700 : 262_500, i % 4);
                    BlobId id = keep(store, ALICE, octets);
                    try (Blob blob = store.blobs().find(ALICE, id).orElseThrow()) {
                        assertThat(readAll(blob)).isEqualTo(octets);
                    }
                    change(alice, tx -> tx.release(id));
                }
            } finally {
                done.set(true);
            }
            assertThat(collector.get()).isNotNegative();
            store.blobs().collect(ALICE, Instant.EPOCH);
            assertThat(garbage(alice)).isEmpty();
        }
    }

    private static void change(Partition partition, java.util.function.Consumer<Transaction> work) {
        partition.write(
                tx -> {
                    work.accept(tx);
                    return 0;
                });
    }

    private static Optional<BlobUse> use(Partition partition, BlobId id) {
        return partition.read(view -> view.find(Layout.blobReferences(id)).map(BlobUse::decode));
    }

    private static List<BlobId> garbage(Partition partition) {
        return partition.read(
                view ->
                        view.scan(Layout.all(Table.BLOB_GARBAGE), 100).stream()
                                .map(row -> Layout.blobOf(row.key()))
                                .toList());
    }
}
