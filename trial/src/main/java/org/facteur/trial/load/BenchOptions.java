package org.facteur.trial.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The words of `facteur bench`.
@Command(
        name = "facteur bench",
        description = {
            "Measures Facteur beside Postfix and Dovecot, all on loopback in one run.",
            "With --target, only loads a server that runs already.",
            ""
        },
        sortOptions = false)
final class BenchOptions {
    /// Boxes a letter goes to in the load named `many`.
    static final int MANY = 100;

    @Option(names = "--quick", description = "Short loads: a look, not a measurement.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Only this server: facteur, dovecot, cyrus or postfix. May be repeated.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--also",
            paramLabel = "WHAT",
            description =
                    "Measures more: one (all letters to one box), large (letters of 100 kB), many"
                            + " (each letter to 100 boxes), relay (through the queue to another"
                            + " server). May be repeated.")
    private List<String> also = new ArrayList<>();

    @Option(names = "--brief", description = "Only what --also names.")
    private boolean brief;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Seconds of load before a measured one. Default: 60.")
    private int warmUp = 60;

    @Option(
            names = "--slow-disk",
            paramLabel = "MICROS",
            description = "Every sync of every server takes so much longer. Needs a C compiler.")
    private int slowDisk;

    @Option(
            names = "--queue",
            paramLabel = "N",
            description = "Instead: a queue of so many letters, its start and what it slows.")
    private long queue;

    @Option(
            names = "--mirror",
            paramLabel = "N",
            description =
                    "Instead: a box of so many letters in Facteur, Dovecot and Cyrus, and what"
                            + " clients do with it.")
    private long mirror;

    @Option(
            names = "--jmap",
            paramLabel = "N",
            description =
                    "Instead: a box of so many letters, and what the pages ask of it by JMAP.")
    private long jmap;

    @Option(
            names = "--watchers",
            paramLabel = "N",
            description = "With --mirror: how many wait on one mailbox. Default: 1000.")
    private int watchers = 1000;

    @Option(
            names = "--jmh",
            description =
                    "Runs the micro-benchmarks instead; words after -- go to JMH, for example"
                            + " -- -f 1 Store.")
    private boolean jmh;

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description = "Delivers to this SMTP server, or loads it with another protocol.")
    private @Nullable String target;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description =
                    "With --target: smtp, lmtp, imap-login, imap-window, imap-append or pop3."
                            + " Default: smtp.")
    private String protocol = "smtp";

    @Option(
            names = "--imap",
            paramLabel = "HOST:PORT",
            description = "With --target smtp or lmtp: where the letters become visible.")
    private @Nullable String imap;

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description = "Its boxes are box0@DOMAIN and so on. Default: example.org.")
    private String domain = "example.org";

    @Option(names = "--password", paramLabel = "WORD", description = "The password of all boxes.")
    private String password = "lanterne-sous-la-treille-9";

    @Option(names = "--boxes", paramLabel = "N", description = "How many boxes. Default: 16.")
    private int boxes = 16;

    @Option(names = "--clients", paramLabel = "N", description = "At a time. Default: 64.")
    private int clients = 64;

    @Option(names = "--size", paramLabel = "OCTETS", description = "Of a letter. Default: 10000.")
    private int size = 10_000;

    @Option(names = "--seconds", paramLabel = "N", description = "Of each load. Default: 20.")
    private int seconds = 20;

    @Option(
            names = "--java-options",
            paramLabel = "WORDS",
            description = "To Facteur's Java machine, to profile it.")
    private String javaOptions = "";

    @Option(names = "--help", usageHelp = true, description = "Says this.")
    private boolean help;

    boolean quick() {
        return quick;
    }

    boolean wants(String server) {
        return only.isEmpty()
                || only.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(server));
    }

    boolean also(String what) {
        return also.contains(what);
    }

    boolean brief() {
        return brief;
    }

    Duration warmUp() {
        return Duration.ofSeconds(quick ? Math.min(warmUp, 4) : warmUp);
    }

    int slowDisk() {
        return slowDisk;
    }

    long queue() {
        return queue;
    }

    long mirror() {
        return mirror;
    }

    long jmap() {
        return jmap;
    }

    int watchers() {
        return watchers;
    }

    boolean jmh() {
        return jmh;
    }

    boolean help() {
        return help;
    }

    @Nullable Endpoint target() {
        return target == null ? null : Endpoint.parse(target);
    }

    @Nullable Endpoint imap() {
        return imap == null ? null : Endpoint.parse(imap);
    }

    String protocol() {
        return protocol;
    }

    Boxes boxes() {
        return new Boxes(domain, also("many") ? Math.max(boxes, MANY) : boxes, password);
    }

    int clients() {
        return clients;
    }

    int size() {
        return size;
    }

    int seconds() {
        return quick ? Math.min(seconds, 4) : seconds;
    }

    String javaOptions() {
        return javaOptions;
    }

    /// The launcher of this checkout, as the script that starts the benchmark says.
    static Path launcher() {
        return Path.of(System.getProperty("facteur.launcher", "facteur")).toAbsolutePath();
    }
}
