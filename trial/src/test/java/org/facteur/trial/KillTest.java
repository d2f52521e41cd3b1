package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.facteur.trial.server.ServerProcess;
import org.facteur.trial.talk.TalkLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 under mixed load, again and again: nothing acknowledged is lost, nothing is doubled.
///
/// `-Dfacteur.kills=200` for the long run; `-Dfacteur.seed=N` repeats its rhythm;
/// `-Dfacteur.launcher=../facteur` starts servers as their users do, with the cache of classes.
class KillTest {
    private static final String PASSWORD = "lanterne sous la treille";
    private static final int KILLS = Integer.getInteger("facteur.kills", 20);
    private static final long SEED = Long.getLong("facteur.seed", System.nanoTime());
    private static final int SENDERS = 4;

    @TempDir Path directory;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> flagged = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    @Test
    void nothingAcknowledgedIsLostAndNothingIsDoubled() throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        ServerProcess.command(data, "", "domain", "add", "example.org");
        ServerProcess.command(
                data, PASSWORD + "\n", "account", "add", "box@example.org", "--password-stdin");
        Random rhythm = new Random(SEED);
        Map<String, Integer> ports = Map.of();
        List<Duration> starts = new ArrayList<>();
        for (int round = 0; round < KILLS; round++) {
            long begun = System.nanoTime();
            ServerProcess server = ServerProcess.start(data, ports, "");
            starts.add(Duration.ofNanos(System.nanoTime() - begun));
            ports = Map.copyOf(withoutMetrics(server.ports()));
            List<Thread> load = load(server, round);
            int enough = acknowledged.size() + 1 + rhythm.nextInt(60);
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> acknowledged.size() >= enough);
            server.kill();
            running = false;
            for (Thread each : load) {
                each.join();
            }
        }
        ServerProcess.Ran verified = ServerProcess.command(data, "", "verify");
        assertThat(verified.out())
                .as("seed %d: %s", SEED, verified.err())
                .contains("The store is sound.");
        try (ServerProcess server = ServerProcess.start(data, ports, "")) {
            check(server, starts);
        }
    }

    private static Map<String, Integer> withoutMetrics(Map<String, Integer> ports) {
        Map<String, Integer> named = new HashMap<>(ports);
        named.remove("metrics");
        return named;
    }

    private List<Thread> load(ServerProcess server, int round) {
        running = true;
        List<Thread> load = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            String name = "s" + round + "-" + sender + "-";
            load.add(
                    Thread.ofVirtual()
                            .start(() -> untilKilled(() -> send(server.port("smtp"), name))));
        }
        load.add(
                Thread.ofVirtual()
                        .start(
                                () ->
                                        untilKilled(
                                                () ->
                                                        append(
                                                                server.port("imaps"),
                                                                "i" + round + "-"))));
        return load;
    }

    /// What a client does until the server is gone.
    private interface Conversation {
        void hold() throws IOException;
    }

    private static void untilKilled(Conversation conversation) {
        try {
            conversation.hold();
        } catch (IOException killed) {
            // That is the point of the exercise.
        }
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
                    ask(smtp, "RCPT TO:<box@example.org>", "250");
                    ask(smtp, "DATA", "354");
                    smtp.say("Subject: " + subject);
                    smtp.say("");
                    smtp.say("x".repeat(200 + 997 * (i % 2)).substring(0, 200 + 700 * (i % 2)));
                    ask(smtp, ".", "250");
                    acknowledged.add(subject);
                }
            }
        }
    }

    private void append(int port, String name) throws IOException {
        try (TalkLine imap = new TalkLine(port, true)) {
            expect(imap, "* OK");
            ask(imap, "a login box@example.org \"" + PASSWORD + "\"", "a OK");
            ask(imap, "b select INBOX", "b OK");
            for (int number = 0; running; number++) {
                String subject = name + number;
                String letter = "Subject: " + subject + "\r\n\r\nappended\r\n";
                imap.say("c append INBOX {" + letter.length() + "+}");
                imap.say(letter);
                String done = expect(imap, "c OK");
                acknowledged.add(subject);
                String uid = done.substring(0, done.indexOf(']')).split(" ", -1)[4];
                ask(imap, "d uid store " + uid + " +flags.silent (\\Flagged)", "d OK");
                flagged.add(subject);
            }
        }
    }

    private void check(ServerProcess server, List<Duration> starts) throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> seenFlagged = ConcurrentHashMap.newKeySet();
        try (TalkLine imap = new TalkLine(server.port("imaps"), true)) {
            expect(imap, "* OK");
            ask(imap, "a login box@example.org \"" + PASSWORD + "\"", "a OK");
            ask(imap, "b examine INBOX", "b OK");
            imap.say("c fetch 1:* (flags body.peek[header.fields (subject)])");
            boolean flag = false;
            for (String line = imap.read();
                    line != null && !line.startsWith("c OK");
                    line = imap.read()) {
                if (line.startsWith("* ")) {
                    flag = line.contains("\\Flagged");
                } else if (line.startsWith("Subject: ")) {
                    String subject = line.substring("Subject: ".length());
                    seen.merge(subject, 1, Integer::sum);
                    if (flag) {
                        seenFlagged.add(subject);
                    }
                }
            }
        }
        List<Duration> sorted = starts.stream().sorted().toList();
        String report =
                "seed %d, %d kills, %d acknowledged, starts %d ms (median), %d ms (slowest)"
                        .formatted(
                                SEED,
                                KILLS,
                                acknowledged.size(),
                                sorted.get(sorted.size() / 2).toMillis(),
                                sorted.getLast().toMillis());
        org.slf4j.LoggerFactory.getLogger(KillTest.class).warn(report);
        assertThat(acknowledged).as(report).isNotEmpty();
        assertThat(seen.keySet()).as(report).containsAll(acknowledged);
        assertThat(seenFlagged).as(report).containsAll(flagged);
        assertThat(seen.values()).as(report).allMatch(count -> count == 1);
    }

    private static String ask(TalkLine line, String text, String answer) throws IOException {
        line.say(text);
        return expect(line, answer);
    }

    /// Reads until a line begins so; a connection that ends is the kill.
    private static String expect(TalkLine line, String answer) throws IOException {
        while (true) {
            String text = line.read();
            if (text == null) {
                throw new IOException("killed");
            }
            if (text.startsWith(answer)) {
                return text;
            }
            if (text.startsWith("5")
                    || text.startsWith("4")
                    || text.contains(" NO ")
                    || text.contains(" BAD ")) {
                throw new AssertionError("expected " + answer + ", got " + text);
            }
        }
    }
}
