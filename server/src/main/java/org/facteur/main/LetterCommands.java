package org.facteur.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.facteur.base.fault.Refusal;
import org.facteur.core.filter.FactWords;
import org.facteur.core.filter.StoredVerdict;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.trust.StoredResults;
import org.facteur.wire.auth.AuthenticationResults;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// What is known of a letter: explain.
@Command(
        name = "letter",
        subcommands = {LetterCommands.Explain.class})
final class LetterCommands extends CommandGroup {
    /// Who wrote it, and why it lies where it lies.
    @Command(name = "explain")
    static final class Explain extends MailboxCommands.OnMailbox {
        @Parameters(index = "2", paramLabel = "UID", descriptionKey = "UID", arity = "0..1")
        private long uid;

        @Override
        void run(PostOffice office, Terminal terminal) {
            LetterBox box = box(office);
            MailboxView view = box.view(mailbox(box).id());
            int index = uid == 0 ? view.size() - 1 : view.indexOf(uid);
            Letter letter =
                    Optional.of(index)
                            .filter(at -> at >= 0 && at < view.size())
                            .flatMap(at -> box.findLetter(view.letter(at)))
                            .orElseThrow(
                                    () ->
                                            new Refusal(
                                                    Refusal.Reason.NOT_FOUND,
                                                    "There is no such letter.",
                                                    "Il n'y a pas de telle lettre."));
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            StoredResults.of(letter)
                    .ifPresent(results -> results.findings().forEach(each -> rows.add(row(each))));
            StoredVerdict.of(letter)
                    .ifPresent(
                            verdict -> {
                                String author = author(letter);
                                verdict.facts()
                                        .forEach(each -> rows.add(row(each, author, terminal)));
                            });
            if (rows.isEmpty()) {
                printout(terminal)
                        .say(
                                "Nobody looked at this letter when it came.",
                                "Personne n'a examiné cette lettre à son arrivée.");
            }
            printout(terminal).rows(rows);
        }

        private static String author(Letter letter) {
            return StoredResults.of(letter).stream()
                    .flatMap(results -> results.findings().stream())
                    .map(each -> each.value("header.from"))
                    .filter(each -> !each.isEmpty())
                    .findFirst()
                    .orElse("");
        }

        private static Map<String, @Nullable Object> row(AuthenticationResults.Finding finding) {
            return Printout.row(
                    "what",
                    finding.method(),
                    "result",
                    finding.result(),
                    "about",
                    finding.properties().stream()
                                    .map(AuthenticationResults.Property::value)
                                    .collect(Collectors.joining(" "))
                            + (finding.reason().isEmpty() ? "" : " (" + finding.reason() + ")"));
        }

        private static Map<String, @Nullable Object> row(
                StoredVerdict.Weighed fact, String author, Terminal terminal) {
            return Printout.row(
                    "what",
                    fact.name(),
                    "result",
                    String.format(Locale.ROOT, "%+.2f", fact.weight()),
                    "about",
                    FactWords.find(
                                    fact.name(),
                                    fact.weight(),
                                    fact.name().startsWith("author") ? author : "")
                            .map(sentence -> sentence.in(terminal.language()))
                            .orElse(""));
        }
    }
}
