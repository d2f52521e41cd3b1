package org.facteur.store.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.layout.Layout;
import org.slf4j.LoggerFactory;

/// A first look at durable commits a second, by hand: arguments are a directory, writers,
/// partitions, seconds. The measured figures are in the benchmarks of module trial.
final class CommitRate {
    private CommitRate() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(arguments[0]), "rate");
        int writers = Integer.parseInt(arguments[1]);
        int partitions = Integer.parseInt(arguments[2]);
        long nanos = Long.parseLong(arguments[3]) * 1_000_000_000L;
        LongAdder commits = new LongAdder();
        try (EmbeddedEngine engine = EmbeddedEngine.open(EmbeddedSettings.of(directory));
                EngineStore store =
                        new EngineStore(
                                engine,
                                RandomGenerator.of("L64X128MixRandom"),
                                InstantSource.fixed(Instant.EPOCH))) {
            CountDownLatch done = new CountDownLatch(writers);
            long end = System.nanoTime() + nanos;
            long half = end - nanos / 2;
            for (int w = 0; w < writers; w++) {
                Partition partition =
                        store.partition(new PartitionId(PartitionId.Realm.ACCOUNT, w % partitions));
                int letter = w;
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    byte[] value = new byte[200];
                                    while (System.nanoTime() < end) {
                                        partition.write(
                                                tx -> {
                                                    tx.put(Layout.letter(letter), value);
                                                    tx.put(Layout.change(tx.nextVersion()), value);
                                                    return 0;
                                                });
                                        if (System.nanoTime() > half) {
                                            commits.increment();
                                        }
                                    }
                                    done.countDown();
                                });
            }
            done.await();
        }
        LoggerFactory.getLogger(CommitRate.class)
                .info("{} commits a second", commits.sum() * 2_000_000_000L / nanos);
        if (System.getProperty("rate.file") != null) {
            Files.writeString(
                    Path.of(System.getProperty("rate.file")),
                    commits.sum() * 2_000_000_000L / nanos + "\n");
        }
    }
}
