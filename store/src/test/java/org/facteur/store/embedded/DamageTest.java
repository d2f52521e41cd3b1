package org.facteur.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.facteur.store.kv.BlobContract.sample;
import static org.facteur.store.kv.BlobContract.stage;
import static org.facteur.store.kv.EngineContract.ALICE;
import static org.facteur.store.kv.EngineContract.BOB;
import static org.facteur.store.kv.EngineContract.bytes;
import static org.facteur.store.kv.EngineContract.key;
import static org.facteur.store.kv.EngineContract.store;
import static org.facteur.store.kv.EngineContract.text;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.kv.BlobContract;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Snapshot;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.layout.Layout;
import org.facteur.store.verify.StoreVerifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damages copies of a store and reads them: what is read is right or CORRUPT. The properties
/// `facteur.seed` and `facteur.damages` replay a run and make it longer.
class DamageTest {
    private static final int COMMITS = 60;
    private static final long SEED = Long.getLong("facteur.seed", 20_261_122);
    private static final int ROUNDS = Integer.getInteger("facteur.damages", 60);

    @TempDir Path directory;
    private Path root;
    private Random random;

    @BeforeEach
    void begin() {
        root = directory.resolve("store");
        random = new Random(SEED);
    }

    @Test
    void aTornTailLosesOnlyWhatLiesBehindTheTear() throws Exception {
        Path copy = directory.resolve("copy");
        Path broken = directory.resolve("broken");
        try (EngineStore store = store(open(root))) {
            fill(store, ALICE);
            copy(root, copy);
        }
        for (int round = 0; round < 15; round++) {
            copy(copy, broken);
            Path log = newest(broken.resolve("rows"), ".log");
            long length = Files.size(log);
            try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
                file.setLength(random.nextLong(length + 1));
            }
            try (EmbeddedEngine engine = open(broken)) {
                assertThat(prefix(engine, ALICE)).isBetween(0L, (long) COMMITS);
            }
            delete(broken);
        }
        try (EmbeddedEngine engine = open(copy)) {
            assertThat(prefix(engine, ALICE)).isEqualTo(COMMITS);
        }
    }

    @Test
    void aPowerCutAtAnyInstantKeepsWhatWasAcknowledged() throws Exception {
        AtomicLong acknowledged = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        try (EngineStore store = store(open(root))) {
            Thread writer =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (long i = 0; !done.get(); i++) {
                                            commit(store.partition(ALICE), store, i);
                                            acknowledged.set(i + 1);
                                        }
                                    });
            try {
                for (int round = 0; round < 8; round++) {
                    Path cut = directory.resolve("cut" + round);
                    long before = acknowledged.get();
                    copy(root, cut);
                    try (EmbeddedEngine engine = open(cut)) {
                        assertThat(prefix(engine, ALICE))
                                .as("facteur.seed=%d", SEED)
                                .isGreaterThanOrEqualTo(before);
                        assertThat(new StoreVerifier(engine, List.of(), 9).run().findings())
                                .isEmpty();
                    }
                    delete(cut);
                }
            } finally {
                done.set(true);
                writer.join();
            }
        }
    }

    @Test
    void aFlippedBitIsFoundOrHarmless() throws Exception {
        Path source = directory.resolve("source");
        try (EngineStore store = store(open(root))) {
            fill(store, ALICE);
        }
        try (EngineStore store = store(open(root))) {
            fill(store, BOB);
            copy(root, source);
        }
        List<Path> files = files(source);
        int opened = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path broken = directory.resolve("broken");
            copy(source, broken);
            Path victim = files.get(round % files.size());
            long at = flip(broken.resolve(source.relativize(victim)));
            String what = "bit of %s at %d, facteur.seed=%d".formatted(victim, at, SEED);
            try (EmbeddedEngine engine = open(broken)) {
                opened++;
                readAll(engine, victim.toString().endsWith(".log"), what);
            } catch (StoreFault fault) {
                assertThat(fault.kind()).as(what).isEqualTo(StoreFault.Kind.CORRUPT);
            }
            delete(broken);
        }
        assertThat(opened).isGreaterThan(ROUNDS / 3);
    }

    private void readAll(EmbeddedEngine engine, boolean log, String what) {
        for (PartitionId partition : List.of(ALICE, BOB)) {
            try {
                long prefix = prefix(engine, partition);
                if (!log || partition.equals(ALICE)) {
                    assertThat(prefix).as(what).isEqualTo(COMMITS);
                }
                for (long i = 0; i < prefix; i += 7) {
                    blob(engine, partition, i, what);
                }
            } catch (StoreFault fault) {
                assertThat(fault.kind()).as(what).isEqualTo(StoreFault.Kind.CORRUPT);
            }
        }
    }

    private static void blob(EmbeddedEngine engine, PartitionId id, long i, String what) {
        byte[] octets = sample(size(i), i);
        try (StagedBlob same = stage(engine.blobs(), octets);
                Blob blob = engine.blobs().find(id, same.id()).orElseThrow()) {
            assertThat(BlobContract.readAll(blob)).as(what).isEqualTo(octets);
        } catch (StoreFault fault) {
            throw fault;
        } catch (Exception e) {
            throw new AssertionError(what, e);
        }
    }

    private static int size(long i) {
        return i % 21 == 0 ? 300_000 : 3000;
    }

    private static void fill(EngineStore store, PartitionId id) {
        for (long i = 0; i < COMMITS; i++) {
            commit(store.partition(id), store, i);
        }
    }

    private static void commit(Partition partition, EngineStore store, long i) {
        try (StagedBlob blob = stage(store.blobs(), sample(size(i), i))) {
            partition.write(
                    tx -> {
                        tx.put(key("n"), bytes("" + (i + 1)));
                        tx.put(Layout.letter(i), bytes("letter " + i));
                        tx.keep(blob);
                        return 0;
                    });
        }
    }

    /// How many commits a partition holds; all of them up to there, and nothing else.
    private static long prefix(EmbeddedEngine engine, PartitionId id) {
        try (Snapshot view = engine.durable(id)) {
            long version = view.version();
            String counted = view.find(key("n")).map(v -> text(v)).orElse("0");
            assertThat(counted).isEqualTo("" + version);
            for (long i = 0; i < version + 2; i++) {
                String letter = view.find(Layout.letter(i)).map(v -> text(v)).orElse("none");
                assertThat(letter).isEqualTo(i < version ? "letter " + i : "none");
            }
            return version;
        }
    }

    private long flip(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            long at = random.nextLong(open.length());
            open.seek(at);
            int octet = open.read();
            open.seek(at);
            open.write(octet ^ (1 << random.nextInt(8)));
            return at;
        }
    }

    private static EmbeddedEngine open(Path root) throws IOException {
        return EmbeddedEngine.open(EmbeddedSettings.of(root));
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(f -> Files.isRegularFile(f) && f.toFile().length() > 0)
                    .filter(f -> !f.getFileName().toString().startsWith("LOG"))
                    .sorted()
                    .toList();
        }
    }

    private static Path newest(Path directory, String suffix) throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.filter(f -> f.toString().endsWith(suffix))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    /// What the disk holds at an instant: rows with the log last, then the blobs they name.
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        Files.copy(from.resolve("FORMAT"), to.resolve("FORMAT"));
        List<Path> rows = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(from.resolve("rows"))) {
            walk.sorted(Comparator.comparing(f -> f.toString().endsWith(".log")))
                    .forEach(rows::add);
        }
        copy(rows, from, to);
        // Only now: a blob lies in its place before its row is written, so that every row that was
        // just copied finds its blob.
        List<Path> blobs = null;
        while (blobs == null) {
            try (Stream<Path> walk = Files.walk(from.resolve("blobs"))) {
                blobs = walk.toList();
            } catch (java.io.UncheckedIOException moving) {
                assertThat(moving).hasCauseInstanceOf(NoSuchFileException.class);
            }
        }
        copy(blobs, from, to);
    }

    private static void copy(List<Path> files, Path from, Path to) throws IOException {
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file));
            try {
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            } catch (NoSuchFileException gone) {
                assertThat(file.toString()).contains("blobs");
            }
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
