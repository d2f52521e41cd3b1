package org.facteur.main;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.base.word.Sentence;
import org.facteur.store.embedded.EmbeddedEngine;
import org.facteur.store.embedded.SpaceReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// Looks at what could keep letters from travelling, and says what to do.
@Command(name = "doctor")
final class DoctorCommand extends OfficeCommand {
    private boolean healthy = true;

    @Override
    void run(PostOffice office, Terminal terminal) throws java.io.IOException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        domains(office, terminal, rows);
        space(office, terminal, rows);
        queue(office, terminal, rows);
        privacy(terminal, rows);
        printout(terminal).rows(rows);
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

    private void domains(
            PostOffice office, Terminal terminal, List<Map<String, @Nullable Object>> rows) {
        int domains = office.directory().domains().size();
        int accounts = office.directory().accounts().size();
        add(
                rows,
                terminal,
                domains > 0 && accounts > 0,
                new Sentence("domains and people", "domaines et personnes"),
                new Sentence(
                        domains
                                + " domains, "
                                + accounts
                                + " accounts"
                                + (accounts == 0 ? ": run setup" : ""),
                        domains
                                + " domaines, "
                                + accounts
                                + " comptes"
                                + (accounts == 0 ? " : lancez setup" : "")));
    }

    private void space(
            PostOffice office, Terminal terminal, List<Map<String, @Nullable Object>> rows) {
        if (office.engine() instanceof EmbeddedEngine engine) {
            SpaceReport space = engine.space();
            long free = space.freeBytes() >> 20;
            add(
                    rows,
                    terminal,
                    space.state() == SpaceReport.State.ENOUGH,
                    new Sentence("free space", "place libre"),
                    new Sentence(free + " MiB", free + " Mio"));
        }
    }

    private void queue(
            PostOffice office, Terminal terminal, List<Map<String, @Nullable Object>> rows) {
        var items = office.queue().list(10_000);
        long late = items.stream().filter(item -> item.schedule().attempts() > 3).count();
        add(
                rows,
                terminal,
                late == 0,
                new Sentence("queue", "file d'attente"),
                new Sentence(
                        items.size() + " letters, " + late + " tried more than three times",
                        items.size() + " lettres, dont " + late + " essayées plus de trois fois"));
    }

    private void privacy(Terminal terminal, List<Map<String, @Nullable Object>> rows)
            throws java.io.IOException {
        Path data = root().data();
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(data);
        boolean closed = permissions.stream().allMatch(each -> each.name().startsWith("OWNER_"));
        add(
                rows,
                terminal,
                closed,
                new Sentence("data directory", "répertoire des données"),
                new Sentence(
                        closed
                                ? "only its owner can enter"
                                : "others can read it: chmod 700 " + data,
                        closed
                                ? "seul son propriétaire peut entrer"
                                : "d'autres peuvent le lire : chmod 700 " + data));
    }

    private void add(
            List<Map<String, @Nullable Object>> rows,
            Terminal terminal,
            boolean good,
            Sentence what,
            Sentence state) {
        healthy &= good;
        rows.add(
                Printout.row(
                        "check", what.in(terminal.language()),
                        "ok", good,
                        "state", state.in(terminal.language())));
    }
}
