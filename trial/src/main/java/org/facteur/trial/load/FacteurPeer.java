package org.facteur.trial.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// This project's server, started by its launcher with the launcher's own settings.
final class FacteurPeer implements Peer {
    private final Path launcher;
    private final Path home;
    private final Map<String, Endpoint> ports = new LinkedHashMap<>();
    private final List<Process> running = new ArrayList<>();

    /// @param web whether it serves HTTP too
    private FacteurPeer(Path launcher, Path home, boolean web) throws IOException {
        this.launcher = launcher;
        this.home = home;
        StringBuilder toml = new StringBuilder("hostname = \"mail.example.org\"\n[listen]\n");
        List<String> served = new ArrayList<>(List.of("smtp", "lmtp", "imap", "imaps", "pop3"));
        if (web) {
            served.add("http");
        }
        for (String service : served) {
            ports.put(service, Children.freePort());
            toml.append(service)
                    .append(" = \"127.0.0.1:")
                    .append(port(service).port())
                    .append("\"\n");
        }
        for (String service :
                List.of(
                        "submission",
                        "submissions",
                        "pop3s",
                        "sieve",
                        "http",
                        "https",
                        "metrics")) {
            if (!served.contains(service)) {
                toml.append(service).append(" = \"off\"\n");
            }
        }
        Files.writeString(home.resolve("facteur.toml"), toml);
    }

    /// Makes the store and its boxes, and starts the server.
    ///
    /// @param options to the Java machine, above the launcher's
    static FacteurPeer start(Path launcher, Path home, Boxes boxes, String options)
            throws IOException {
        return start(new FacteurPeer(launcher, home, false), boxes, options);
    }

    /// The same, serving HTTP too.
    static FacteurPeer startWithWeb(Path launcher, Path home, Boxes boxes, String options)
            throws IOException {
        return start(new FacteurPeer(launcher, home, true), boxes, options);
    }

    private static FacteurPeer start(FacteurPeer peer, Boxes boxes, String options)
            throws IOException {
        peer.command("", "domain", "add", boxes.domain());
        peer.command("", "config", "set", "insecure-plaintext-login", "on");
        peer.serve(options);
        try {
            Crowd.run(
                    2,
                    half -> {
                        for (int i = half; i < boxes.count(); i += 2) {
                            peer.command(
                                    boxes.password() + "\n",
                                    "account",
                                    "add",
                                    boxes.address(i),
                                    "--password-stdin");
                        }
                        return 0;
                    });
        } catch (IOException failed) {
            peer.close();
            throw failed;
        }
        return peer;
    }

    private void command(String input, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "--data", data()));
        command.addAll(List.of(words));
        Children.run(home.resolve("commands.log"), input, command);
    }

    /// Lets letters to `away` in its domain leave for another server.
    ///
    /// @param sink its port on the loopback
    void relayTo(Boxes boxes, int sink) throws IOException {
        command("", "alias", "add", "away@" + boxes.domain(), "outside@relay.example");
        command("", "route", "set", "relay.example", "[127.0.0.1]:" + sink, "--tls", "none");
    }

    private String data() {
        return home.resolve("data").toString();
    }

    /// Starts the server, which must not run.
    ///
    /// @return time from the launcher's start to the first line of the first SMTP client
    Duration serve(String options) throws IOException {
        return serve(options, true);
    }

    /// As above.
    ///
    /// @param cached whether the launcher may use its cache of classes
    Duration serve(String options, boolean cached) throws IOException {
        long begun = System.nanoTime();
        Path log = home.resolve("serve.log");
        Process process =
                Children.start(
                        log,
                        Map.of(
                                "FACTEUR_JAVA_OPTIONS",
                                options,
                                "FACTEUR_AOT",
                                cached ? "yes" : "no"),
                        List.of(
                                launcher.toString(),
                                "serve",
                                "--data",
                                data(),
                                "--config",
                                home.resolve("facteur.toml").toString()));
        running.add(process);
        return Duration.ofNanos(Children.awaitBanner(port("smtp"), process, log) - begun);
    }

    /// Stops the server; it may be started again on the same store.
    void stop() throws IOException {
        for (Process process : running) {
            Children.end(process);
        }
        running.clear();
    }

    /// Ends the server at once; it may be started again on the same store.
    void kill() throws IOException {
        for (Process process : running) {
            process.destroyForcibly();
            Children.await(process);
        }
        running.clear();
    }

    /// Where it listens for a service.
    Endpoint port(String service) {
        Endpoint port = ports.get(service);
        if (port == null) {
            throw new IllegalArgumentException(service);
        }
        return port;
    }

    @Override
    public String name() {
        return "Facteur";
    }

    @Override
    public Doors doors() {
        return new Doors(port("smtp"), port("lmtp"), port("imap"), port("pop3"));
    }

    @Override
    public Endpoint imaps() {
        return port("imaps");
    }

    /// Where its store lies.
    Path store() {
        return home.resolve("data");
    }

    @Override
    public List<ProcessTree> processes() {
        return running.stream().map(process -> new ProcessTree(process.pid())).toList();
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
