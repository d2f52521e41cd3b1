package org.facteur.main;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Alias;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Groups: add, set, join, leave, list, remove.
@Command(
        name = "group",
        subcommands = {
            GroupCommands.Add.class,
            GroupCommands.Change.class,
            GroupCommands.Join.class,
            GroupCommands.Leave.class,
            GroupCommands.ListAll.class,
            GroupCommands.Remove.class
        })
final class GroupCommands extends CommandGroup {
    private static final EmailAddress NOBODY = EmailAddress.parse("nobody@localhost");

    /// The group with an address.
    ///
    /// @throws Refusal NOT_FOUND
    private static Alias group(PostOffice office, EmailAddress address) {
        String form = office.directory().comparedForm(address);
        return office.directory().aliases().stream()
                .filter(alias -> alias.kind() == Alias.Kind.GROUP)
                .filter(alias -> office.directory().comparedForm(alias.address()).equals(form))
                .findFirst()
                .orElseThrow(
                        () ->
                                new Refusal(
                                        Refusal.Reason.NOT_FOUND,
                                        "There is no such group.",
                                        "Ce groupe n'existe pas."));
    }

    private static void put(
            OfficeCommand command, PostOffice office, Terminal terminal, Alias group) {
        office.directoryEditor().putAlias(group);
        command.printout(terminal).say("Done.", "C'est fait.");
        command.printout(terminal).value(AliasCommands.row(group));
    }

    /// A new group, or another in its place.
    @Command(name = "add")
    static final class Add extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "MEMBER",
                descriptionKey = "MEMBER")
        private List<EmailAddress> members = new ArrayList<>();

        @Option(names = "--writers", paramLabel = "anyone|here|members")
        private Alias.Writers writers = Alias.Writers.ANYONE;

        @Override
        void run(PostOffice office, Terminal terminal) {
            put(this, office, terminal, new Alias(address, Alias.Kind.GROUP, writers, members));
        }
    }

    /// Who may write to one.
    @Command(name = "set")
    static final class Change extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Option(names = "--writers", required = true, paramLabel = "anyone|here|members")
        private Alias.@Nullable Writers writers;

        @Override
        void run(PostOffice office, Terminal terminal) {
            Alias known = group(office, address);
            put(
                    this,
                    office,
                    terminal,
                    new Alias(
                            known.address(),
                            known.kind(),
                            writers == null ? known.writers() : writers,
                            known.targets()));
        }
    }

    /// More members.
    @Command(name = "join")
    static final class Join extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "MEMBER",
                descriptionKey = "MEMBER")
        private List<EmailAddress> members = new ArrayList<>();

        @Override
        void run(PostOffice office, Terminal terminal) {
            Alias known = group(office, address);
            Set<EmailAddress> all = new LinkedHashSet<>(known.targets());
            all.addAll(members);
            if (all.size() > Alias.TARGETS) {
                throw new Refusal(
                        Refusal.Reason.LIMIT,
                        "A group has at most " + Alias.TARGETS + " members.",
                        "Un groupe compte au plus " + Alias.TARGETS + " membres.");
            }
            put(
                    this,
                    office,
                    terminal,
                    new Alias(known.address(), known.kind(), known.writers(), List.copyOf(all)));
        }
    }

    /// Fewer members; the last one stays.
    @Command(name = "leave")
    static final class Leave extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "MEMBER",
                descriptionKey = "MEMBER")
        private List<EmailAddress> members = new ArrayList<>();

        @Override
        void run(PostOffice office, Terminal terminal) {
            Alias known = group(office, address);
            Set<EmailAddress> rest = new LinkedHashSet<>(known.targets());
            members.forEach(rest::remove);
            if (rest.isEmpty()) {
                throw new Refusal(
                        Refusal.Reason.CANNOT,
                        "A group has at least one member; remove the group instead.",
                        "Un groupe compte au moins un membre ; supprimez plutôt le groupe.");
            }
            put(
                    this,
                    office,
                    terminal,
                    new Alias(known.address(), known.kind(), known.writers(), List.copyOf(rest)));
        }
    }

    /// All groups with their members.
    @Command(name = "list")
    static final class ListAll extends OfficeCommand {
        @Override
        void run(PostOffice office, Terminal terminal) {
            printout(terminal)
                    .rows(
                            office.directory().aliases().stream()
                                    .filter(alias -> alias.kind() == Alias.Kind.GROUP)
                                    .map(AliasCommands::row)
                                    .toList());
        }
    }

    /// One that is no more.
    @Command(name = "remove")
    static final class Remove extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Override
        void run(PostOffice office, Terminal terminal) {
            office.directoryEditor().removeAlias(group(office, address).address());
            printout(terminal).say(address + " removed.", address + " supprimé.");
        }
    }
}
