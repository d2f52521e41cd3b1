package org.facteur.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.facteur.store.kv.BlobContract.keep;
import static org.facteur.store.kv.BlobContract.readAll;
import static org.facteur.store.kv.BlobContract.sample;
import static org.facteur.store.kv.BlobContract.stage;
import static org.facteur.store.kv.EngineContract.ALICE;
import static org.facteur.store.kv.EngineContract.BOB;
import static org.facteur.store.kv.EngineContract.bytes;
import static org.facteur.store.kv.EngineContract.key;
import static org.facteur.store.kv.EngineContract.store;
import static org.facteur.store.kv.EngineContract.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.kv.Batch;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.Snapshot;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.TxId;
import org.facteur.store.verify.StoreVerifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

class EmbeddedFaultTest {
    private static final long MIB = 1L << 20;

    @TempDir Path directory;
    private Path root;

    @BeforeEach
    void choose() {
        root = directory.resolve("store");
    }

    @Test
    void afterAFailedSyncNothingIsWrittenUntilARestart() throws Exception {
        AtomicBoolean failing = new AtomicBoolean();
        AtomicLong writes = new AtomicLong();
        EmbeddedEngine.Seams seams =
                new EmbeddedEngine.Seams(
                        disk ->
                                group -> {
                                    writes.incrementAndGet();
                                    if (failing.get()) {
                                        throw new RocksDBException("sync failed");
                                    }
                                    disk.write(group);
                                },
                        null);
        try (EmbeddedEngine engine = EmbeddedEngine.open(EmbeddedSettings.of(root), seams);
                EngineStore store = store(engine)) {
            Partition partition = store.partition(ALICE);
            put(partition, "a", "kept");
            failing.set(true);
            assertKind(StoreFault.Kind.STOPPED, () -> put(partition, "a", "lost"));
            failing.set(false);
            long before = writes.get();
            assertKind(StoreFault.Kind.STOPPED, () -> put(partition, "a", "late"));
            assertThat(writes).hasValue(before);
            assertThat(find(partition, "a")).isEqualTo("kept");
        }
        try (EngineStore store = store(open())) {
            put(store.partition(ALICE), "b", "on");
            assertThat(find(store.partition(ALICE), "a")).isEqualTo("kept");
        }
    }

    @Test
    void aFullDiskRefusesLettersAndLetsThemBeDeleted() throws Exception {
        AtomicLong free = new AtomicLong(100_000 * MIB);
        DiskSpace.Disk disk =
                new DiskSpace.Disk() {
                    @Override
                    public long freeBytes() {
                        return free.get();
                    }

                    @Override
                    public long totalBytes() {
                        return 200_000 * MIB;
                    }
                };
        EmbeddedEngine.Seams seams = new EmbeddedEngine.Seams(write -> write, disk);
        try (EmbeddedEngine engine = EmbeddedEngine.open(EmbeddedSettings.of(root), seams);
                EngineStore store = store(engine)) {
            Partition alice = store.partition(ALICE);
            BlobId id = keep(store, ALICE, sample(1000, 1));
            put(alice, "a", "x".repeat(10_000));
            assertThat(engine.space().state()).isEqualTo(SpaceReport.State.ENOUGH);
            free.set(900 * MIB);
            put(alice, "flag", "1");
            assertThat(engine.space().state()).isEqualTo(SpaceReport.State.REFUSING);
            assertThat(engine.space().floorBytes()).isEqualTo(1024 * MIB);
            assertKind(StoreFault.Kind.FULL, () -> keep(store, ALICE, sample(1000, 2)));
            assertKind(StoreFault.Kind.FULL, () -> keep(store, ALICE, sample(300_000, 2)));
            assertKind(StoreFault.Kind.FULL, () -> put(alice, "b", "x".repeat(5000)));
            put(alice, "flag", "22");
            free.set(100 * MIB);
            assertKind(StoreFault.Kind.FULL, () -> put(alice, "c", "1"));
            alice.write(
                    tx -> {
                        tx.delete(key("a"));
                        tx.release(id);
                        tx.put(key("log"), bytes("deleted"));
                        return 0;
                    });
            free.set(100_000 * MIB);
            keep(store, ALICE, sample(300_000, 2));
            assertThat(engine.space().state()).isEqualTo(SpaceReport.State.ENOUGH);
        }
    }

    @Test
    void aNewerFormatIsRefusedBeforeAnythingIsTouched() throws Exception {
        open().close();
        CRC32C crc = new CRC32C();
        crc.update(bytes("facteur-store 2"));
        Files.writeString(
                root.resolve("FORMAT"), "facteur-store 2 %08x%n".formatted(crc.getValue()));
        List<String> before = listing();
        assertKind(StoreFault.Kind.NEWER_FORMAT, this::open);
        assertThat(listing()).isEqualTo(before);
    }

    @Test
    void aDamagedOrLostFormatIsCorrupt() throws Exception {
        open().close();
        for (String text : List.of("", "facteur-store 1 00000000\n", "x".repeat(1000))) {
            Files.writeString(root.resolve("FORMAT"), text, StandardCharsets.US_ASCII);
            assertKind(StoreFault.Kind.CORRUPT, this::open);
        }
        Files.delete(root.resolve("FORMAT"));
        assertKind(StoreFault.Kind.CORRUPT, this::open);
    }

