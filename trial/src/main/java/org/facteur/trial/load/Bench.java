package org.facteur.trial.load;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The program behind `facteur bench`.
public final class Bench {
    private final BenchOptions options;
    private final PrintStream out;
    private final Report report = new Report();
    private @Nullable Sink relay;

    private Bench(BenchOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /// A server on its way up.
    @FunctionalInterface
    private interface Starter {
        Peer start(Path home) throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        BenchOptions options = new BenchOptions();
        CommandLine line = new CommandLine(options);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
        try {
            line.parseArgs(arguments);
        } catch (CommandLine.ParameterException wrong) {
            out.println(wrong.getMessage());
            line.usage(out);
            System.exit(2);
        }
        if (options.help()) {
            line.usage(out);
            return;
        }
        new Bench(options, out).run();
        out.flush();
    }

    private void run() throws IOException {
        if (options.queue() > 0) {
            new QueueSize(options.queue(), out).run();
            return;
        }
        Endpoint target = options.target();
        if (target != null) {
            loadTarget(target);
            return;
        }
        Path directory = Files.createTempDirectory("facteur-bench");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (options.mirror() > 0) {
            try {
                new MirrorBench(options, options.mirror(), out).run(directory);
            } finally {
                remove(directory);
            }
            return;
        }
        if (options.jmap() > 0) {
            try {
                new JmapBench(options, options.jmap(), out).run(directory);
            } finally {
                remove(directory);
            }
            return;
        }
        try (Sink sink = new Sink()) {
            relay = sink;
            if (options.wants("facteur")) {
                facteur(Children.directory(directory, "facteur"));
            }
            measureOther("dovecot", directory, home -> DovecotPeer.start(home, options.boxes()));
            measureOther(
                    "postfix",
                    directory,
                    home -> PostfixPeer.start(home, options.boxes(), sink.port()));
        } finally {
            remove(directory);
        }
        out.println();
        out.print(report.table());
        out.println();
        out.print(report.marks());
    }

    private void measureOther(String name, Path directory, Starter starter) throws IOException {
        if (!options.wants(name)) {
            return;
        }
        try (Peer peer = starter.start(Children.directory(directory, name))) {
            measure(peer, directory.resolve(name));
        }
    }

    private void facteur(Path home) throws IOException {
        try (FacteurPeer peer =
                FacteurPeer.start(
                        BenchOptions.launcher(), home, options.boxes(), options.javaOptions())) {
            if (options.also("relay") && relay != null) {
                peer.relayTo(options.boxes(), relay.port());
            }
            peer.stop();
            if (!options.brief()) {
                banner(peer, Figure.BANNER_PLAIN, false);
                banner(peer, Figure.BANNER_CACHED, true);
            }
            peer.serve(options.javaOptions());
            measure(peer, home);
            if (!options.brief()) {
                put(peer, Figure.BANNER_KILLED, killed(peer));
            }
        }
    }

    private void banner(FacteurPeer peer, Figure figure, boolean cached) throws IOException {
        double[] millis = new double[options.quick() ? 1 : 5];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = peer.serve("", cached).toMillis();
            peer.stop();
        }
        Arrays.sort(millis);
        put(peer, figure, millis[millis.length / 2]);
    }

