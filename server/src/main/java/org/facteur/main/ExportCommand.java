package org.facteur.main;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.move.file.ExportReport;
import org.facteur.move.file.FileExport;
import org.facteur.wire.address.EmailAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Takes all letters of an account out as a Maildir.
@Command(name = "export")
final class ExportCommand extends OfficeCommand {
    @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
    private EmailAddress address = EmailAddress.parse("nobody@localhost");

    @Parameters(index = "1", paramLabel = "DIR", descriptionKey = "DIR")
    private Path directory = Path.of("");

    @Override
    void run(PostOffice office, Terminal terminal) throws IOException {
        Account account = account(office, address);
        ProgressBar bar = new ProgressBar(terminal, !json());
        try {
            ExportReport report =
                    FileExport.run(
                            office.boxes().open(Actor.system(account.id(), Door.COMMAND)),
                            terminal.directory().resolve(directory),
                            bar);
            bar.end();
            Printout printout = printout(terminal);
            printout.say(
                    report.letters() + " letters exported to " + directory + ".",
                    report.letters() + " lettres sorties dans " + directory + ".");
            printout.value(Printout.row("letters", report.letters()));
        } catch (FileAlreadyExistsException _) {
            throw new Refusal(
                    Refusal.Reason.ALREADY_EXISTS,
                    directory + " is not empty.",
                    directory + " n'est pas vide.");
        } finally {
            bar.end();
        }
    }
}
