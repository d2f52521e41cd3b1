package org.facteur.main;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.word.Sentence;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.account.PopRule;
import org.facteur.core.login.Credential;
import org.facteur.core.login.Purpose;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.PopHabit;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Device passwords: add, set, list, remove.
@Command(
        name = "device",
        subcommands = {
            DeviceCommands.Add.class,
            DeviceCommands.Change.class,
            DeviceCommands.ListAll.class,
            DeviceCommands.Remove.class
        })
final class DeviceCommands extends CommandGroup {
    private static final EmailAddress NOBODY = EmailAddress.parse("nobody@localhost");

    /// What a device is for.
    static final class Options {
        @Option(names = "--protocols", split = ",", paramLabel = "PROTOCOL")
        private @Nullable List<String> protocols;

        @Option(names = "--sees", paramLabel = "inbox|inbox-and-sent|all")
        private @Nullable String sees;

        @Option(names = "--days", paramLabel = "N")
        private @Nullable Integer days;

        @Option(names = "--on-delete", paramLabel = "hide|mark-read|archive|destroy")
        private @Nullable String onDelete;

        Purpose over(@Nullable String name, Purpose known) {
            return new DeviceWords.Typed(name, protocols, sees, days, onDelete).over(known);
        }
    }

    /// Makes one and prints its password, this once.
    @Command(name = "add")
    static final class Add extends OfficeCommand {
        private static final Purpose STANDARD =
                new Purpose("", Set.of(Door.IMAP, Door.POP3, Door.SUBMISSION), PopRule.STANDARD);

        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Option(names = "--name", required = true, paramLabel = "NAME")
        private String name = "";

        @Mixin private Options options = new Options();

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            String password = office.credentials().addDevice(account, options.over(name, STANDARD));
            if (json()) {
                printout(terminal).value(Printout.row("device", name, "password", password));
            } else {
                terminal.out().println(password);
            }
        }
    }

    /// What one is for: shown, or changed. Its password stays.
    @Command(name = "set")
    static final class Change extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Parameters(index = "1", paramLabel = "DEVICE", descriptionKey = "DEVICE")
        private String device = "";

        @Option(names = "--name", paramLabel = "NAME")
        private @Nullable String name;

        @Mixin private Options options = new Options();

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            Credential known = DeviceWords.find(office, account, device);
            Purpose purpose = options.over(name, known.purpose());
            office.credentials().setPurpose(account.id(), known.number(), purpose);
            Sentence words = DeviceWords.explained(purpose.pop());
            printout(terminal).say(words.english(), words.french());
            printout(terminal)
                    .value(
                            row(
                                    DeviceWords.find(
                                            office,
                                            account,
                                            known.main() ? "main" : Long.toString(known.number())),
                                    Optional.empty()));
        }
    }

    /// All credentials of an account, the main password too.
    @Command(name = "list")
    static final class ListAll extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            LetterBox box = office.boxes().open(Actor.system(account.id(), Door.COMMAND));
            printout(terminal)
                    .rows(
                            office.credentials().list(account.id()).stream()
                                    .map(each -> row(each, box.findHabit(each.number())))
                                    .toList());
        }
    }

    private static Map<String, @Nullable Object> row(
            Credential credential, Optional<PopHabit> habit) {
        PopRule rule = credential.purpose().pop();
        return Printout.row(
                "number",
                credential.number(),
                "device",
                credential.main() ? "main" : credential.name(),
                "protocols",
                credential.main() ? List.of("all") : DeviceWords.words(credential.doors()),
                "sees",
                DeviceWords.word(rule.sees()),
                "days",
                rule.days(),
                "onDelete",
                DeviceWords.word(rule.onDelete()),
                "created",
                credential.created().toString(),
                "lastDeleted",
                habit.filter(each -> each.last().isAfter(each.first()))
                        .map(each -> each.last().toString())
                        .orElse(null),
                "unusual",
                habit.filter(PopHabit::everAlarmed)
                        .map(each -> each.alarmLetters() + " @ " + each.alarmed())
                        .orElse(null));
    }

    /// One that may not come in any more, by number or name.
    @Command(name = "remove")
    static final class Remove extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Parameters(index = "1", paramLabel = "DEVICE", descriptionKey = "DEVICE")
        private String device = "";

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            long number = DeviceWords.find(office, account, device).number();
            office.credentials().revoke(account.id(), number);
            office.boxes().open(Actor.system(account.id(), Door.COMMAND)).forgetDevice(number);
            printout(terminal).say("Device removed.", "Appareil supprimé.");
        }
    }
}
