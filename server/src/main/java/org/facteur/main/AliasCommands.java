package org.facteur.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.facteur.core.account.Alias;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Aliases and groups: add, list, remove.
@Command(
        name = "alias",
        subcommands = {
            AliasCommands.Add.class,
            AliasCommands.ListAll.class,
            AliasCommands.Remove.class
        })
final class AliasCommands extends CommandGroup {
    private static final EmailAddress NOBODY = EmailAddress.parse("nobody@localhost");

    static Map<String, @Nullable Object> row(Alias alias) {
        return Printout.row(
                "alias",
                alias.address().toString(),
                "kind",
                alias.kind().name().toLowerCase(Locale.ROOT),
                "writers",
                alias.writers().name().toLowerCase(Locale.ROOT),
                "targets",
                alias.targets().stream().map(EmailAddress::toString).toList());
    }

    /// Makes or replaces one.
    @Command(name = "add")
    static final class Add extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "TARGET",
                descriptionKey = "TARGET")
        private List<EmailAddress> targets = new ArrayList<>();

        @Option(names = "--group")
        private boolean group;

        @Option(names = "--writers", paramLabel = "anyone|here|members")
        private Alias.Writers writers = Alias.Writers.ANYONE;

        @Override
        void run(PostOffice office, Terminal terminal) {
            Alias alias =
                    new Alias(
                            address, group ? Alias.Kind.GROUP : Alias.Kind.ALIAS, writers, targets);
            office.directoryEditor().putAlias(alias);
            printout(terminal).say(address + " added.", address + " ajouté.");
            printout(terminal).value(row(alias));
        }
    }

    /// All aliases and groups.
    @Command(name = "list")
    static final class ListAll extends OfficeCommand {
        @Override
        void run(PostOffice office, Terminal terminal) {
            printout(terminal)
                    .rows(office.directory().aliases().stream().map(AliasCommands::row).toList());
        }
    }

    /// One that is no more.
    @Command(name = "remove")
    static final class Remove extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Override
        void run(PostOffice office, Terminal terminal) {
            office.directoryEditor().removeAlias(address);
            printout(terminal).say(address + " removed.", address + " supprimé.");
        }
    }
}
