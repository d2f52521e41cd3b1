package org.facteur.main;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.facteur.base.config.NodeFile;
import org.facteur.base.config.Service;
import org.facteur.base.config.Setting;
import org.facteur.base.word.Sentence;
import org.facteur.net.listen.Listener;
import org.facteur.net.listen.ListenerSettings;
import org.jspecify.annotations.Nullable;

/// What `facteur serve` was asked, and the doing of it.
///
/// @param config the node file, null when none is given
record Serving(Path data, @Nullable Path config, LogForm log, boolean debug) {
    /// What log lines look like.
    enum LogForm {
        TEXT,
        JSON
    }

    /// Reads the plain forms of the command: `serve`, `--data DIR`, `--config FILE`, `--log FORM`
    /// and `--debug`, each at most once. The command-line library reads everything else, and would
    /// read these alike; but loading it takes half a second before the first greeting.
    ///
    /// @param environment the program's variables
    static Optional<Serving> plain(List<String> arguments, Map<String, String> environment) {
        Queue<String> words = new ArrayDeque<>(arguments);
        boolean serve = false;
        Path data = null;
        Path config = null;
        LogForm log = null;
        boolean debug = false;
        while (!words.isEmpty()) {
            String word = words.remove();
            String value = word.startsWith("--") ? words.peek() : null;
            if (word.equals("serve") && !serve) {
                serve = true;
            } else if (word.equals("--debug") && serve && !debug) {
                debug = true;
            } else if (value == null || value.startsWith("-") || value.isEmpty()) {
                return Optional.empty();
            } else if (word.equals("--data") && data == null) {
                data = Path.of(words.remove());
            } else if (word.equals("--config") && serve && config == null) {
                config = Path.of(words.remove());
            } else if (word.equals("--log") && serve && log == null) {
                log =
                        switch (words.remove()) {
                            case "text" -> LogForm.TEXT;
                            case "json" -> LogForm.JSON;
                            default -> null;
                        };
                if (log == null) {
                    return Optional.empty();
                }
            } else {
                return Optional.empty();
            }
        }
        if (!serve) {
            return Optional.empty();
        }
        Path place =
                data == null
                        ? Path.of(environment.getOrDefault("FACTEUR_DATA", RootCommand.DATA))
                        : data;
        return Optional.of(new Serving(place, config, log == null ? LogForm.TEXT : log, debug));
    }

    /// Runs until it is stopped.
    ///
    /// @return the exit status
    int run(Terminal terminal) {
        Logs.serve(log == LogForm.JSON, debug ? Level.DEBUG : Level.INFO);
        try {
            start(terminal).awaitStop();
            return Outcomes.DONE;
        } catch (IOException refused) {
            terminal.complain(
                    new Sentence(
                            "The post office cannot open: " + refused.getMessage(),
                            "Le bureau de poste ne peut pas ouvrir : " + refused.getMessage()));
            return Outcomes.NO_STORE;
        }
    }

    /// Starts and says where it listens.
    ///
    /// @throws IOException when it cannot open; the message is for the administrator
    Running start(Terminal terminal) throws IOException {
        Path given = config;
        NodeFile file =
                given == null ? NodeFile.EMPTY : NodeFile.read(terminal.directory().resolve(given));
        Running running = Running.start(terminal.directory().resolve(data).normalize(), file);
        announce(running, terminal);
        return running;
    }

    private static void announce(Running running, Terminal terminal) {
        for (Listener listener : running.node().listeners()) {
            String security =
                    switch (listener.settings().security()) {
                        case IMPLICIT -> "TLS";
                        case OFFERED -> "STARTTLS";
                        case NONE -> "-";
                    };
            terminal.out()
                    .println(listener.settings().name() + " " + text(listener) + " " + security);
        }
        for (WebDoors.Bound door : running.node().web()) {
            String security = door.service() == Service.HTTPS ? "TLS" : "-";
            terminal.out()
                    .println(door.service().key() + " " + text(door.address()) + " " + security);
        }
        running.node().pages().forEach(page -> terminal.out().println("metrics " + page.address()));
        running.node()
                .administration()
                .forEach(door -> terminal.out().println("admin " + door.address()));
        for (Node.Advice advice : running.node().advice()) {
            advise(advice, terminal);
        }
        if (running.office().settings().on(Setting.INSECURE_LOGIN)) {
            terminal.say(
                    "warning: insecure-plaintext-login is on",
                    "attention : insecure-plaintext-login est actif");
        }
        if (running.office().directory().domains().isEmpty()) {
            terminal.say(
                    "no domain yet: open the link below, or run \"facteur setup example.org\" on the"
                            + " same data",
                    "pas encore de domaine : ouvrez le lien ci-dessous, ou lancez « facteur setup"
                            + " example.org » sur les mêmes données");
        }
        running.node().firstRun().ifPresent(link -> terminal.out().println("setup " + link));
        terminal.out().println("ready");
        terminal.out().flush();
    }

    private static void advise(Node.Advice advice, Terminal terminal) {
        Service service = advice.service();
        String where = service.key() + " (" + advice.address().getPort() + ")";
        terminal.say(
                where
                        + " is not served: "
                        + advice.reason()
                        + ". Run as a service with CAP_NET_BIND_SERVICE, or name another address"
                        + " or \"off\" under [listen] in the node file.",
                where
                        + " n'est pas servi : "
                        + advice.reason()
                        + ". Lancez-le comme service avec CAP_NET_BIND_SERVICE, ou nommez une autre"
                        + " adresse ou « off » sous [listen] dans le fichier de nœud.");
    }

    private static String text(Listener listener) {
        ListenerSettings settings = listener.settings();
        if (!(settings.address() instanceof InetSocketAddress address)) {
            return "unix:" + settings.address();
        }
        return text(new InetSocketAddress(address.getAddress(), listener.address().getPort()));
    }

    private static String text(InetSocketAddress address) {
        String host =
                address.getAddress().isAnyLocalAddress()
                        ? "*"
                        : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
