package org.facteur.main;

import java.util.List;
import java.util.Map;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.account.NewAccount;
import org.facteur.core.account.Profile;
import org.facteur.core.account.Quota;
import org.facteur.core.login.Credential;
import org.facteur.core.login.Password;
import org.facteur.core.mailbox.Usage;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// People: add, import, list, show, set, rename, enable, disable, remove, password, quota.
@Command(
        name = "account",
        subcommands = {
            AccountAdd.class,
            AccountImport.class,
            AccountCommands.ListAll.class,
            AccountCommands.Show.class,
            AccountCommands.Change.class,
            AccountCommands.Rename.class,
            AccountCommands.Enable.class,
            AccountCommands.Disable.class,
            AccountCommands.Remove.class,
            AccountPassword.class,
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
        NewAccount wanted = new NewAccount(address, Profile.of(name, terminal.language()), true);
        return AccountAdd.create(office, wanted, password, false).account();
    }

    private static Map<String, @Nullable Object> row(PostOffice office, Account account) {
        Usage usage = office.boxes().open(Actor.system(account.id(), Door.COMMAND)).usage();
        EmailAddress recovery = account.profile().recovery();
        return Printout.row(
                "account", account.address().toString(),
                "name", account.name(),
                "language", account.language().tag(),
                "enabled", account.enabled(),
                "administrator", account.administrator(),
                "letters", usage.letters(),
                "bytes", usage.bytes(),
                "quotaBytes", usage.quota().bytes(),
                "quotaLetters", usage.quota().letters(),
                "recovery", recovery == null ? null : recovery.toString(),
                "sentCopies", account.profile().sentCopies());
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
    }

    /// One account, with everything that is known of it.
    @Command(name = "show")
    static final class Show extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            List<Credential> credentials = office.credentials().list(account.id());
            Map<String, @Nullable Object> row = row(office, account);
            row.put("created", account.created().toString());
            row.put(
                    "mustChange",
                    credentials.stream().anyMatch(each -> each.main() && each.mustChange()));
            row.put("devices", credentials.stream().filter(each -> !each.main()).count());
            row.put("aliases", aliases(office, account));
            if (json()) {
                printout(terminal).value(row);
            } else {
                row.forEach(
                        (name, value) ->
                                terminal.out().println(name + ": " + Printout.text(value)));
            }
        }

        /// Addresses besides its own that lead straight to it.
        private static List<String> aliases(PostOffice office, Account account) {
            return office.directory().aliases().stream()
                    .filter(
                            alias ->
                                    alias.targets().stream()
                                            .anyMatch(
                                                    target ->
                                                            office.directory()
                                                                    .findOwner(target)
                                                                    .filter(account::equals)
                                                                    .isPresent()))
                    .map(alias -> alias.address().toString())
                    .toList();
        }
    }

    /// Who an account belongs to.
    @Command(name = "set")
    static final class Change extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Option(names = "--name", paramLabel = "NAME")
        private @Nullable String name;

        @Option(names = "--language", paramLabel = "fr|en")
        private @Nullable String language;

        @Option(names = "--recovery", paramLabel = "ADDRESS")
        private @Nullable EmailAddress recovery;

        @Option(names = "--no-recovery")
        private boolean noRecovery;

        @Option(names = "--sent-copies")
        private boolean sentCopies;

        @Option(names = "--no-sent-copies")
        private boolean noSentCopies;

        @Option(names = "--administrator")
        private boolean administrator;

        @Option(names = "--no-administrator")
        private boolean noAdministrator;

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            Profile known = account.profile();
            String newLanguage = language;
            EmailAddress newRecovery = recovery == null ? known.recovery() : recovery;
            office.directoryEditor()
                    .setProfile(
                            account.id(),
                            new Profile(
                                    name == null ? known.name() : name,
                                    newLanguage == null
                                            ? known.language()
                                            : Language.of(newLanguage),
                                    noRecovery ? null : newRecovery,
                                    (known.sentCopies() || sentCopies) && !noSentCopies));
            if (administrator || noAdministrator) {
                office.directoryEditor().setAdministrator(account.id(), !noAdministrator);
            }
            printout(terminal).say("Done.", "C'est fait.");
            printout(terminal).value(row(office, office.directory().getAccount(account.id())));
        }
    }

    /// Gives an account another address.
    @Command(name = "rename")
    static final class Rename extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Parameters(index = "1", paramLabel = "NEW", descriptionKey = "NEW")
        private EmailAddress wanted = NOBODY;

        @Option(names = "--forget-old")
        private boolean forgetOld;

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            Account renamed =
                    office.directoryEditor().renameAccount(account.id(), wanted, !forgetOld);
            printout(terminal)
                    .say(
                            account.address() + " is now " + renamed.address() + ".",
                            account.address() + " s'appelle maintenant " + renamed.address() + ".");
            printout(terminal).value(row(office, renamed));
        }
    }

    /// Lets somebody sign in again.
    @Command(name = "enable")
    static final class Enable extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            office.directoryEditor().setEnabled(account.id(), true);
            printout(terminal)
                    .say(
                            account.address() + " may sign in.",
                            account.address() + " peut se connecter.");
            printout(terminal).value(row(office, office.directory().getAccount(account.id())));
        }
    }

    /// Lets nobody sign in; letters still arrive.
    @Command(name = "disable")
    static final class Disable extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            office.directoryEditor().setEnabled(account.id(), false);
            printout(terminal)
                    .say(
                            account.address() + " may not sign in; letters still arrive.",
                            account.address()
                                    + " ne peut plus se connecter ; les lettres arrivent encore.");
            printout(terminal).value(row(office, office.directory().getAccount(account.id())));
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
