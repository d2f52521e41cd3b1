package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.NumberSet;
import org.facteur.wire.imap.PartialRange;
import org.facteur.wire.imap.SearchResultOptions;
import org.facteur.wire.imap.SearchResultOptions.Option;
import org.facteur.wire.imap.SearchSummary;
import org.facteur.wire.imap.SequenceSet;
import org.jspecify.annotations.Nullable;

/// The ESEARCH response of SEARCH and SORT: ESEARCH (RFC 4731), SEARCHRES (RFC 5182), ESORT (RFC
/// 5267 §3) and PARTIAL (RFC 9394).
///
/// @param about what the answer is correlated with
/// @param uid whether numbers are UIDs
/// @param sorted whether the order of what was found is that of SORT
record ExtendedAnswer(
        ImapSession session, LetterSearch search, About about, boolean uid, boolean sorted) {
    /// @param source null for the open mailbox
    record About(String tag, ImapResponse.@Nullable Searched source) {}

    /// Tells what was found, and keeps it where it shall be kept.
    ///
    /// @param found places of the shown view, in the order of the answer
    void write(SearchResultOptions result, List<Integer> found) throws IOException {
        Set<Option> options = result.options();
        PartialRange range = result.partial();
        List<Integer> window = range == null ? List.of() : window(found, range);
        if (options.contains(Option.SAVE)) {
            session.selected().save(set(told(result, found, window)));
            if (options.size() == 1 && range == null) {
                return;
            }
        }
        boolean any = !found.isEmpty();
        SearchSummary.Window partial =
                range == null ? null : new SearchSummary.Window(range, listed(window));
        Long modSeq =
                any && search.modSeq() && !told(result, found, window).isEmpty()
                        ? (Long) search.highest(told(result, found, window))
                        : null;
        session.out()
                .write(
                        new ImapResponse.ExtendedSearchData(
                                about.tag(),
                                about.source(),
                                uid,
                                new SearchSummary(
                                        any && options.contains(Option.MIN)
                                                ? (Long) search.number(found.getFirst(), uid)
                                                : null,
                                        any && options.contains(Option.MAX)
                                                ? (Long) search.number(found.getLast(), uid)
                                                : null,
                                        options.contains(Option.COUNT)
                                                ? (Long) (long) found.size()
                                                : null,
                                        options.contains(Option.ALL) ? listed(found) : null,
                                        partial,
                                        options.contains(Option.RELEVANCY)
                                                ? (range == null ? found : window)
                                                        .stream().map(search::relevancy).toList()
                                                : null,
                                        modSeq)));
    }

    /// What the answer speaks of: with MIN and MAX alone only those (RFC 5182 §2.4, RFC 7162
    /// §3.1.10), with PARTIAL the window (RFC 9394 §3.1).
    private static List<Integer> told(
            SearchResultOptions result, List<Integer> found, List<Integer> window) {
        Set<Option> options = result.options();
        boolean all = options.contains(Option.ALL) || options.contains(Option.COUNT);
        boolean ends = options.contains(Option.MIN) || options.contains(Option.MAX);
        if (found.isEmpty() || all || !(ends || result.partial() != null)) {
            return found;
        }
        List<Integer> few = new ArrayList<>(window);
        if (options.contains(Option.MIN) && !few.contains(found.getFirst())) {
            few.add(found.getFirst());
        }
        if (options.contains(Option.MAX) && !few.contains(found.getLast())) {
            few.add(found.getLast());
        }
        return few;
    }

    private static List<Integer> window(List<Integer> found, PartialRange range) {
        return places(range, found.size()).map(found::subList);
    }

    /// Where a window lies in a list.
    static Window places(PartialRange range, int size) {
        long from = Math.min(range.skip(), size);
        long to = Math.min(from + range.width(), size);
        return range.fromEnd()
                ? new Window((int) (size - to), (int) (size - from))
                : new Window((int) from, (int) to);
    }

    /// Places from and to, `to` not included.
    record Window(int from, int to) {
        <T> T map(Cut<T> cut) {
            return cut.apply(from, to);
        }
    }

    /// Takes two places.
    @FunctionalInterface
    interface Cut<T> {
        T apply(int from, int to);
    }

    private NumberSet set(List<Integer> places) {
        NumberSet.Builder numbers = NumberSet.builder();
        for (int place : places) {
            numbers.add(search.number(place, true));
        }
        return numbers.build();
    }

    /// @return null for none
    private @Nullable SequenceSet listed(List<Integer> places) {
        if (places.isEmpty()) {
            return null;
        }
        long[] numbers = new long[places.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = search.number(places.get(i), uid);
        }
        return sorted ? SequenceSet.inOrder(numbers) : SequenceSet.of(NumberSet.of(numbers));
    }
}
