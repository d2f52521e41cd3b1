package org.facteur.store.embedded;

import static org.facteur.store.kv.EngineContract.bytes;
import static org.facteur.store.kv.EngineContract.key;
import static org.facteur.store.kv.EngineContract.store;
import static org.facteur.store.kv.EngineContract.text;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.kv.BlobContract;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;

/// The process that [CrashTest] kills: writers that count, keep blobs and let them go, and say on
/// standard output what was acknowledged. The argument is the store's directory.
final class CrashWriter {
    /// How many partitions count.
    static final int PARTITIONS = 4;

    private static final int WRITERS = 24;

    private CrashWriter() {}

    public static void main(String[] arguments) throws Exception {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        EmbeddedSettings settings = EmbeddedSettings.of(Path.of(arguments[0]));
        try (EngineStore store = store(EmbeddedEngine.open(settings))) {
            Thread[] writers = new Thread[WRITERS];
            for (int w = 0; w < WRITERS; w++) {
                int number = w % PARTITIONS;
                int writer = w;
                writers[w] = Thread.ofVirtual().start(() -> write(store, number, writer, out));
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }
    }

    static PartitionId partition(int number) {
        return new PartitionId(PartitionId.Realm.ACCOUNT, number);
    }

    private static void write(EngineStore store, int number, int writer, FileOutputStream out) {
        Partition partition = store.partition(partition(number));
        try {
            for (int i = 0; ; i++) {
                int size = i % 10 == 0 ? 300_000 : 500 + i % 1000;
                long seed = writer * 1_000_000L + i;
                try (StagedBlob blob = BlobContract.stage(store.blobs(), sample(size, seed))) {
                    long count =
                            partition
                                    .write(
                                            tx -> {
                                                long n =
                                                        tx.find(key("n"))
                                                                .map(v -> Long.parseLong(text(v)))
                                                                .orElse(0L);
                                                tx.put(key("n"), bytes("" + (n + 1)));
                                                tx.put(key("w" + writer), blob.id().toBytes());
                                                tx.keep(blob);
                                                return n + 1;
                                            })
                                    .value();
                    out.write(bytes(number + " " + count + "\n"));
                    if (i % 3 == 0) {
                        partition.write(
                                tx -> {
                                    long n = Long.parseLong(text(tx.find(key("n")).orElseThrow()));
                                    tx.put(key("n"), bytes("" + (n + 1)));
                                    tx.release(blob.id());
                                    tx.delete(key("w" + writer));
                                    return 0;
                                });
                        store.blobs().collect(partition.id(), Instant.EPOCH);
                    }
                }
            }
        } catch (java.io.IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    private static byte[] sample(int size, long seed) {
        return BlobContract.sample(size, seed);
    }
}
