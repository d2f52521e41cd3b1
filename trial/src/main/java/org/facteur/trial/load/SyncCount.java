package org.facteur.trial.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts the calls by which a server makes the disk write, as the kernel sees them, with strace.
/// The traced server is slower, so this is a run of its own.
final class SyncCount {
    private static final String CALLS = "trace=fsync,fdatasync,sync_file_range,msync,sync,syncfs";
    private static final Duration ATTACHING = Duration.ofSeconds(2);

    private SyncCount() {}

    /// A load that says how many letters it brought.
    @FunctionalInterface
    interface Load {
        long run() throws IOException;
    }

    /// @return calls for each letter; empty when there is no strace here
    static Optional<Double> perLetter(Path home, List<ProcessTree> servers, Load load)
            throws IOException {
        Path log = home.resolve("strace.log");
        Path calls = home.resolve("strace.calls");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-q", "-e", CALLS));
        command.addAll(List.of("-e", "signal=none", "-o", calls.toString()));
        for (ProcessTree server : servers) {
            for (long member : server.members()) {
                command.addAll(List.of("-p", Long.toString(member)));
            }
        }
        Process strace;
        try {
            strace = Children.start(log, Map.of(), command);
        } catch (IOException _) {
            return Optional.empty();
        }
        Pause.of(ATTACHING);
        if (!strace.isAlive()) {
            return Optional.empty();
        }
        long letters;
        try {
            letters = load.run();
        } finally {
            Children.end(strace);
        }
        // A call that another thread interrupts is printed twice, the second time as resumed.
        try (var lines = Files.lines(calls)) {
            long made =
                    lines.filter(line -> line.contains("sync") && !line.contains("resumed"))
                            .count();
            return Optional.of((double) made / letters);
        }
    }
}
