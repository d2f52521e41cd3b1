package org.facteur.main;

import java.io.IOException;
import java.nio.file.Path;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.login.Credential;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.move.file.FileImport;
import org.facteur.move.file.ImportOptions;
import org.facteur.move.file.ImportReport;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Brings letters in from files. Run again it goes on where it was, and takes nothing twice.
@Command(name = "import")
final class ImportCommand extends OfficeCommand {
    @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
    private EmailAddress address = EmailAddress.parse("nobody@localhost");

    @Parameters(index = "1", paramLabel = "FILE|DIR", descriptionKey = "FILE-DIR")
    private Path source = Path.of("");

    @Option(names = "--into", paramLabel = "FOLDER")
    private @Nullable String into;

    private boolean complete = true;

    @Override
    void run(PostOffice office, Terminal terminal) throws IOException {
        Account account = account(office, address);
        ImportOptions options =
                into == null
                        ? ImportOptions.DEFAULT
                        : ImportOptions.DEFAULT.into(MailboxName.parse(into));
        ProgressBar bar = new ProgressBar(terminal, !json());
        ImportReport report;
        try {
            report =
                    new FileImport(
                                    office.boxes(),
                                    office.boxes()
                                            .open(
                                                    new Actor(
                                                            account.id(),
                                                            Credential.MAIN,
                                                            Door.COMMAND)),
                                    office.clock())
                            .run(terminal.directory().resolve(source), options, bar);
        } catch (java.nio.file.NoSuchFileException _) {
            throw new Refusal(
                    Refusal.Reason.NOT_FOUND, source + " is not there.", source + " n'existe pas.");
        } finally {
            bar.end();
        }
        show(terminal, report);
    }

    private void show(Terminal terminal, ImportReport report) {
        complete = report.refused() == 0;
        Printout printout = printout(terminal);
        printout.say(
                report.imported()
                        + " letters imported, "
                        + report.alreadyThere()
                        + " were there already, "
                        + report.refused()
                        + " refused.",
                report.imported()
                        + " lettres reprises, "
                        + report.alreadyThere()
                        + " étaient déjà là, "
                        + report.refused()
                        + " refusées.");
        if (!json()) {
            report.refusals()
                    .forEach(each -> terminal.err().println(each.where() + ": " + each.why()));
        }
        printout.value(
                Printout.row(
                        "imported",
                        report.imported(),
                        "alreadyThere",
                        report.alreadyThere(),
                        "refused",
                        report.refused(),
                        "refusals",
                        report.refusals().stream()
                                .map(each -> Printout.row("where", each.where(), "why", each.why()))
                                .toList()));
    }

    @Override
    int status() {
        return complete ? Outcomes.DONE : Outcomes.REFUSED;
    }
}
