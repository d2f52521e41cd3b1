package org.facteur.main;

import java.util.List;
import org.facteur.edge.web.Caretaking.Finding;
import picocli.CommandLine.Command;

/// Looks at what could keep letters from travelling, and says what to do.
@Command(name = "doctor")
final class DoctorCommand extends OfficeCommand {
    private boolean healthy = true;

    @Override
    void run(PostOffice office, Terminal terminal) {
        List<Finding> findings = new Checkup(office, root().data()).findings();
        healthy = findings.stream().allMatch(Finding::good);
        printout(terminal)
                .rows(
                        findings.stream()
                                .map(
                                        each ->
                                                Printout.row(
                                                        "check",
                                                        each.what().in(terminal.language()),
                                                        "ok",
                                                        each.good(),
                                                        "state",
                                                        each.state().in(terminal.language())))
                                .toList());
        if (!json()) {
            terminal.say(
                    healthy ? "All is well." : "Something needs you: see above.",
                    healthy ? "Tout va bien." : "Quelque chose vous attend : voir ci-dessus.");
        }
    }

    @Override
    int status() {
        return healthy ? Outcomes.DONE : Outcomes.REFUSED;
    }
}
