package org.facteur.main;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.facteur.core.filter.ContentModel;
import org.facteur.core.filter.ContentTrainer;
import org.facteur.core.filter.Evaluation;
import org.facteur.core.filter.SortedLetters;
import org.facteur.core.filter.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Telling junk from letters, on letters people have sorted: evaluate, train. Without a store or a
/// server.
@Command(
        name = "filter",
        subcommands = {FilterCommands.Evaluate.class, FilterCommands.Train.class})
final class FilterCommands extends CommandGroup {
    private static final int MOST_MISTAKES = 50;

    /// A command on directories of letters.
    abstract static class OnLetters implements Callable<Integer> {
        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

        @Option(names = "--ham", paramLabel = "DIR")
        private List<Path> ham = new ArrayList<>();

        @Option(names = "--hard-ham", paramLabel = "DIR")
        private List<Path> hardHam = new ArrayList<>();

        @Option(names = "--spam", paramLabel = "DIR")
        private List<Path> spam = new ArrayList<>();

        Terminal terminal() {
            return ((RootCommand) spec.root().userObject()).terminal();
        }

        SortedLetters letters(SortedLetters.Share share) throws IOException {
            SortedLetters letters = new SortedLetters(share);
            Map<SortedLetters.Kind, List<Path>> all = new LinkedHashMap<>();
            all.put(SortedLetters.Kind.HAM, ham);
            all.put(SortedLetters.Kind.HARD_HAM, hardHam);
            all.put(SortedLetters.Kind.SPAM, spam);
            for (Map.Entry<SortedLetters.Kind, List<Path>> each : all.entrySet()) {
                for (Path directory : each.getValue()) {
                    letters.add(terminal().directory().resolve(directory), each.getKey());
                }
            }
            return letters;
        }
    }

    /// How well junk is told from letters.
    @Command(name = "evaluate")
    static final class Evaluate extends OnLetters {
        @Option(names = "--held-out")
        private boolean heldOut;

        @Option(names = "--json")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            Evaluation evaluation =
                    Evaluation.of(
                            ContentModel.shipped(),
                            letters(
                                    heldOut
                                            ? SortedLetters.Share.HELD_OUT
                                            : SortedLetters.Share.ALL));
            Printout printout = new Printout(terminal(), json);
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (SortedLetters.Kind kind : SortedLetters.Kind.values()) {
                Evaluation.Count count = evaluation.counts().get(kind);
                if (count != null) {
                    rows.add(
                            Printout.row(
                                    "letters",
                                    kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                    "all",
                                    count.letters(),
                                    "junk",
                                    count.junk(),
                                    "percent",
                                    percent(count)));
                }
            }
            printout.rows(rows);
            if (!json) {
                terminal().out().println();
                printout.rows(
                        evaluation.mistakes().stream()
                                .limit(MOST_MISTAKES)
                                .map(this::row)
                                .toList());
            }
            return Outcomes.DONE;
        }

        private static String percent(Evaluation.Count count) {
            return count.letters() == 0
                    ? ""
                    : String.format(Locale.ROOT, "%.2f", 100.0 * count.junk() / count.letters());
        }

        private Map<String, @Nullable Object> row(Evaluation.Mistake mistake) {
            Verdict verdict = mistake.verdict();
            return Printout.row(
                    "mistake",
                    mistake.name(),
                    "letters",
                    mistake.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    "score",
                    String.format(Locale.ROOT, "%+.2f", verdict.score()),
                    "words",
                    String.join(
                            ", ",
                            verdict.tokens().stream()
                                    .limit(4)
                                    .map(ContentModel.Token::words)
                                    .toList()));
        }
    }

    /// Makes the model that is shipped.
    @Command(name = "train")
    static final class Train extends OnLetters {
        @Option(names = "--out", paramLabel = "FILE", required = true)
        private Path out = Path.of("");

        @Override
        public Integer call() throws IOException {
            ContentTrainer trainer = new ContentTrainer();
            trainer.add(letters(SortedLetters.Share.LEARNED));
            ContentModel model = trainer.train();
            try (OutputStream file = Files.newOutputStream(terminal().directory().resolve(out))) {
                model.write(file);
            }
            terminal()
                    .say(
                            "Learned from " + trainer.size() + " letters.",
                            trainer.size() + " lettres apprises.");
            return Outcomes.DONE;
        }
    }
}
