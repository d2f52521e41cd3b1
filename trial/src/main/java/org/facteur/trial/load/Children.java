package org.facteur.trial.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Starting programs and ending them.
final class Children {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Children() {}

    /// Starts a program whose output goes to the end of a file.
    static Process start(Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /// Runs a program to its end.
    ///
    /// @throws IOException when it says that it failed
    static void run(Path log, String input, List<String> command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        if (await(process) != 0) {
            throw new IOException(command + " failed: " + Files.readString(log));
        }
    }

    /// Asks a program to end and waits.
    static void end(Process process) throws IOException {
        process.destroy();
        await(process);
    }

    static int await(Process process) throws IOException {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("a program did not end");
            }
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    /// A port nobody uses now.
    static Endpoint freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Endpoint.loopback(socket.getLocalPort());
        }
    }

    /// Waits until a server greets.
    ///
    /// @return when it did, by [System#nanoTime]
    static long awaitBanner(Endpoint server, Process process, Path log) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try (Talker talker = new Talker(server)) {
                talker.line();
                return System.nanoTime();
            } catch (IOException _) {
                Pause.of(Duration.ofMillis(5));
            }
        }
        process.destroy();
        throw new IOException("a server did not greet: " + Files.readString(log));
    }

    /// A new directory that servers which change their user can enter.
    static Path directory(Path parent, String name) throws IOException {
        Path made = Files.createDirectories(parent.resolve(name));
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        return made;
    }
}
