package org.facteur.trial.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `facteur serve` in a child process on loopback ports of its own choosing. One thread.
public final class ServerProcess implements AutoCloseable {
    private static final List<String> SERVICES =
            List.of(
                    "smtp",
                    "submission",
                    "submissions",
                    "lmtp",
                    "imap",
                    "imaps",
                    "pop3",
                    "pop3s",
                    "sieve",
                    "http",
                    "https");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path data;
    private final Map<String, Integer> ports;
    private final Process process;
    private final Path log;
    private final String setup;

    private ServerProcess(
            Path data, Map<String, Integer> ports, String setup, Process process, Path log) {
        this.data = data;
        this.ports = ports;
        this.setup = setup;
        this.process = process;
        this.log = log;
    }

    /// What a command line did.
    public record Ran(int status, String out, String err) {}

    /// Starts a server on a data directory, made if needed, and waits until it is ready.
    ///
    /// @param ports by service; absent ones are chosen by the system
    /// @param extra lines of the node file before its tables
    public static ServerProcess start(Path data, Map<String, Integer> ports, String extra)
            throws IOException {
        Files.createDirectories(data.toAbsolutePath().getParent());
        Path config = data.resolveSibling(data.getFileName() + ".toml");
        StringBuilder toml = new StringBuilder("hostname = \"mail.example.org\"\n[listen]\n");
        for (String service : SERVICES) {
            toml.append(service)
                    .append(" = \"127.0.0.1:")
                    .append(ports.getOrDefault(service, 0))
                    .append("\"\n");
        }
        toml.append("metrics = \"127.0.0.1:0\"\nadmin = \"127.0.0.1:0\"\n").append(extra);
        Files.writeString(config, toml);
        Path log = data.resolveSibling(data.getFileName() + ".log");
        List<String> command =
                java("serve", "--data", data.toString(), "--config", config.toString());
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        Map<String, Integer> real = new LinkedHashMap<>();
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String setup = "";
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals("ready")) {
                return new ServerProcess(data, real, setup, process, log);
            }
            if (line.startsWith("setup ")) {
                setup = line.substring("setup ".length());
                continue;
            }
            String[] words = line.split(" ", -1);
            if (words.length >= 2 && words[1].contains(":")) {
                real.put(
                        words[0],
                        Integer.parseInt(words[1].substring(words[1].lastIndexOf(':') + 1)));
            }
        }
        throw new IOException("the server did not get ready: " + Files.readString(log));
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        String launcher = System.getProperty("facteur.launcher");
        if (launcher != null) {
            command.add(Path.of(launcher).toAbsolutePath().normalize().toString());
            command.addAll(List.of(arguments));
            return command;
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+UseCompactObjectHeaders");
        command.add("-XX:TieredStopAtLevel=" + System.getProperty("facteur.tier", "4"));
        command.add("-Xmx" + System.getProperty("facteur.heap", "512m"));
        command.add("-Djdk.virtualThreadScheduler.parallelism=8");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("org.facteur.main.Facteur");
        command.addAll(List.of(arguments));
        return command;
    }

    public Path data() {
        return data;
    }

    /// The link by which the post office is begun; empty where somebody looks after it.
    public String setup() {
        return setup;
    }

    public int port(String service) {
        Integer port = ports.get(service);
        if (port == null) {
            throw new IllegalArgumentException("no listener " + service);
        }
        return port;
    }

    public Map<String, Integer> ports() {
        return Map.copyOf(ports);
    }

    public long pid() {
        return process.pid();
    }

    /// What the server wrote to standard error.
    public String log() throws IOException {
        return Files.readString(log);
    }

    /// Runs a command on the server's data as a person would.
    public Ran command(String input, String... arguments) throws IOException {
        return command(data, input, arguments);
    }

    /// Runs a command on data that a server may or may not hold.
    public static Ran command(Path data, String input, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--data", data.toString()));
        all.addAll(List.of(arguments));
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(java(all.toArray(String[]::new)));
        builder.environment().put("LC_ALL", "C");
        Process ran = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try (var stdin = ran.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        waitFor(ran);
        Ran result = new Ran(ran.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    /// Ends the process at once, as a power cut of the process would.
    public void kill() {
        process.destroyForcibly();
        waitFor(process);
    }

    /// Asks the server to stop and waits.
    ///
    /// @return its exit status
    public int stop() {
        process.destroy();
        waitFor(process);
        return process.exitValue();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }

    private static void waitFor(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("a process did not end");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }
}
