package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.facteur.trial.server.ServerProcess;
import org.facteur.trial.talk.TalkLine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 while letters pass through the queue: each that was acknowledged reaches the next
/// server, and twice only those that were in doubt when the process ended, one for each session at
/// most.
///
/// `-Dfacteur.kills=200` for the long run; `-Dfacteur.seed=N` repeats its rhythm.
class RelayKillTest {
    private static final int KILLS = Integer.getInteger("facteur.kills", 10);
    private static final long SEED = Long.getLong("facteur.seed", System.nanoTime());
    private static final int SENDERS = 4;
    private static final int SESSIONS = 20;

    @TempDir Path directory;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile @Nullable IOException lastEnd;

    @Test
    void nothingAcknowledgedIsLostOnItsWay() throws Exception {
        Path data = directory.resolve("data");
        try (Sink sink = new Sink()) {
            ServerProcess.command(data, "", "domain", "add", "example.org");
            ServerProcess.command(data, "", "alias", "add", "away@example.org", "bob@far.example");
            ServerProcess.command(
                    data,
                    "",
                    "route",
                    "set",
                    "far.example",
                    "[127.0.0.1]:" + sink.port(),
                    "--tls",
                    "none");
            Random rhythm = new Random(SEED);
            Map<String, Integer> ports = Map.of();
            for (int round = 0; round < KILLS; round++) {
                ServerProcess server = ServerProcess.start(data, ports, "");
                ports = new HashMap<>(server.ports());
                ports.remove("metrics");
                Thread[] load = load(server, round);
                int enough = acknowledged.size() + 1 + rhythm.nextInt(200);
                await().atMost(Duration.ofSeconds(40))
                        .pollInterval(Duration.ofMillis(1))
                        .untilAsserted(
                                () ->
                                        assertThat(acknowledged)
                                                .as("after " + lastEnd)
                                                .hasSizeGreaterThanOrEqualTo(enough));
                server.kill();
                running = false;
                for (Thread each : load) {
                    each.join();
                }
            }
            try (ServerProcess _ = ServerProcess.start(data, ports, "")) {
                await().atMost(Duration.ofMinutes(2))
                        .untilAsserted(
                                () ->
                                        assertThat(sink.seen.keySet())
                                                .as("seed %d", SEED)
                                                .containsAll(acknowledged));
            }
            long doubled = sink.seen.values().stream().filter(times -> times > 1).count();
            assertThat(doubled).as("seed %d", SEED).isLessThanOrEqualTo((long) KILLS * SESSIONS);
            assertThat(ServerProcess.command(data, "", "verify").out())
                    .contains("The store is sound.");
        }
    }

    private Thread[] load(ServerProcess server, int round) {
        running = true;
        Thread[] load = new Thread[SENDERS];
        for (int sender = 0; sender < SENDERS; sender++) {
            String name = "s" + round + "-" + sender + "-";
            load[sender] =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            send(server.port("smtp"), name);
                                        } catch (IOException killed) {
                                            lastEnd = killed;
                                        }
                                    });
        }
        return load;
    }

    private void send(int port, String name) throws IOException {
        int number = 0;
        while (running) {
            try (TalkLine smtp = new TalkLine(port, false)) {
                expect(smtp, "220");
                ask(smtp, "HELO trial.example", "250");
                for (int i = 0; i < 20 && running; i++) {
                    String subject = name + number++;
                    ask(smtp, "MAIL FROM:<a@elsewhere.example>", "250");
                    ask(smtp, "RCPT TO:<away@example.org>", "250");
                    ask(smtp, "DATA", "354");
                    smtp.say("Subject: " + subject);
                    smtp.say("");
                    smtp.say("x");
                    ask(smtp, ".", "250");
                    acknowledged.add(subject);
                }
            }
        }
    }

    private static void ask(TalkLine line, String command, String answer) throws IOException {
        line.say(command);
        expect(line, answer);
    }

    private static void expect(TalkLine line, String answer) throws IOException {
        String read = line.read();
        if (read == null || !read.startsWith(answer)) {
            throw new IOException("instead of " + answer + ": " + read);
        }
    }

    /// Takes every letter and counts each subject.
    private static final class Sink implements AutoCloseable {
        private final ServerSocket server =
                new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        private final Map<String, Integer> seen = new ConcurrentHashMap<>();

        Sink() throws IOException {
            Thread.ofVirtual().start(this::run);
        }

        int port() {
            return server.getLocalPort();
        }

        private void run() {
            while (!server.isClosed()) {
                try {
                    Socket peer = server.accept();
                    Thread.ofVirtual().start(() -> talk(peer));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private void talk(Socket peer) {
            try (peer;
                    BufferedReader in =
                            new BufferedReader(
                                    new InputStreamReader(
                                            peer.getInputStream(), StandardCharsets.ISO_8859_1))) {
                say(peer, "220 sink");
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.startsWith("EHLO")) {
                        say(peer, "250-sink\r\n250 PIPELINING");
                    } else if (line.equals("DATA")) {
                        say(peer, "354 go");
                        String subject = letter(in);
                        if (subject == null) {
                            return;
                        }
                        seen.merge(subject, 1, Integer::sum);
                        say(peer, "250 ok");
                    } else {
                        say(peer, "250 ok");
                    }
                }
            } catch (IOException gone) {
                assertThat(gone).isNotNull();
            }
        }

        private static @Nullable String letter(BufferedReader in) throws IOException {
            String subject = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals(".")) {
                    return subject;
                }
                if (line.startsWith("Subject: ")) {
                    subject = line.substring(9);
                }
            }
            return null;
        }

        private static void say(Socket peer, String line) throws IOException {
            peer.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
