package org.facteur.main;

import java.io.IOException;
import java.util.Map;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.account.Quota;
import org.facteur.core.login.Password;
import org.facteur.core.mailbox.Usage;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// People: add, list, remove, password, quota.
@Command(
        name = "account",
        subcommands = {
            AccountCommands.Add.class,
            AccountCommands.ListAll.class,
            AccountCommands.Remove.class,
            AccountCommands.SetPassword.class,
            AccountCommands.SetQuota.class
        })
final class AccountCommands extends CommandGroup {
    private static final EmailAddress NOBODY = EmailAddress.parse("nobody@localhost");

    /// Makes an account with its mailboxes and password. A password that is refused leaves nothing.
    static Account create(
            PostOffice office,
            EmailAddress address,
            String name,
            Password password,
            Terminal terminal) {
        Account account = office.directoryEditor().addAccount(address, name, terminal.language());
        try {
            office.credentials().setPassword(account, password, false);
        } catch (RuntimeException refused) {
            office.directoryEditor().removeAccount(account.id());
            throw refused;
        }
        office.boxes().prepare(account.id(), account.language());
        return account;
    }

    /// A new person.
    @Command(name = "add")
    static final class Add extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Option(names = "--name", paramLabel = "NAME")
        private String name = "";

        @Option(names = "--language", paramLabel = "fr|en")
        private @Nullable String language;

        @Option(names = "--password-stdin", required = true)
        private boolean passwordInput;

        @Override
        boolean readsInput() {
            return passwordInput;
        }

        @Override
        void run(PostOffice office, Terminal terminal) throws IOException {
            String wanted = language;
            Terminal inLanguage =
                    wanted == null
                            ? terminal
                            : new Terminal(
                                    terminal.out(),
                                    terminal.err(),
                                    terminal.in(),
                                    Language.of(wanted),
                                    terminal.directory());
            Account account = create(office, address, name, readPassword(terminal), inLanguage);
            Printout printout = printout(terminal);
            printout.say(account.address() + " added.", account.address() + " ajouté.");
            printout.value(Printout.row("account", account.address().toString()));
        }
    }

    /// All accounts with what they hold.
    @Command(name = "list")
    static final class ListAll extends OfficeCommand {
        @Override
        void run(PostOffice office, Terminal terminal) {
            printout(terminal)
                    .rows(
                            office.directory().accounts().stream()
                                    .map(account -> row(office, account))
                                    .toList());
        }

        private static Map<String, @Nullable Object> row(PostOffice office, Account account) {
            Usage usage = office.boxes().open(Actor.system(account.id(), Door.COMMAND)).usage();
            return Printout.row(
                    "account", account.address().toString(),
                    "name", account.name(),
                    "language", account.language().tag(),
                    "enabled", account.enabled(),
                    "letters", usage.letters(),
                    "bytes", usage.bytes(),
                    "quotaBytes", usage.quota().bytes(),
                    "quotaLetters", usage.quota().letters());
        }
    }

    /// An account that is no more; its letters go with it.
    @Command(name = "remove")
    static final class Remove extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            office.directoryEditor().removeAccount(account.id());
            office.boxes().erase(account.id());
            printout(terminal)
                    .say(account.address() + " removed.", account.address() + " supprimé.");
        }
    }

    /// Another password.
    @Command(name = "password")
    static final class SetPassword extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Option(names = "--password-stdin", required = true)
        private boolean passwordInput;

        @Override
        boolean readsInput() {
            return passwordInput;
        }

        @Override
        void run(PostOffice office, Terminal terminal) throws IOException {
            office.credentials()
                    .setPassword(account(office, address), readPassword(terminal), false);
            printout(terminal).say("Password changed.", "Mot de passe changé.");
        }
    }

    /// What an account may hold: shown, or set.
    @Command(name = "quota")
    static final class SetQuota extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Option(names = "--bytes", paramLabel = "N")
        private @Nullable Long bytes;

        @Option(names = "--letters", paramLabel = "N")
        private @Nullable Long letters;

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            Quota quota = account.quota();
            Long newBytes = bytes;
            Long newLetters = letters;
            if (newBytes != null || newLetters != null) {
                quota =
                        checked(
                                newBytes == null ? quota.bytes() : newBytes,
                                newLetters == null ? quota.letters() : newLetters);
                office.directoryEditor().setQuota(account.id(), quota);
            }
            printout(terminal)
                    .rows(
                            java.util.List.of(
                                    Printout.row(
                                            "account", account.address().toString(),
                                            "quotaBytes", quota.bytes(),
                                            "quotaLetters", quota.letters())));
        }

        private static Quota checked(long bytes, long letters) {
            if (bytes <= 0 || letters <= 0) {
                throw new org.facteur.base.fault.Refusal(
                        org.facteur.base.fault.Refusal.Reason.INVALID,
                        "A quota is 1 or more.",
                        "Un quota vaut au moins 1.");
            }
            return new Quota(bytes, letters);
        }
    }
}
