package org.facteur.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program from Debian, run as a person would run it.
final class Program {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Program() {}

    record Ran(int status, String output) {}

    /// Runs a program with an input and its home in a directory; output and errors together.
    static Ran run(Path home, String input, List<String> command) throws IOException {
        return run(home, input, command, PATIENCE);
    }

    /// The same, of a program that takes longer.
    ///
    /// @param patience after which it is ended
    static Ran run(Path home, String input, List<String> command, Duration patience)
            throws IOException {
        Path out = Files.createTempFile(home, "out", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.directory(home.toFile());
        Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            // A program that wants no input may end before it was given.
        }
        try {
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(
                        command.getFirst() + " did not end: " + Files.readString(out));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
        return new Ran(
                process.exitValue(), new String(Files.readAllBytes(out), StandardCharsets.UTF_8));
    }

    /// Writes a file only its owner can read, as these programs demand of their configuration.
    static Path configure(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
