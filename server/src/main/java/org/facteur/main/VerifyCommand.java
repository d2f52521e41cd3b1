package org.facteur.main;

import java.util.List;
import java.util.Map;
import org.facteur.store.verify.StoreVerifier;
import org.facteur.store.verify.VerifyReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// Checks the whole store: every row, every count, every blob.
@Command(name = "verify")
final class VerifyCommand extends OfficeCommand {
    private static final int SHOWN = 1000;

    private boolean clean;

    @Override
    void run(PostOffice office, Terminal terminal) {
        VerifyReport report = new StoreVerifier(office.engine(), Checks.all(), SHOWN).run();
        clean = report.clean();
        Printout printout = printout(terminal);
        List<Map<String, @Nullable Object>> rows =
                report.findings().stream()
                        .map(
                                finding ->
                                        Printout.row(
                                                "partition", finding.partition().toString(),
                                                "finding", finding.sentence()))
                        .toList();
        if (json()) {
            printout.value(Printout.row("clean", clean, "findings", rows));
            return;
        }
        printout.rows(rows);
        terminal.say(
                clean ? "The store is sound." : "The store is damaged: see above.",
                clean ? "Les données sont saines." : "Les données sont abîmées : voir ci-dessus.");
    }

    @Override
    int status() {
        return clean ? Outcomes.DONE : Outcomes.REFUSED;
    }
}
