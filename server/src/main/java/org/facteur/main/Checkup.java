package org.facteur.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.facteur.base.word.Sentence;
import org.facteur.edge.web.Caretaking.Finding;
import org.facteur.store.embedded.EmbeddedEngine;
import org.facteur.store.embedded.SpaceReport;

/// What could keep letters from travelling, and what to do about it. Any thread.
///
/// @param data where everything lies
record Checkup(PostOffice office, Path data) {
    private static final int MOST_ITEMS = 10_000;
    private static final int MANY_TRIES = 3;

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(people());
        if (office.engine() instanceof EmbeddedEngine engine) {
            findings.add(space(engine));
        }
        findings.add(queue());
        findings.add(privacy());
        return List.copyOf(findings);
    }

    private Finding people() {
        int domains = office.directory().domains().size();
        int accounts = office.directory().accounts().size();
        return new Finding(
                new Sentence("domains and people", "domaines et personnes"),
                domains > 0 && accounts > 0,
                new Sentence(
                        count(domains, "domain", "domains")
                                + ", "
                                + count(accounts, "account", "accounts")
                                + (accounts == 0 ? ": run setup" : ""),
                        count(domains, "domaine", "domaines")
                                + ", "
                                + count(accounts, "compte", "comptes")
                                + (accounts == 0 ? " : lancez setup" : "")));
    }

    private static String count(long many, String one, String more) {
        return many + " " + (many == 1 ? one : more);
    }

    private static Finding space(EmbeddedEngine engine) {
        SpaceReport space = engine.space();
        long free = space.freeBytes() >> 20;
        return new Finding(
                new Sentence("free space", "place libre"),
                space.state() == SpaceReport.State.ENOUGH,
                new Sentence(free + " MiB", free + " Mio"));
    }

    private Finding queue() {
        var items = office.queue().list(MOST_ITEMS);
        long late = items.stream().filter(item -> item.schedule().attempts() > MANY_TRIES).count();
        return new Finding(
                new Sentence("queue", "file d'attente"),
                late == 0,
                new Sentence(
                        count(items.size(), "letter", "letters")
                                + ", "
                                + late
                                + " tried more than three times",
                        count(items.size(), "lettre", "lettres")
                                + ", dont "
                                + count(late, "essayée", "essayées")
                                + " plus de trois fois"));
    }

    private Finding privacy() {
        boolean closed;
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(data);
            closed = permissions.stream().allMatch(each -> each.name().startsWith("OWNER_"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new Finding(
                new Sentence("data directory", "répertoire des données"),
                closed,
                new Sentence(
                        closed
                                ? "only its owner can enter"
                                : "others can read it: chmod 700 " + data,
                        closed
                                ? "seul son propriétaire peut entrer"
                                : "d'autres peuvent le lire : chmod 700 " + data));
    }
}