    @Test
    void aStoreHasOneUser() throws Exception {
        try (EmbeddedEngine first = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreFault.class)
                    .hasMessageContaining("another process");
            assertThat(first.partitions(null, 1)).isEmpty();
        }
        open().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void whatACrashLeavesOfABlobIsSweptAtStart() throws Exception {
        Path orphan;
        BlobId kept;
        try (EmbeddedEngine engine = open();
                EngineStore store = store(engine)) {
            kept = keep(store, ALICE, sample(400_000, 1));
            orphan = new BlobFiles(root.resolve("blobs")).path(ALICE, idOf(7));
            Path intents = root.resolve("blobs").resolve("intents");
            Files.createDirectories(orphan.getParent());
            Files.writeString(orphan, "half");
            Files.createFile(intents.resolve(ALICE + "." + idOf(7)));
            Files.createFile(intents.resolve(ALICE + "." + kept));
            Files.createFile(intents.resolve("x-1." + kept));
            Files.createFile(intents.resolve("stray"));
            Files.createFile(orphan.resolveSibling("stray"));
            Files.writeString(root.resolve("blobs").resolve("tmp").resolve("half"), "half");
        }
        try (EmbeddedEngine engine = open();
                EngineStore store = store(engine)) {
            assertThat(orphan).doesNotExist();
            assertThat(root.resolve("blobs").resolve("tmp")).isEmptyDirectory();
            assertThat(root.resolve("blobs").resolve("intents")).isEmptyDirectory();
            try (Blob blob = store.blobs().find(ALICE, kept).orElseThrow()) {
                assertThat(readAll(blob)).isEqualTo(sample(400_000, 1));
            }
            Files.writeString(orphan, "without an intent");
            store.blobs().collect(ALICE, java.time.Instant.EPOCH);
            assertThat(orphan).doesNotExist();
            assertThat(store.blobs().find(ALICE, kept)).isPresent();
        }
    }

    @Test
    void aCommitThatConflictsLeavesNoLink() throws Exception {
        try (EmbeddedEngine engine = open();
                StagedBlob staged = stage(engine.blobs(), sample(400_000, 1))) {
            Batch batch = new Batch(ALICE, 5, new TxId(1, 1), List.of(), List.of(staged));
            assertKind(StoreFault.Kind.CONFLICT, () -> engine.submit(batch));
            BlobFiles files = new BlobFiles(root.resolve("blobs"));
            assertThat(files.path(ALICE, staged.id())).doesNotExist();
            assertThat(root.resolve("blobs").resolve("intents")).isEmptyDirectory();
        }
    }

    @Test
    void aCheckpointIsAWholeStore() throws Exception {
        Path copy = directory.resolve("copy");
        BlobId small;
        BlobId large;
        try (EmbeddedEngine engine = open();
                EngineStore store = store(engine)) {
            small = keep(store, ALICE, sample(1000, 1));
            large = keep(store, BOB, sample(500_000, 2));
            engine.checkpoint(copy);
            store.partition(BOB)
                    .write(
                            tx -> {
                                tx.release(large);
                                return 0;
                            });
            store.blobs().collect(BOB, java.time.Instant.EPOCH);
        }
        try (EmbeddedEngine engine = EmbeddedEngine.open(EmbeddedSettings.of(copy))) {
            assertThat(new StoreVerifier(engine, List.of(), 10).run().findings()).isEmpty();
            assertThat(engine.blobs().find(ALICE, small)).isPresent();
            try (Blob blob = engine.blobs().find(BOB, large).orElseThrow()) {
                assertThat(readAll(blob)).isEqualTo(sample(500_000, 2));
            }
        }
    }

    @Test
    void readersSeeOnlyWhatIsDurable() throws Exception {
        java.util.concurrent.CountDownLatch reached = new java.util.concurrent.CountDownLatch(2);
        java.util.concurrent.Semaphore gate = new java.util.concurrent.Semaphore(1);
        EmbeddedEngine.Seams seams =
                new EmbeddedEngine.Seams(
                        disk ->
                                group -> {
                                    reached.countDown();
                                    gate.acquireUninterruptibly();
                                    disk.write(group);
                                },
                        null);
        try (EmbeddedEngine engine = EmbeddedEngine.open(EmbeddedSettings.of(root), seams);
                EngineStore store = store(engine)) {
            put(store.partition(ALICE), "a", "1");
            Thread writer = Thread.ofVirtual().start(() -> put(store.partition(ALICE), "a", "2"));
            reached.await();
            assertThat(find(store.partition(ALICE), "a")).isEqualTo("1");
            try (Snapshot newest = engine.newest(ALICE)) {
                assertThat(newest.find(key("a")).map(v -> text(v))).contains("2");
            }
            gate.release(100);
            writer.join();
            assertThat(find(store.partition(ALICE), "a")).isEqualTo("2");
        }
    }

    private EmbeddedEngine open() throws java.io.IOException {
        return EmbeddedEngine.open(EmbeddedSettings.of(root));
    }

    private static BlobId idOf(int b) {
        byte[] hash = new byte[BlobId.BYTES];
        hash[0] = (byte) b;
        return new BlobId(hash);
    }

    private static void put(Partition partition, String name, String value) {
        partition.write(
                tx -> {
                    tx.put(key(name), bytes(value));
                    return 0;
                });
    }

    private static String find(Partition partition, String name) {
        return partition.read(view -> text(view.find(key(name)).orElseThrow()));
    }

    private List<String> listing() throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> !f.endsWith("LOCK"))
                    .map(
                            f ->
                                    f
                                            + " "
                                            + (Files.isRegularFile(f) ? f.toFile().length() : 0)
                                            + " "
                                            + f.toFile().lastModified())
                    .sorted()
                    .toList();
        }
    }

    private static void assertKind(
            StoreFault.Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreFault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
    }
}
