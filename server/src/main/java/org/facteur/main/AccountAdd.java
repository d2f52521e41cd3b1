package org.facteur.main;

import java.io.IOException;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.NewAccount;
import org.facteur.core.account.Profile;
import org.facteur.core.account.SignUpRules;
import org.facteur.core.login.Password;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A new person, with a password that is read or imposed.
@Command(name = "add")
final class AccountAdd extends OfficeCommand {
    private static final EmailAddress NOBODY = EmailAddress.parse("nobody@localhost");

    @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
    private EmailAddress address = NOBODY;

    @Option(names = "--name", paramLabel = "NAME")
    private String name = "";

    @Option(names = "--language", paramLabel = "fr|en")
    private @Nullable String language;

    @Option(names = "--recovery", paramLabel = "ADDRESS")
    private @Nullable EmailAddress recovery;

    @Option(names = "--password-stdin")
    private boolean passwordInput;

    @Option(names = "--impose-password")
    private boolean impose;

    @Option(names = "--must-change")
    private boolean mustChange;

    @Option(names = "--sign-up")
    private boolean signUp;

    @Option(names = "--force")
    private boolean force;

    /// What was made.
    ///
    /// @param imposed the password that was made, shown this once; null where one was given
    record Made(Account account, @Nullable String imposed) {}

    /// Makes an account with its mailboxes and password. A password that is refused leaves nothing.
    ///
    /// @param password null for one that the service imposes
    static Made create(
            PostOffice office, NewAccount wanted, @Nullable Password password, boolean mustChange) {
        Account account = office.directoryEditor().addAccount(wanted);
        String imposed = null;
        try {
            if (password == null) {
                imposed = office.credentials().imposePassword(account, mustChange);
            } else {
                office.credentials().setPassword(account, password, mustChange);
            }
        } catch (RuntimeException refused) {
            office.directoryEditor().removeAccount(account.id());
            throw refused;
        }
        office.boxes().prepare(account.id(), account.language());
        return new Made(account, imposed);
    }

    @Override
    boolean readsInput() {
        return passwordInput;
    }

    @Override
    void run(PostOffice office, Terminal terminal) throws IOException {
        if (passwordInput == impose) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "Give --password-stdin or --impose-password.",
                    "Donnez --password-stdin ou --impose-password.");
        }
        String wanted = language;
        Profile profile =
                new Profile(
                        name,
                        wanted == null ? terminal.language() : Language.of(wanted),
                        recovery,
                        false);
        EmailAddress own = signUp ? SignUpRules.address(address) : address;
        Made made =
                create(
                        office,
                        new NewAccount(own, profile, force),
                        impose ? null : readPassword(terminal),
                        mustChange);
        Printout printout = printout(terminal);
        printout.say(made.account().address() + " added.", made.account().address() + " ajouté.");
        if (made.imposed() != null) {
            printout.say(
                    "Password, shown this once: " + made.imposed(),
                    "Mot de passe, montré cette seule fois : " + made.imposed());
        }
        printout.value(
                Printout.row(
                        "account",
                        made.account().address().toString(),
                        "password",
                        made.imposed()));
    }
}
