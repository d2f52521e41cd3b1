package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.search.IndexAnswer;
import org.facteur.wire.imap.SearchKey;

/// A search key as steps over a stack, so that neither building nor running it recurses.
///
/// Tests run in order of what they cost, and no further than the answer needs: what is not tested
/// yet counts as unknown, and the steps run again after each test. One thread.
final class SearchProgram {
    private static final byte NO = 0;
    private static final byte YES = 1;
    private static final byte UNKNOWN = 2;

    private final List<Step> steps;
    private final List<SearchTest> tests;

    /// The numbers of tests that read the letter, cheapest first.
    private final int[] dear;

    /// What the tests say of the letter looked at.
    private final byte[] values;

    private final byte[] stack;

    private SearchProgram(List<Step> steps, List<SearchTest> tests) {
        this.steps = List.copyOf(steps);
        this.tests = List.copyOf(tests);
        this.values = new byte[tests.size()];
        this.stack = new byte[steps.size()];
        this.dear =
                IntStream.range(0, tests.size())
                        .filter(test -> !(tests.get(test) instanceof SearchTest.OfView))
                        .boxed()
                        .sorted(Comparator.comparing(test -> tests.get(test).cost()))
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    private sealed interface Step {
        record Test(int number) implements Step {}

        record Not() implements Step {}

        record Or() implements Step {}

        record And(int operands) implements Step {}
    }

    /// @param leaf gives the test for a key that holds no other
    static SearchProgram of(SearchKey root, Function<SearchKey, SearchTest> leaf) {
        List<Step> steps = new ArrayList<>();
        List<SearchTest> tests = new ArrayList<>();
        Deque<Pending> stack = new ArrayDeque<>();
        stack.push(new Pending(root, false));
        while (!stack.isEmpty()) {
            Pending next = stack.pop();
            List<SearchKey> inside = inside(next.key());
            if (!next.opened() && !inside.isEmpty()) {
                stack.push(new Pending(next.key(), true));
                inside.forEach(key -> stack.push(new Pending(key, false)));
                continue;
            }
            switch (next.key()) {
                case SearchKey.Not _ -> steps.add(new Step.Not());
                case SearchKey.Or _ -> steps.add(new Step.Or());
                case SearchKey.And(var keys) -> steps.add(new Step.And(keys.size()));
                case SearchKey key -> {
                    steps.add(new Step.Test(tests.size()));
                    tests.add(leaf.apply(key));
                }
            }
        }
        return new SearchProgram(steps, tests);
    }

    private record Pending(SearchKey key, boolean opened) {}

    private static List<SearchKey> inside(SearchKey key) {
        return switch (key) {
            case SearchKey.Not(var inner) -> List.of(inner);
            case SearchKey.Or(var left, var right) -> List.of(left, right);
            case SearchKey.And(var keys) -> keys;
            case SearchKey _ -> List.of();
        };
    }

    /// Whether the index could say more if it knew more.
    boolean usesIndex() {
        return tests.stream()
                .anyMatch(
                        test ->
                                test instanceof SearchTest.OfIndex
                                        || (test instanceof SearchTest.OfLetter letter
                                                && letter.cost().compareTo(SearchTest.Cost.ROW)
                                                        > 0));
    }

    /// What the columns of the view and the index say about a letter.
    Verdict look(int place, int at, long letter) {
        ask(place, at, letter);
        return verdict(run());
    }

    /// What the letter says where the view was not enough.
    boolean read(int place, int at, LetterReader letter) throws IOException {
        ask(place, at, letter.letter().id().number());
        for (int number : dear) {
            if (verdict(run()) != Verdict.UNKNOWN) {
                break;
            }
            if (values[number] == UNKNOWN) {
                values[number] = reading(tests.get(number)).probe().test(letter) ? YES : NO;
            }
        }
        return verdict(run()) == Verdict.YES;
    }

    private static SearchTest.OfLetter reading(SearchTest test) {
        return switch (test) {
            case SearchTest.OfLetter reading -> reading;
            case SearchTest.OfIndex(var _, var reading) -> reading;
            case SearchTest.OfFacts(var _, var reading) -> reading;
            case SearchTest.OfView _ -> throw new IllegalStateException("a view is not read");
        };
    }

    /// How an answer stands.
    enum Verdict {
        NO,
        YES,
        UNKNOWN
    }

    private static Verdict verdict(byte value) {
        return value == NO ? Verdict.NO : value == YES ? Verdict.YES : Verdict.UNKNOWN;
    }

    private void ask(int place, int at, long letter) {
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (tests.get(i)) {
                        case SearchTest.OfView test -> test.probe().test(place, at) ? YES : NO;
                        case SearchTest.OfIndex(IndexAnswer answer, var _) ->
                                switch (answer.of(letter)) {
                                    case FITS -> YES;
                                    case DOES_NOT -> NO;
                                    case UNKNOWN -> UNKNOWN;
                                };
                        case SearchTest.OfFacts(var answer, var _) ->
                                switch (answer.in(new LetterId(letter))) {
                                    case YES -> YES;
                                    case NO -> NO;
                                    case UNKNOWN -> UNKNOWN;
                                };
                        case SearchTest.OfLetter _ -> UNKNOWN;
                    };
        }
    }

    /// Runs the steps in the logic of three values.
    private byte run() {
        int top = 0;
        for (Step step : steps) {
            switch (step) {
                case Step.Test(int number) -> stack[top++] = values[number];
                case Step.Not _ -> stack[top - 1] = not(stack[top - 1]);
                case Step.Or _ -> {
                    top--;
                    stack[top - 1] = not(and(not(stack[top - 1]), not(stack[top])));
                }
                case Step.And(int operands) -> {
                    byte all = YES;
                    for (int i = 0; i < operands; i++) {
                        all = and(all, stack[--top]);
                    }
                    stack[top++] = all;
                }
            }
        }
        return stack[0];
    }

    private static byte not(byte value) {
        return value == UNKNOWN ? UNKNOWN : (byte) (YES - value);
    }

    private static byte and(byte left, byte right) {
        if (left == NO || right == NO) {
            return NO;
        }
        return left == UNKNOWN || right == UNKNOWN ? UNKNOWN : YES;
    }
}
