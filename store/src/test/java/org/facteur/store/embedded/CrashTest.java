package org.facteur.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.facteur.store.kv.EngineContract.key;
import static org.facteur.store.kv.EngineContract.text;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.facteur.store.kv.BlobContract;
import org.facteur.store.kv.Snapshot;
import org.facteur.store.verify.StoreVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that writes, and looks at what it had been told was durable. The property
/// `facteur.crashes` says how often, `facteur.seed` when.
class CrashTest {
    @TempDir Path directory;

    @Test
    void whatWasAcknowledgedSurvivesEachKill() throws Exception {
        long seed = Long.getLong("facteur.seed", 42);
        Random random = new Random(seed);
        long[] acknowledged = new long[CrashWriter.PARTITIONS];
        Path root = directory.resolve("store");
        for (int kill = 0; kill < Integer.getInteger("facteur.crashes", 3); kill++) {
            int lines = 1 + random.nextInt(kill % 2 == 0 ? 1500 : 100);
            Process child = start("-Xmx256m", CrashWriter.class, root.toString());
            try (BufferedReader said =
                    new BufferedReader(
                            new InputStreamReader(
                                    child.getInputStream(), StandardCharsets.US_ASCII))) {
                for (int i = 0; i < lines; i++) {
                    String line = said.readLine();
                    assertThat(line).as("facteur.seed=%d", seed).isNotNull();
                    note(acknowledged, line);
                }
                assertThat(child.toHandle().destroyForcibly()).isTrue();
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    note(acknowledged, line);
                }
            }
            child.waitFor();
            compare(root, acknowledged, seed);
        }
    }

    @Test
    void aLetterOf50MegabytesPassesThroughASmallHeap() throws Exception {
        Path root = directory.resolve("store");
        Process child = start("-Xmx64m", LargeBlob.class, root.toString());
        assertThat(child.waitFor()).isZero();
    }

    private static void compare(Path root, long[] acknowledged, long seed) throws Exception {
        try (EmbeddedEngine engine = EmbeddedEngine.open(EmbeddedSettings.of(root))) {
            for (int p = 0; p < acknowledged.length; p++) {
                try (Snapshot view = engine.durable(CrashWriter.partition(p))) {
                    long counted = view.find(key("n")).map(v -> Long.parseLong(text(v))).orElse(0L);
                    assertThat(counted)
                            .as("partition %d, facteur.seed=%d", p, seed)
                            .isGreaterThanOrEqualTo(acknowledged[p]);
                    assertThat(view.version()).isGreaterThanOrEqualTo(counted);
                }
            }
            assertThat(new StoreVerifier(engine, List.of(), 10).run().findings())
                    .as("facteur.seed=%d", seed)
                    .isEmpty();
        }
    }

    private static void note(long[] acknowledged, String line) {
        if (line.length() < 3) {
            return; // cut by the kill
        }
        int partition = line.charAt(0) - '0';
        long count = Long.parseLong(line.substring(2));
        acknowledged[partition] = Math.max(acknowledged[partition], count);
    }

    private static Process start(String heap, Class<?> main, String argument) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add(heap);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.add(argument);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /// Writes and reads 50 MB.
    static final class LargeBlob {
        private LargeBlob() {}

        public static void main(String[] arguments) throws Exception {
            EmbeddedSettings settings = EmbeddedSettings.of(Path.of(arguments[0]));
            try (var store =
                    org.facteur.store.kv.EngineContract.store(EmbeddedEngine.open(settings))) {
                byte[] piece = BlobContract.sample(10_000, 1);
                org.facteur.store.blob.BlobId id;
                try (var writer = store.blobs().write()) {
                    for (int i = 0; i < 5000; i++) {
                        writer.write(piece, 0, piece.length);
                    }
                    try (var staged = writer.finish()) {
                        id = staged.id();
                        store.partition(CrashWriter.partition(1))
                                .write(
                                        tx -> {
                                            tx.keep(staged);
                                            return 0;
                                        });
                    }
                }
                try (var blob = store.blobs().find(CrashWriter.partition(1), id).orElseThrow();
                        var in = blob.open(0, blob.size())) {
                    long read = in.transferTo(java.io.OutputStream.nullOutputStream());
                    if (read != 50_000_000) {
                        throw new IllegalStateException("read " + read);
                    }
                }
            }
        }
    }
}
