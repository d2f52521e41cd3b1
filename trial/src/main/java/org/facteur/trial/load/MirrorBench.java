package org.facteur.trial.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A large box in each server, and what clients do with it, one after the other: how long it takes
/// and how much of the processors. Facteur, Dovecot (sdbox) and Cyrus.
final class MirrorBench {
    private static final int BATCH = 20;
    private static final int RUNS = 7;
    private static final Duration INDEXING = Duration.ofMinutes(20);
    private static final String LIST_ITEMS =
            "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)";

    private final BenchOptions options;
    private final long letters;
    private final PrintStream out;
    private final MirrorTable table = new MirrorTable();
    private final MirrorLetters source = new MirrorLetters();
    private long octets;

    /// @param letters how many the box holds
    MirrorBench(BenchOptions options, long letters, PrintStream out) {
        this.options = options;
        this.letters = letters;
        this.out = out;
    }

    /// A server that can be started again on what it holds.
    private interface Starter {
        Peer start() throws IOException;
    }

    void run(Path directory) throws IOException {
        if (options.wants("facteur")) {
            Path home = Children.directory(directory, "facteur");
            try (FacteurPeer peer =
                    FacteurPeer.start(
                            BenchOptions.launcher(),
                            home,
                            options.boxes(),
                            options.javaOptions())) {
                measure(
                        home,
                        peer,
                        () -> {
                            peer.serve(options.javaOptions());
                            return peer;
                        });
            }
        }
        if (options.wants("dovecot")) {
            Path home = Children.directory(directory, "dovecot");
            Starter starter =
                    () -> DovecotPeer.start(home, options.boxes(), DovecotPeer.Storage.SDBOX);
            measure(home, starter.start(), starter);
        }
        if (options.wants("cyrus") && CyrusPeer.installed()) {
            Path home = Children.directory(directory, "cyrus");
            Starter starter = () -> CyrusPeer.start(home);
            measure(home, starter.start(), starter);
        }
        out.println();
        out.print(table.markdown());
        out.flush();
    }

    private void measure(Path home, Peer first, Starter again) throws IOException {
        Peer peer = first;
        try {
            load(peer);
            settle(peer);
            if (peer instanceof FacteurPeer) {
                indexed(peer);
                settle(peer);
            }
            put(peer, MirrorRow.DISK, new MirrorTable.Measure(size(home) / (double) octets, -1));
            peer.close();
            peer = again.start();
            restarted(peer);
            lists(peer);
            slow(peer);
            searches(peer);
            changes(peer);
            crowds(peer);
            news(peer);
            double resident = 0;
            for (ProcessTree tree : peer.processes()) {
                resident += tree.residentOctets() / 1e6;
            }
            put(peer, MirrorRow.MEMORY, new MirrorTable.Measure(resident, -1));
        } finally {
            peer.close();
        }
    }

