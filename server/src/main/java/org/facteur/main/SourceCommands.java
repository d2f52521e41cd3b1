package org.facteur.main;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.facteur.base.fault.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Addresses letters leave from: set, list, remove.
@Command(
        name = "source",
        subcommands = {
            SourceCommands.Put.class,
            SourceCommands.ListAll.class,
            SourceCommands.Remove.class
        })
final class SourceCommands extends CommandGroup {
    /// Makes or replaces those of a domain.
    @Command(name = "set")
    static final class Put extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "SENDERS", descriptionKey = "SENDERS")
        private String senders = "*";

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "IP", descriptionKey = "IP")
        private List<String> addresses = new ArrayList<>();

        @Override
        void run(PostOffice office, Terminal terminal) {
            office.routes()
                    .sources()
                    .set(senders, addresses.stream().map(SourceCommands::address).toList());
            printout(terminal).say("Done.", "C'est fait.");
        }
    }

    /// All of them.
    @Command(name = "list")
    static final class ListAll extends OfficeCommand {
        @Override
        void run(PostOffice office, Terminal terminal) {
            printout(terminal)
                    .rows(
                            office.routes().sources().all().entrySet().stream()
                                    .map(
                                            each ->
                                                    Printout.row(
                                                            "senders",
                                                            each.getKey(),
                                                            "addresses",
                                                            each.getValue().stream()
                                                                    .map(
                                                                            InetAddress
                                                                                    ::getHostAddress)
                                                                    .toList()))
                                    .toList());
        }
    }

    /// Lets the system choose again.
    @Command(name = "remove")
    static final class Remove extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "SENDERS", descriptionKey = "SENDERS")
        private String senders = "*";

        @Override
        void run(PostOffice office, Terminal terminal) {
            office.routes().sources().remove(senders);
            printout(terminal).say("Done.", "C'est fait.");
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "\"" + text + "\" is not a numeric address.",
                    "« " + text + " » n'est pas une adresse numérique.");
        }
    }
}
