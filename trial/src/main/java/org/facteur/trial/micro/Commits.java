package org.facteur.trial.micro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.facteur.store.embedded.EmbeddedEngine;
import org.facteur.store.embedded.EmbeddedSettings;
import org.facteur.store.kv.Engine;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.layout.Layout;
import org.facteur.store.memory.MemoryEngine;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// Durable commits of two small rows, each thread in a partition of its own.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 2)
public class Commits {
    /// The store under all threads.
    @State(Scope.Benchmark)
    public static class Held {
        @Param({"memory", "embedded"})
        public String engine = "memory";

        private final AtomicLong partitions = new AtomicLong();
        private Path directory = Path.of("");
        private EngineStore store = open(new MemoryEngine());

        private static EngineStore open(Engine engine) {
            return new EngineStore(
                    engine, RandomGenerator.of("L64X128MixRandom"), InstantSource.system());
        }

        @Setup(Level.Trial)
        public void open() throws IOException {
            directory = Files.createTempDirectory("commits");
            store =
                    open(
                            engine.equals("memory")
                                    ? new MemoryEngine()
                                    : EmbeddedEngine.open(EmbeddedSettings.of(directory)));
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            store.close();
            try (Stream<Path> walk = Files.walk(directory)) {
                walk.sorted(Comparator.reverseOrder()).forEach(Held::delete);
            }
        }

        private static void delete(Path path) {
            try {
                Files.delete(path);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        Partition next() {
            return store.partition(
                    new PartitionId(PartitionId.Realm.ACCOUNT, partitions.incrementAndGet()));
        }
    }

    /// One thread's partition.
    @State(Scope.Thread)
    public static class Mine {
        private final byte[] value = new byte[200];
        private long row;

        private @Nullable Partition partition;

        @Setup(Level.Trial)
        public void choose(Held held) {
            partition = held.next();
        }

        Partition partition() {
            return Objects.requireNonNull(partition);
        }
    }

    private static long commit(Mine mine) {
        long row = mine.row++ % 10_000;
        return mine.partition()
                .write(
                        tx -> {
                            tx.put(Layout.letter(row), mine.value);
                            tx.put(Layout.change(tx.nextVersion()), mine.value);
                            return 0;
                        })
                .version();
    }

    @Benchmark
    @Threads(1)
    public long alone(Held held, Mine mine) {
        return commit(mine);
    }

    @Benchmark
    @Threads(64)
    public long crowd(Held held, Mine mine) {
        return commit(mine);
    }
}
