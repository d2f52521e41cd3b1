package org.facteur.core.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How well letters are told apart that people have sorted.
///
/// @param counts by what people called them
/// @param mistakes honest letters called junk first
public record Evaluation(Map<SortedLetters.Kind, Count> counts, List<Mistake> mistakes) {
    /// @param junk how many of them were called junk
    public record Count(int letters, int junk) {}

    /// A letter that was taken for what it is not.
    ///
    /// @param name of its file
    public record Mistake(String name, SortedLetters.Kind kind, Verdict verdict) {
        public Mistake {
            Objects.requireNonNull(name);
            Objects.requireNonNull(kind);
            Objects.requireNonNull(verdict);
        }
    }

    public Evaluation {
        counts = Map.copyOf(counts);
        mistakes = List.copyOf(mistakes);
    }

    /// By words alone: who wrote these letters can no longer be found out.
    public static Evaluation of(ContentModel model, SortedLetters letters) {
        Judge judge =
                new Judge(() -> model, () -> new Judge.Rules(true, true), Judge.Acquaintance.NONE);
        Map<SortedLetters.Kind, Count> counts = new EnumMap<>(SortedLetters.Kind.class);
        for (SortedLetters.Kind kind : SortedLetters.Kind.values()) {
            counts.put(kind, new Count(0, 0));
        }
        List<Mistake> mistakes = new ArrayList<>();
        for (SortedLetters.One each : letters.all()) {
            Verdict verdict = judge.judge(each.letter(), null);
            counts.merge(
                    each.kind(),
                    new Count(1, verdict.junk() ? 1 : 0),
                    (before, one) ->
                            new Count(
                                    before.letters() + one.letters(), before.junk() + one.junk()));
            if (verdict.junk() != each.kind().junk()) {
                mistakes.add(new Mistake(each.name(), each.kind(), verdict));
            }
        }
        mistakes.sort(
                Comparator.comparing((Mistake each) -> each.kind().junk())
                        .thenComparing(each -> -Math.abs(each.verdict().score())));
        return new Evaluation(counts, mistakes);
    }
}
