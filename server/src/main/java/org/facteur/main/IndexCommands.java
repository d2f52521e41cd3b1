package org.facteur.main;

import java.io.IOException;
import java.util.Map;
import org.facteur.core.search.SearchIndex;
import picocli.CommandLine.Command;

/// The index of words: show, rebuild.
@Command(
        name = "index",
        subcommands = {IndexCommands.Show.class, IndexCommands.Rebuild.class})
final class IndexCommands extends CommandGroup {

    /// How much is indexed.
    @Command(name = "show")
    static final class Show extends OfficeCommand {
        @Override
        void run(PostOffice office, Terminal terminal) throws IOException {
            SearchIndex.Size size = office.index().size();
            if (printout(terminal).json()) {
                printout(terminal).value(Map.of("letters", size.letters(), "bytes", size.bytes()));
            } else {
                terminal.say(
                        size.letters() + " letters, " + size.bytes() + " octets",
                        size.letters() + " lettres, " + size.bytes() + " octets");
            }
        }
    }

    /// Throws the index away; the server makes it anew.
    @Command(name = "rebuild")
    static final class Rebuild extends OfficeCommand {
        @Override
        void run(PostOffice office, Terminal terminal) {
            office.index().forget();
            office.directory().accounts().forEach(account -> office.hints().changed(account.id()));
            printout(terminal)
                    .say(
                            "The index is made anew while the server runs; searches read the"
                                    + " letters meanwhile.",
                            "L'index est refait pendant que le serveur tourne ; en attendant, les"
                                    + " recherches lisent les lettres.");
        }
    }
}
