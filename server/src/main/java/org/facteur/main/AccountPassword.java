package org.facteur.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.login.Password;
import org.facteur.wire.address.EmailAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Another main password: read, imposed, or chosen by its owner who knows the old one.
@Command(name = "password")
final class AccountPassword extends OfficeCommand {
    private static final EmailAddress NOBODY = EmailAddress.parse("nobody@localhost");

    @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
    private EmailAddress address = NOBODY;

    @Option(names = "--password-stdin")
    private boolean passwordInput;

    @Option(names = "--impose-password")
    private boolean impose;

    @Option(names = "--change")
    private boolean change;

    @Option(names = "--must-change")
    private boolean mustChange;

    @Override
    boolean readsInput() {
        return passwordInput || change;
    }

    @Override
    void run(PostOffice office, Terminal terminal) throws IOException {
        int ways = (passwordInput ? 1 : 0) + (impose ? 1 : 0) + (change ? 1 : 0);
        if (ways != 1) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "Give --password-stdin, --impose-password or --change.",
                    "Donnez --password-stdin, --impose-password ou --change.");
        }
        Account account = account(office, address);
        Printout printout = printout(terminal);
        String imposed = null;
        if (impose) {
            imposed = office.credentials().imposePassword(account, mustChange);
            printout.say(
                    "Password, shown this once: " + imposed,
                    "Mot de passe, montré cette seule fois : " + imposed);
        } else if (change) {
            changed(office, account, terminal);
        } else {
            office.credentials().setPassword(account, readPassword(terminal), mustChange);
        }
        printout.say("Password changed.", "Mot de passe changé.");
        printout.value(Printout.row("account", account.address().toString(), "password", imposed));
    }

    /// The first line is the old password, the second the new one.
    private static void changed(PostOffice office, Account account, Terminal terminal)
            throws IOException {
        String input =
                new String(terminal.in().readNBytes(4 * Password.LONGEST), StandardCharsets.UTF_8);
        String[] lines = input.split("\r?\n", 3);
        if (lines.length < 2 || lines[0].isEmpty() || lines[1].isEmpty()) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "The old password and the new one come on standard input, a line each.",
                    "L'ancien mot de passe et le nouveau viennent sur l'entrée standard, une ligne"
                            + " chacun.");
        }
        office.credentials().changePassword(account, Password.of(lines[0]), Password.of(lines[1]));
    }
}