    private void load(Peer peer) throws IOException {
        octets = 0;
        try (MirrorClient client = client(peer)) {
            long begun = System.nanoTime();
            Duration before = cpu(peer);
            for (long at = 0; at < letters; at += BATCH) {
                ByteArrayOutputStream command = new ByteArrayOutputStream(150_000);
                command.writeBytes("APPEND INBOX".getBytes(StandardCharsets.US_ASCII));
                for (long i = at; i < Math.min(letters, at + BATCH); i++) {
                    byte[] letter = source.letter(i);
                    octets += letter.length;
                    command.writeBytes(
                            (" {" + letter.length + "+}\r\n").getBytes(StandardCharsets.US_ASCII));
                    command.writeBytes(letter);
                }
                client.run(command.toByteArray(), null);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            put(
                    peer,
                    MirrorRow.LOAD,
                    new MirrorTable.Measure(
                            letters / seconds,
                            cpu(peer).minus(before).toMillis() / (double) letters));
        }
    }

    /// Waits until a server that works on behind its answers has come to rest.
    private static void settle(Peer peer) throws IOException {
        int quiet = 0;
        for (int i = 0; i < 900 && quiet < 5; i++) {
            Duration before = cpu(peer);
            Pause.of(Duration.ofSeconds(1));
            quiet = cpu(peer).minus(before).toMillis() < 50 ? quiet + 1 : 0;
        }
    }

    /// Searches until the index knows the words of all letters.
    private void indexed(Peer peer) throws IOException {
        try (MirrorClient client = client(peer)) {
            client.run("SELECT INBOX");
            long begun = System.nanoTime();
            Duration before = cpu(peer);
            String search = "SEARCH BODY \"" + source.word(4_000) + "\"";
            while (client.run(search) > 500_000_000L
                    && System.nanoTime() - begun < INDEXING.toNanos()) {
                Pause.of(Duration.ofSeconds(5));
            }
            put(
                    peer,
                    MirrorRow.INDEXED,
                    new MirrorTable.Measure(
                            letters / ((System.nanoTime() - begun) / 1e9),
                            cpu(peer).minus(before).toMillis() / (double) letters));
        }
    }

    private void restarted(Peer peer) throws IOException {
        try (MirrorClient client = client(peer)) {
            put(peer, MirrorRow.SELECT_RESTARTED, once(client, "SELECT INBOX"));
            put(peer, MirrorRow.LIST_RESTARTED, once(client, "FETCH 1:* " + LIST_ITEMS));
            put(peer, MirrorRow.SORT_RESTARTED, once(client, "SORT (DATE) UTF-8 ALL"));
        }
    }

    private static MirrorTable.Measure once(MirrorClient client, String command)
            throws IOException {
        return new MirrorTable.Measure(client.run(command) / 1e6, -1);
    }

    private void lists(Peer peer) throws IOException {
        median(
                peer,
                MirrorRow.SELECT,
                3 * RUNS,
                () -> {
                    try (MirrorClient client = client(peer)) {
                        return client.run("SELECT INBOX");
                    }
                });
        try (MirrorClient client = client(peer)) {
            client.run("SELECT INBOX");
            median(peer, MirrorRow.FLAGS, 3 * RUNS, () -> client.run("UID FETCH 1:* (FLAGS)"));
            median(peer, MirrorRow.LIST, RUNS, () -> client.run("FETCH 1:* " + LIST_ITEMS));
            long[] at = {1};
            median(
                    peer,
                    MirrorRow.WINDOW,
                    400,
                    () -> {
                        at[0] = 1 + (at[0] * 7919) % Math.max(1, letters - 50);
                        return client.run("FETCH " + at[0] + ":" + (at[0] + 49) + " " + LIST_ITEMS);
                    });
        }
        bodies(peer, MirrorRow.BODY, 1);
        bodies(peer, MirrorRow.BODIES, 32);
    }

    private void bodies(Peer peer, MirrorRow row, int clients) throws IOException {
        rate(
                peer,
                row,
                clients,
                (client, number, end) -> {
                    long done = 0;
                    try (MirrorClient reader = client(peer)) {
                        reader.run("SELECT INBOX");
                        long at = 1 + number * 31L;
                        for (; System.nanoTime() < end; done++) {
                            at = 1 + (at * 7919 + 13) % letters;
                            reader.run("FETCH " + at + " (BODY.PEEK[])");
                        }
                    }
                    return done;
                });
    }

    /// What a far-off reader waits for, each in a session of its own.
    private void slow(Peer peer) throws IOException {
        for (SlowInbox pattern : SlowInbox.values()) {
            SlowInbox.Cost cost =
                    pattern.measure(
                            peer.doors().imap(),
                            options.boxes().address(0),
                            options.boxes().password(),
                            letters);
            put(peer, pattern.row(), new MirrorTable.Measure(cost.time().toMillis() / 1000.0, -1));
            out.printf("%-14s   of %d octets%n", peer.name(), cost.octets());
        }
    }

    private void searches(Peer peer) throws IOException {
        try (MirrorClient client = client(peer)) {
            client.run("SELECT INBOX");
            repeat(peer, client, MirrorRow.SORT_DATE, "SORT (DATE) UTF-8 ALL");
            repeat(peer, client, MirrorRow.SORT_SUBJECT, "SORT (SUBJECT) UTF-8 ALL");
            repeat(peer, client, MirrorRow.THREAD, "THREAD REFERENCES UTF-8 ALL");
            String somebody = MirrorLetters.somebody();
            repeat(peer, client, MirrorRow.SEARCH_FROM, "SEARCH FROM \"" + somebody + "\"");
            String word = source.word(4_000);
            repeat(peer, client, MirrorRow.SEARCH_SUBJECT, "SEARCH SUBJECT \"" + word + "\"");
            boolean quick = peer instanceof FacteurPeer;
            median(
                    peer,
                    MirrorRow.SEARCH_BODY,
                    quick ? RUNS : 1,
                    () -> client.run("SEARCH BODY \"" + word + "\""));
            median(
                    peer,
                    MirrorRow.SEARCH_TEXT,
                    quick ? RUNS : 1,
                    () -> client.run("SEARCH TEXT \"" + word + "\""));
        }
    }

    private void repeat(Peer peer, MirrorClient client, MirrorRow row, String command)
            throws IOException {
        client.run(command);
        median(peer, row, 2 * RUNS, () -> client.run(command));
    }

    private void changes(Peer peer) throws IOException {
        try (MirrorClient client = client(peer)) {
            client.run("ENABLE QRESYNC");
            client.run("SELECT INBOX");
            boolean[] on = new boolean[1];
            median(
                    peer,
                    MirrorRow.STORE,
                    2 * RUNS,
                    () -> {
                        on[0] = !on[0];
                        return client.run(
                                "UID STORE 1:* " + (on[0] ? "+" : "-") + "FLAGS (\\Flagged)");
                    });
        }
        median(peer, MirrorRow.QRESYNC, RUNS, () -> resynchronise(peer));
    }

    private long resynchronise(Peer peer) throws IOException {
        try (MirrorClient changing = client(peer);
                MirrorClient back = client(peer)) {
            String opened = changing.answer("SELECT INBOX (CONDSTORE)");
            long validity = number(opened, "UIDVALIDITY ");
            long modSeq = number(opened, "HIGHESTMODSEQ ");
            for (int i = 0; i < 100; i++) {
                long uid = 1 + (i * 7919L) % letters;
                changing.run("UID STORE " + uid + " " + (i % 2 == 0 ? "+" : "-") + "FLAGS (seen1)");
            }
            back.run("ENABLE QRESYNC");
            return back.run("SELECT INBOX (QRESYNC (" + validity + " " + modSeq + "))");
        }
    }

    private static long number(String text, String before) throws IOException {
        int start = text.indexOf(before) + before.length();
        int end = start;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        if (start < before.length() || end == start) {
            throw new IOException("no " + before + "in " + text);
        }
        return Long.parseLong(text, start, end, 10);
    }

    private void crowds(Peer peer) throws IOException {
        byte[] letter = SampleLetter.make(1, 10_000);
        rate(
                peer,
                MirrorRow.APPEND,
                8,
                (client, number, end) -> {
                    long done = 0;
                    try (MirrorClient writer = client(peer, false, 1 + number)) {
                        ByteArrayOutputStream command = new ByteArrayOutputStream(11_000);
                        command.writeBytes(
                                ("APPEND INBOX {" + letter.length + "+}\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                        command.writeBytes(letter);
                        byte[] octets = command.toByteArray();
                        for (; System.nanoTime() < end; done++) {
                            writer.run(octets, null);
                        }
                    }
                    return done;
                });
        rate(peer, MirrorRow.LOGIN, 8, (client, number, end) -> logins(peer, false, number, end));
        if (peer.imaps() != null) {
            rate(
                    peer,
                    MirrorRow.LOGIN_TLS,
                    8,
                    (client, number, end) -> logins(peer, true, number, end));
        }
    }

    private long logins(Peer peer, boolean tls, int number, long end) throws IOException {
        long done = 0;
        for (; System.nanoTime() < end; done++) {
            try (MirrorClient client = client(peer, tls, 1 + number)) {
                client.run("SELECT INBOX");
                client.run("LOGOUT");
            }
        }
        return done;
    }

    private void news(Peer peer) throws IOException {
        int box = options.boxes().count() - 1;
        put(peer, MirrorRow.NEWS, new Watchers(peer, options.boxes(), box).measure(1, 20));
        put(
                peer,
                MirrorRow.NEWS_MANY,
                new Watchers(peer, options.boxes(), box).measure(options.watchers(), 5));
    }

    /// What one client does until an instant.
    private interface Act {
        long run(Peer peer, int number, long end) throws IOException;
    }

    private void rate(Peer peer, MirrorRow row, int clients, Act act) throws IOException {
        Duration time = Duration.ofSeconds(options.quick() ? 2 : 8);
        crowd(peer, clients, act, time.dividedBy(2));
        Duration before = cpu(peer);
        long begun = System.nanoTime();
        long done = crowd(peer, clients, act, time);
        double seconds = (System.nanoTime() - begun) / 1e9;
        put(
                peer,
                row,
                new MirrorTable.Measure(
                        done / seconds, cpu(peer).minus(before).toMillis() / (double) done));
    }

    private static long crowd(Peer peer, int clients, Act act, Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        return Crowd.run(clients, number -> act.run(peer, number, end));
    }

    /// Something that says how many nanoseconds it took.
    private interface Timed {
        long run() throws IOException;
    }

    private void median(Peer peer, MirrorRow row, int runs, Timed timed) throws IOException {
        int count = options.quick() ? Math.max(1, runs / 3) : runs;
        double[] millis = new double[count];
        Duration before = cpu(peer);
        for (int i = 0; i < count; i++) {
            millis[i] = timed.run() / 1e6;
        }
        double cpu = cpu(peer).minus(before).toMillis() / (double) count;
        Arrays.sort(millis);
        put(peer, row, new MirrorTable.Measure(millis[count / 2], cpu));
    }

    private void put(Peer peer, MirrorRow row, MirrorTable.Measure measure) {
        table.put(peer.name(), row, measure);
        out.printf(
                Locale.ROOT,
                "%-14s %-50s %10s [%s]%n",
                peer.name(),
                row.title(),
                MirrorTable.number(measure.value()),
                measure.cpuMillis() < 0 ? "" : MirrorTable.number(measure.cpuMillis()));
        out.flush();
    }

    private MirrorClient client(Peer peer) throws IOException {
        return client(peer, false, 0);
    }

    private MirrorClient client(Peer peer, boolean tls, int box) throws IOException {
        @Nullable Endpoint door = tls ? peer.imaps() : peer.doors().imap();
        if (door == null) {
            throw new IOException(peer.name() + " has no TLS");
        }
        MirrorClient client = new MirrorClient(door, tls);
        try {
            client.login(options.boxes().address(box), options.boxes().password());
            return client;
        } catch (IOException failed) {
            client.close();
            throw failed;
        }
    }

    private static Duration cpu(Peer peer) throws IOException {
        Duration all = Duration.ZERO;
        for (ProcessTree tree : peer.processes()) {
            all = all.plus(tree.cpu());
        }
        return all;
    }

    /// What files take on the disk, in whole blocks.
    private static double size(Path home) throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += (Files.size(file) + 4095) / 4096 * 4096;
            }
        }
        return sum;
    }
}
