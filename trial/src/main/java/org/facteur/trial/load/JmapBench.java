package org.facteur.trial.load;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/// A large box, and what the pages ask of it by JMAP: the first hundred rows of a list, searches,
/// sorted lists, and how soon a letter that arrives is told of. Time as a client sees it, and the
/// server's processors.
final class JmapBench {
    private static final int BATCH = 20;
    private static final int RUNS = 41;
    private static final int NEWS = 25;
    private static final Duration INDEXING = Duration.ofMinutes(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BenchOptions options;
    private final long letters;
    private final PrintStream out;
    private final MirrorLetters source = new MirrorLetters();
    private final HttpClient http = HttpClient.newHttpClient();
    private String account = "";

    /// @param letters how many the box holds
    JmapBench(BenchOptions options, long letters, PrintStream out) {
        this.options = options;
        this.letters = letters;
        this.out = out;
    }

    void run(Path directory) throws IOException {
        Path home = Children.directory(directory, "facteur");
        try (FacteurPeer peer =
                FacteurPeer.startWithWeb(
                        BenchOptions.launcher(), home, options.boxes(), options.javaOptions())) {
            account = account(peer);
            load(peer);
            indexed(peer);
            out.println("| | median, ms | server CPU, ms |");
            out.println("|---|--:|--:|");
            String inbox = "{\"inMailbox\":\"B1\"}";
            measure(peer, "first 100 rows of the inbox", list(inbox, ""));
            measure(
                    peer,
                    "first 100 exchanges of the inbox",
                    list(inbox, ",\"collapseThreads\":true"));
            measure(peer, "the same, by sender", list(inbox, sort("from")));
            measure(peer, "the same, by subject", list(inbox, sort("subject")));
            measure(
                    peer,
                    "first 100 with attachments",
                    list("{\"inMailbox\":\"B1\",\"hasAttachment\":true}", ""));
            measure(
                    peer,
                    "a rare word anywhere",
                    list("{\"text\":\"" + source.word(4_000) + "\"}", ""));
            measure(
                    peer,
                    "a common word anywhere",
                    list("{\"text\":\"" + source.word(50) + "\"}", ""));
            news(peer);
            out.flush();
        }
    }

    private static String sort(String property) {
        return ",\"sort\":[{\"property\":\"" + property + "\"}]";
    }

    private static String list(String filter, String more) {
        return "{\"using\":[\"urn:ietf:params:jmap:core\",\"urn:ietf:params:jmap:mail\"],"
                + "\"methodCalls\":[[\"Email/query\",{\"accountId\":\"ACCOUNT\",\"limit\":100,"
                + "\"calculateTotal\":true,\"filter\":"
                + filter
                + more
                + "},\"q\"],[\"Email/get\",{\"accountId\":\"ACCOUNT\",\"#ids\":{\"resultOf\":\"q\","
                + "\"name\":\"Email/query\",\"path\":\"/ids\"},\"properties\":[\"threadId\","
                + "\"mailboxIds\",\"keywords\",\"from\",\"to\",\"subject\",\"receivedAt\","
                + "\"preview\",\"size\",\"hasAttachment\"]},\"g\"]]}";
    }

    private void load(FacteurPeer peer) throws IOException {
        try (MirrorClient client = client(peer)) {
            for (long at = 0; at < letters; at += BATCH) {
                ByteArrayOutputStream command = new ByteArrayOutputStream(150_000);
                command.writeBytes("APPEND INBOX".getBytes(StandardCharsets.US_ASCII));
                for (long i = at; i < Math.min(letters, at + BATCH); i++) {
                    byte[] letter = source.letter(i);
                    command.writeBytes(
                            (" {" + letter.length + "+}\r\n").getBytes(StandardCharsets.US_ASCII));
                    command.writeBytes(letter);
                }
                client.run(command.toByteArray(), null);
            }
        }
    }

    private MirrorClient client(FacteurPeer peer) throws IOException {
        MirrorClient client = new MirrorClient(peer.doors().imap(), false);
        try {
            client.login(options.boxes().address(0), options.boxes().password());
            return client;
        } catch (IOException failed) {
            client.close();
            throw failed;
        }
    }

    /// Searches until the index knows the words of all letters.
    private void indexed(FacteurPeer peer) throws IOException {
        String search = list("{\"body\":\"" + source.word(4_000) + "\"}", "");
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < INDEXING.toNanos()) {
            long before = System.nanoTime();
            ask(peer, search);
            if (System.nanoTime() - before < 300_000_000L) {
                return;
            }
            Pause.of(Duration.ofSeconds(5));
        }
    }

