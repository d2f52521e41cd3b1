package org.facteur.main;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.facteur.base.fault.Refusal;
import org.facteur.core.queue.Smarthost;
import org.facteur.wire.address.Domain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Smarthosts: set, list, remove.
@Command(
        name = "route",
        subcommands = {
            RouteCommands.Put.class,
            RouteCommands.ListAll.class,
            RouteCommands.Remove.class
        })
final class RouteCommands extends CommandGroup {
    /// Makes or replaces one.
    @Command(name = "set")
    static final class Put extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "LETTERS", descriptionKey = "LETTERS")
        private String letters = "*";

        @Parameters(index = "1", paramLabel = "SMARTHOST", descriptionKey = "SMARTHOST")
        private String smarthost = "";

        @Option(names = "--tls", paramLabel = "KIND", defaultValue = "required")
        private Smarthost.Security tls = Smarthost.Security.REQUIRED;

        @Option(names = "--user", paramLabel = "NAME")
        private @Nullable String user;

        @Override
        boolean readsInput() {
            return user != null;
        }

        @Override
        void run(PostOffice office, Terminal terminal) throws IOException {
            office.routes().set(letters, read(terminal));
            printout(terminal).say("Done.", "C'est fait.");
        }

        private Smarthost read(Terminal terminal) throws IOException {
            int colon = smarthost.lastIndexOf(':');
            String name = user;
            try {
                return new Smarthost(
                        Domain.parse(smarthost.substring(0, Math.max(0, colon))),
                        Integer.parseInt(smarthost.substring(colon + 1)),
                        tls,
                        name == null ? null : new Smarthost.SignIn(name, readSecret(terminal)));
            } catch (IllegalArgumentException _) {
                throw new Refusal(
                        Refusal.Reason.INVALID,
                        "A smarthost is written HOST:PORT, and a password needs --tls implicit or"
                                + " required.",
                        "Un serveur relais s'écrit HÔTE:PORT, et un mot de passe demande --tls"
                                + " implicit ou required.");
            }
        }
    }

    /// All of them, without passwords.
    @Command(name = "list")
    static final class ListAll extends OfficeCommand {
        @Override
        void run(PostOffice office, Terminal terminal) {
            List<Map<String, @Nullable Object>> rows =
                    office.routes().all().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(each -> row(each.getKey(), each.getValue()))
                            .toList();
            printout(terminal).rows(rows);
        }

        private static Map<String, @Nullable Object> row(String letters, Smarthost to) {
            Smarthost.SignIn who = to.signIn();
            return Printout.row(
                    "letters",
                    letters,
                    "smarthost",
                    to.host() + ":" + to.port(),
                    "tls",
                    to.security().name().toLowerCase(Locale.ROOT),
                    "user",
                    who == null ? "" : who.user());
        }
    }

    /// Takes one away.
    @Command(name = "remove")
    static final class Remove extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "LETTERS", descriptionKey = "LETTERS")
        private String letters = "*";

        @Override
        void run(PostOffice office, Terminal terminal) {
            office.routes().remove(letters);
            printout(terminal).say("Done.", "C'est fait.");
        }
    }
}
