package org.facteur.core.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The shipped model on letters it never saw, and where it comes from.
class FilterMarksTest {
    private static Path corpus() {
        return Path.of(System.getProperty("facteur.data", "../../shared/data"))
                .resolve("spamassassin-corpus");
    }

    private static SortedLetters letters(SortedLetters.Share share) throws IOException {
        SortedLetters letters = new SortedLetters(share);
        letters.add(corpus().resolve("easy-ham-1"), SortedLetters.Kind.HAM);
        letters.add(corpus().resolve("easy-ham-2"), SortedLetters.Kind.HAM);
        letters.add(corpus().resolve("hard-ham-1"), SortedLetters.Kind.HARD_HAM);
        letters.add(corpus().resolve("spam-1"), SortedLetters.Kind.SPAM);
        letters.add(corpus().resolve("spam-2"), SortedLetters.Kind.SPAM);
        return letters;
    }

    /// Newsletters among honest letters are not yet told from junk as well as they should be: by
    /// words alone, more than the two in a hundred that are the mark.
    @Test
    void lettersHeldOutAreToldApart() throws IOException {
        if (!Files.isDirectory(corpus())) {
            return;
        }
        Evaluation evaluation =
                Evaluation.of(ContentModel.shipped(), letters(SortedLetters.Share.HELD_OUT));
        assertThat(share(evaluation, SortedLetters.Kind.SPAM)).isGreaterThanOrEqualTo(0.975);
        assertThat(share(evaluation, SortedLetters.Kind.HAM)).isLessThanOrEqualTo(0.001);
        assertThat(share(evaluation, SortedLetters.Kind.HARD_HAM)).isLessThanOrEqualTo(0.12);
    }

    private static double share(Evaluation evaluation, SortedLetters.Kind kind) {
        Evaluation.Count count = Objects.requireNonNull(evaluation.counts().get(kind));
        assertThat(count.letters()).isPositive();
        return (double) count.junk() / count.letters();
    }

    @Test
    void theShippedModelIsMadeOfThePublishedLetters() throws IOException {
        if (!Files.isDirectory(corpus())) {
            return;
        }
        ContentTrainer trainer = new ContentTrainer();
        trainer.add(letters(SortedLetters.Share.LEARNED));
        assertThat(trainer.train()).isEqualTo(ContentModel.shipped());
    }

    @Test
    void aVerdictIsOneHeaderFieldWhateverTheWords() throws IOException {
        String letter =
                "From: z@shop.example\r\nSubject: \"; x=\u00e9\r\n\r\n"
                        + "Click \"here\" for free money!!! $$$ 100% guaranteed\r\n";
        Verdict verdict =
                new Judge(
                                ContentModel::shipped,
                                () -> new Judge.Rules(true, true),
                                Judge.Acquaintance.NONE)
                        .judge(LetterFile.read(letter.getBytes(StandardCharsets.UTF_8)), null);
        assertThat(verdict.tokens()).isNotEmpty();
        List<String> lines = verdict.toField().lines().toList();
        assertThat(lines.getFirst()).startsWith("X-Facteur-Verdict: ");
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("\t"));
        assertThat(verdict.toField().chars()).allMatch(c -> c < 0x7F);
        String value = verdict.toField().replace("\r\n\t", " ").strip();
        StoredVerdict stored = StoredVerdict.read(value.substring(value.indexOf(' ') + 1));
        assertThat(stored.junk()).isEqualTo(verdict.junk());
        assertThat(stored.facts())
                .extracting(StoredVerdict.Weighed::name)
                .startsWith("score", "content")
                .hasSize(8);
    }

    @Test
    void hostileLettersAreJudgedToo() throws IOException {
        String html = "<a href=".repeat(50_000) + "<".repeat(50_000) + "<form action=\"http://[";
        for (String body :
                List.of("", html, "http".repeat(50_000), "a.".repeat(50_000), "\u0000\ud800$!")) {
            String letter =
                    "From: =?utf-8?q?=00?= <@>\r\nContent-Type: text/html\r\n\r\n" + body + "\r\n";
            assertThat(
                            new Judge(
                                            ContentModel::shipped,
                                            () -> new Judge.Rules(true, true),
                                            Judge.Acquaintance.NONE)
                                    .judge(
                                            LetterFile.read(
                                                    letter.getBytes(StandardCharsets.UTF_8)),
                                            null)
                                    .facts())
                    .hasSize(1);
        }
    }
}