    private HttpRequest.Builder request(FacteurPeer peer, String path) {
        String who = options.boxes().address(0) + ":" + options.boxes().password();
        Endpoint at = peer.port("http");
        return HttpRequest.newBuilder(URI.create("http://" + at.host() + ":" + at.port() + path))
                .timeout(PATIENCE)
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(who.getBytes(StandardCharsets.UTF_8)));
    }

    private String account(FacteurPeer peer) throws IOException {
        try {
            String session =
                    http.send(
                                    request(peer, "/jmap/session").build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
            String before = "\"urn:ietf:params:jmap:mail\":\"";
            int at = session.indexOf(before, session.indexOf("\"primaryAccounts\""));
            int from = at + before.length();
            return session.substring(from, session.indexOf('"', from));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private void ask(FacteurPeer peer, String body) throws IOException {
        try {
            HttpResponse<String> answer =
                    http.send(
                            request(peer, "/jmap/api")
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    body.replace("ACCOUNT", account)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200 || answer.body().contains("[\"error\"")) {
                throw new IOException(answer.statusCode() + " " + answer.body());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private static Duration cpu(FacteurPeer peer) throws IOException {
        Duration all = Duration.ZERO;
        for (ProcessTree each : peer.processes()) {
            all = all.plus(each.cpu());
        }
        return all;
    }

    private void measure(FacteurPeer peer, String what, String request) throws IOException {
        for (int i = 0; i < RUNS; i++) {
            ask(peer, request);
        }
        double[] millis = new double[RUNS];
        Duration before = cpu(peer);
        for (int i = 0; i < RUNS; i++) {
            long begun = System.nanoTime();
            ask(peer, request);
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        double each = cpu(peer).minus(before).toMillis() / (double) RUNS;
        tell(what, millis, each);
    }

    private void tell(String what, double[] millis, double cpu) {
        Arrays.sort(millis);
        out.printf(
                Locale.ROOT,
                "| %s | %.1f | %s |%n",
                what,
                millis[millis.length / 2],
                cpu < 0 ? "" : String.format(Locale.ROOT, "%.1f", cpu));
        out.flush();
    }

    /// From the answer to a letter's end to the event that tells of it.
    private void news(FacteurPeer peer) throws IOException {
        double[] millis = new double[NEWS];
        try {
            HttpResponse<java.io.InputStream> events =
                    http.send(
                            request(peer, "/jmap/events?types=EmailDelivery&closeafter=no&ping=0")
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader in =
                            new BufferedReader(
                                    new InputStreamReader(events.body(), StandardCharsets.UTF_8));
                    MirrorClient client = client(peer)) {
                for (int i = 0; i < NEWS; i++) {
                    byte[] letter = source.letter(letters + i);
                    ByteArrayOutputStream command = new ByteArrayOutputStream();
                    command.writeBytes(
                            ("APPEND INBOX {" + letter.length + "+}\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    command.writeBytes(letter);
                    client.run(command.toByteArray(), null);
                    long begun = System.nanoTime();
                    String line = in.readLine();
                    while (line != null && !line.contains("EmailDelivery")) {
                        line = in.readLine();
                    }
                    millis[i] = (System.nanoTime() - begun) / 1e6;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
        tell("a letter told of, after its 250", millis, -1);
    }
}