    /// The median time to greet again after an end in the midst of letters.
    private double killed(FacteurPeer peer) throws IOException {
        double[] millis = new double[options.quick() ? 1 : 5];
        for (int i = 0; i < millis.length; i++) {
            DeliveryLoad load =
                    load(
                            peer,
                            java.util.Objects.requireNonNull(peer.doors().smtp()),
                            Duration.ofMinutes(1));
            Thread sending =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            load.run();
                                        } catch (IOException _) {
                                            // The end of the server is what is wanted.
                                        }
                                    });
            Pause.of(Duration.ofSeconds(3));
            peer.kill();
            try {
                sending.join();
            } catch (InterruptedException stopped) {
                throw new IOException("interrupted", stopped);
            }
            millis[i] = peer.serve("", true).toMillis();
        }
        Arrays.sort(millis);
        return millis[millis.length / 2];
    }

    private void measure(Peer peer, Path home) throws IOException {
        if (!options.brief()) {
            measureUsual(peer, home);
        }
        Endpoint smtp = peer.doors().smtp();
        if (smtp != null) {
            more(peer, smtp);
        }
    }

    /// What was asked for besides.
    private void more(Peer peer, Endpoint smtp) throws IOException {
        Duration time = Duration.ofSeconds(options.seconds());
        if (options.also("one")) {
            Boxes one = new Boxes(options.boxes().domain(), 1, options.boxes().password());
            deliver(
                    peer,
                    new DeliveryLoad(
                            smtp,
                            false,
                            peer.doors().imap(),
                            one,
                            DeliveryLoad.Size.lasting(options.clients(), options.size(), time)),
                    Figure.ONE_BOX,
                    Figure.ONE_BOX_CPU);
        }
        if (options.also("large")) {
            deliver(
                    peer,
                    load(peer, smtp, DeliveryLoad.Size.lasting(options.clients(), 100_000, time)),
                    Figure.LARGE,
                    Figure.LARGE_CPU);
        }
        if (options.also("many")) {
            // So many letters rather than so much time: accepting is much quicker than delivering.
            DeliveryLoad.Size size =
                    DeliveryLoad.Size.lasting(
                            Math.min(8, options.clients()),
                            options.size(),
                            time,
                            BenchOptions.MANY);
            deliver(
                    peer,
                    load(peer, smtp, size).limited(4L * options.seconds()),
                    Figure.MANY,
                    Figure.MANY_CPU);
        }
        Sink sink = relay;
        if (options.also("relay") && sink != null) {
            RelayLoad load =
                    new RelayLoad(
                            smtp,
                            "away@" + options.boxes().domain(),
                            sink,
                            options.clients(),
                            options.size());
            load.run(options.warmUp());
            Duration before = cpu(peer);
            RelayLoad.Result result = load.run(time);
            put(peer, Figure.RELAY, result.perSecond());
            put(
                    peer,
                    Figure.RELAY_CPU,
                    cpu(peer).minus(before).toMillis() / (double) result.letters());
        }
    }

    /// Figures by the box: a letter for many counts as often.
    private void deliver(Peer peer, DeliveryLoad load, Figure rate, Figure cpu) throws IOException {
        DeliveryLoad.Size size = load.size();
        new DeliveryLoad(
                        load.server(),
                        load.lmtp(),
                        load.imap(),
                        load.boxes(),
                        new DeliveryLoad.Size(
                                size.clients(),
                                size.octets(),
                                size.most(),
                                options.warmUp(),
                                size.boxesEach()))
                .run();
        Duration before = cpu(peer);
        DeliveryLoad.Result result = load.run();
        Duration used = cpu(peer).minus(before);
        put(peer, rate, result.visiblePerSecond() * size.boxesEach());
        put(peer, cpu, used.toMillis() / ((double) result.letters() * size.boxesEach()));
    }

    private void measureUsual(Peer peer, Path home) throws IOException {
        Peer.Doors doors = peer.doors();
        Endpoint smtp = doors.smtp();
        Pause.of(Duration.ofSeconds(options.quick() ? 2 : 10));
        put(peer, Figure.RESTING, resident(peer));
        Endpoint first = smtp == null ? doors.lmtp() : smtp;
        Duration time = Duration.ofSeconds(options.seconds());
        Duration ten = Duration.ofSeconds(options.quick() ? 4 : 10);
        put(peer, Figure.FIRST_TEN, load(peer, first, ten).run().acceptedPerSecond());
        if (smtp != null) {
            deliver(peer, load(peer, smtp, time), Figure.SMTP, Figure.SMTP_CPU);
        }
        if (smtp == null || peer instanceof FacteurPeer) {
            deliver(peer, load(peer, doors.lmtp(), time), Figure.LMTP, Figure.LMTP_CPU);
        }
        SyncCount.perLetter(
                        home,
                        peer.processes(),
                        () -> load(peer, first, Duration.ofSeconds(4)).run().letters())
                .ifPresent(syncs -> put(peer, Figure.SYNCS, syncs));
        if (smtp == null || peer instanceof FacteurPeer) {
            read(peer);
        }
        Pause.of(Duration.ofSeconds(options.quick() ? 2 : 10));
        put(peer, Figure.RESTED, resident(peer));
    }

    private void read(Peer peer) throws IOException {
        int clients = Math.min(16, options.boxes().count());
        Duration time = Duration.ofSeconds(Math.max(2, options.seconds() / 4));
        ReadingLoad imap = new ReadingLoad(peer.doors().imap(), options.boxes(), clients, time);
        put(peer, Figure.LOGIN, imap.run(ReadingLoad.Act.LOGIN));
        put(peer, Figure.WINDOW, imap.run(ReadingLoad.Act.WINDOW));
        put(peer, Figure.APPEND, imap.run(ReadingLoad.Act.APPEND));
        ReadingLoad pop =
                new ReadingLoad(peer.doors().pop3(), options.boxes(), Math.min(8, clients), time);
        pop.run(ReadingLoad.Act.RETRIEVE);
        Duration before = cpu(peer);
        double rate = pop.run(ReadingLoad.Act.RETRIEVE);
        put(peer, Figure.RETRIEVE, rate);
        put(
                peer,
                Figure.RETRIEVE_CPU,
                cpu(peer).minus(before).toMillis() / (rate * time.toSeconds()));
    }

    private DeliveryLoad load(Peer peer, Endpoint door, Duration time) {
        return load(peer, door, DeliveryLoad.Size.lasting(options.clients(), options.size(), time));
    }

    private DeliveryLoad load(Peer peer, Endpoint door, DeliveryLoad.Size size) {
        return new DeliveryLoad(
                door, door.equals(peer.doors().lmtp()), peer.doors().imap(), options.boxes(), size);
    }

    private static Duration cpu(Peer peer) throws IOException {
        Duration all = Duration.ZERO;
        for (ProcessTree tree : peer.processes()) {
            all = all.plus(tree.cpu());
        }
        return all;
    }

    private static double resident(Peer peer) throws IOException {
        long all = 0;
        for (ProcessTree tree : peer.processes()) {
            all += tree.residentOctets();
        }
        return all / 1e6;
    }

    private void put(Peer peer, Figure figure, double value) {
        report.put(peer.name(), figure, value);
        out.printf(Locale.ROOT, "%-14s %-52s %10.2f%n", peer.name(), figure.title(), value);
        out.flush();
    }

    private void loadTarget(Endpoint target) throws IOException {
        Duration time = Duration.ofSeconds(options.seconds());
        switch (options.protocol()) {
            case "smtp", "lmtp" -> {
                Endpoint imap = options.imap();
                if (imap == null) {
                    throw new IOException("--imap says where the letters become visible");
                }
                DeliveryLoad.Result result =
                        new DeliveryLoad(
                                        target,
                                        options.protocol().equals("lmtp"),
                                        imap,
                                        options.boxes(),
                                        DeliveryLoad.Size.lasting(
                                                options.clients(), options.size(), time))
                                .run();
                out.printf(
                        Locale.ROOT,
                        "%d letters, %.0f/s accepted, %.0f/s visible%n",
                        result.letters(),
                        result.acceptedPerSecond(),
                        result.visiblePerSecond());
            }
            case "imap-login" -> readTarget(target, ReadingLoad.Act.LOGIN);
            case "imap-window" -> readTarget(target, ReadingLoad.Act.WINDOW);
            case "imap-append" -> readTarget(target, ReadingLoad.Act.APPEND);
            case "pop3" -> readTarget(target, ReadingLoad.Act.RETRIEVE);
            default -> throw new IOException("no protocol " + options.protocol());
        }
    }

    private void readTarget(Endpoint target, ReadingLoad.Act act) throws IOException {
        Duration time = Duration.ofSeconds(options.seconds());
        double rate = new ReadingLoad(target, options.boxes(), options.clients(), time).run(act);
        out.printf(Locale.ROOT, "%.0f/s%n", rate);
    }

    private static void remove(Path directory) throws IOException {
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(directory)) {
            inside = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException changing) {
            // A server that is ending still moves its files about.
            System.err.println(directory + " is left: " + changing.getMessage());
            return;
        }
        for (Path path : inside) {
            try {
                Files.deleteIfExists(path);
            } catch (DirectoryNotEmptyException changing) {
                System.err.println(path + " is left");
            }
        }
    }
}
