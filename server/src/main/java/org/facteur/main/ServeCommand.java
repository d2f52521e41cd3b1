package org.facteur.main;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.facteur.base.config.NodeFile;
import org.facteur.base.config.Service;
import org.facteur.base.config.Setting;
import org.facteur.net.listen.Listener;
import org.facteur.net.listen.ListenerSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the post office until it is stopped. Asks nothing it can find out.
@Command(name = "serve")
final class ServeCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE")
    private @Nullable Path config;

    @Option(names = "--log", paramLabel = "text|json")
    private LogForm log = LogForm.TEXT;

    @Option(names = "--debug")
    private boolean debug;

    /// What log lines look like.
    enum LogForm {
        TEXT,
        JSON
    }

    @Override
    public Integer call() throws IOException {
        RootCommand root = (RootCommand) spec.root().userObject();
        Terminal terminal = root.terminal();
        Logs.serve(log == LogForm.JSON, debug ? Level.DEBUG : Level.INFO);
        Path given = config;
        NodeFile file =
                given == null ? NodeFile.EMPTY : NodeFile.read(terminal.directory().resolve(given));
        Running running;
        try {
            running = Running.start(root.data(), file, terminal);
        } catch (IOException refused) {
            terminal.complain(
                    new org.facteur.base.word.Sentence(
                            "The post office cannot open: " + refused.getMessage(),
                            "Le bureau de poste ne peut pas ouvrir : " + refused.getMessage()));
            return Outcomes.NO_STORE;
        }
        announce(running, terminal);
        running.awaitStop();
        return Outcomes.DONE;
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
        running.node().pages().forEach(page -> terminal.out().println("metrics " + page.address()));
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
                    "no domain yet: run \"facteur setup example.org\" on the same data",
                    "pas encore de domaine : lancez « facteur setup example.org » sur les mêmes"
                            + " données");
        }
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
        String host =
                address.getAddress().isAnyLocalAddress()
                        ? "*"
                        : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + listener.address().getPort();
    }
}
