package org.facteur.edge.imap;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.IntSort;
import org.facteur.core.mailbox.LetterFacts;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.TextForms;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.SearchResultOptions;
import org.facteur.wire.imap.SortCriterion;
import org.facteur.wire.mime.Summary;
import org.jspecify.annotations.Nullable;

/// SORT (RFC 5256 §3, RFC 5957, RFC 5267 §3). Letters that are the same by all keys stay in the
/// order of the mailbox.
final class SortCommand {
    private final ImapSession session;
    private final LetterSearch search;
    private final MailboxView now;
    private final MailboxView shown;

    SortCommand(ImapSession session) {
        this.session = session;
        this.search = new LetterSearch(session);
        this.now = search.now();
        this.shown = session.selected().shown();
    }

    Answer run(String tag, ImapCommand.Sort sort) throws IOException {
        try {
            List<Integer> matching = search.find(sort.key());
            if (search.cut()) {
                SearchCommand.forget(session, sort.result());
                return search.refusal();
            }
            List<Integer> found = order(matching, sort.criteria());
            SearchResultOptions result = sort.result();
            if (result == null) {
                List<Long> numbers = new ArrayList<>(found.size());
                for (int place : found) {
                    numbers.add(search.number(place, sort.uid()));
                }
                session.out()
                        .write(
                                new ImapResponse.SortData(
                                        numbers,
                                        search.modSeq() && !found.isEmpty()
                                                ? (Long) search.highest(found)
                                                : null));
            } else {
                new ExtendedAnswer(
                                session,
                                search,
                                new ExtendedAnswer.About(tag, null),
                                sort.uid(),
                                true)
                        .write(result, found);
            }
            return Answer.ok("Sorted.");
        } catch (Refusal | Busy failed) {
            SearchCommand.forget(session, sort.result());
            throw failed;
        }
    }

    private List<Integer> order(List<Integer> found, List<SortCriterion> criteria)
            throws IOException {
        boolean inView =
                criteria.stream()
                        .allMatch(
                                criterion ->
                                        criterion.key() == SortCriterion.Key.ARRIVAL
                                                || criterion.key() == SortCriterion.Key.SIZE
                                                || criterion.key() == SortCriterion.Key.RELEVANCY);
        LetterFacts facts = inView ? null : search.facts().orElse(null);
        return inView || facts != null ? known(found, facts, criteria) : read(found, criteria);
    }

    /// By what is in memory.
    ///
    /// @param facts null where the view is enough
    private List<Integer> known(
            List<Integer> found, @Nullable LetterFacts facts, List<SortCriterion> criteria) {
        List<Integer> places = new ArrayList<>(found.size());
        for (int place : found) {
            if (facts == null || facts.knows(shown.letter(place))) {
                places.add(place);
            }
        }
        long[][] keys = new long[criteria.size()][places.size()];
        for (int i = 0; i < keys.length; i++) {
            SortCriterion criterion = criteria.get(i);
            ToLong key = key(criterion.key(), facts);
            for (int at = 0; at < keys[i].length; at++) {
                long value = key.of(places.get(at));
                keys[i][at] = criterion.reverse() ? -value : value;
            }
        }
        return sorted(places, keys);
    }

    /// A number by which letters are sorted.
    private interface ToLong {
        long of(int place);
    }

    private ToLong key(SortCriterion.Key key, @Nullable LetterFacts facts) {
        return switch (key) {
            case ARRIVAL -> shown::receivedSecond;
            case RELEVANCY -> place -> -search.relevancy(place);
            case SIZE -> shown::sizeBytes;
            case DATE ->
                    place ->
                            facts(facts)
                                    .sentSecond(shown.letter(place), shown.receivedSecond(place));
            case SUBJECT -> ranking(facts, LetterFacts.Key.SUBJECT);
            case FROM -> ranking(facts, LetterFacts.Key.FROM);
            case TO -> ranking(facts, LetterFacts.Key.TO);
            case CC -> ranking(facts, LetterFacts.Key.CC);
            case DISPLAYFROM -> ranking(facts, LetterFacts.Key.DISPLAY_FROM);
            case DISPLAYTO -> ranking(facts, LetterFacts.Key.DISPLAY_TO);
        };
    }

    private ToLong ranking(@Nullable LetterFacts facts, LetterFacts.Key key) {
        LetterFacts.Ranking ranking = facts(facts).ranking(key);
        return place -> ranking.of(shown.letter(place));
    }

    private static LetterFacts facts(@Nullable LetterFacts facts) {
        if (facts == null) {
            throw new IllegalStateException("the view is not enough");
        }
        return facts;
    }

    private static List<Integer> sorted(List<Integer> places, long[][] keys) {
        int[] order = new int[places.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        long[] first = keys[0];
        IntSort.sort(
                order,
                (left, right) -> {
                    int by = Long.compare(first[left], first[right]);
                    for (int i = 1; by == 0 && i < keys.length; i++) {
                        by = Long.compare(keys[i][left], keys[i][right]);
                    }
                    return by;
                });
        List<Integer> sorted = new ArrayList<>(order.length);
        for (int each : order) {
            sorted.add(places.get(each));
        }
        return sorted;
    }

    /// By reading each letter; what the criteria ask for as texts is numbered in their order.
    private List<Integer> read(List<Integer> found, List<SortCriterion> criteria)
            throws IOException {
        List<Integer> places = new ArrayList<>(found.size());
        List<List<Object>> values = new ArrayList<>();
        criteria.forEach(_ -> values.add(new ArrayList<>(found.size())));
        search.visit(
                found,
                (place, at, letter) -> {
                    places.add(place);
                    for (int i = 0; i < criteria.size(); i++) {
                        values.get(i)
                                .add(
                                        value(
                                                criteria.get(i).key(),
                                                letter.listing().summary(),
                                                place,
                                                at));
                    }
                });
        long[][] keys = new long[criteria.size()][places.size()];
        for (int i = 0; i < keys.length; i++) {
            List<Object> column = values.get(i);
            Map<Object, Integer> ranks = new HashMap<>();
            column.stream().distinct().sorted(BY_VALUE).forEach(v -> ranks.put(v, ranks.size()));
            for (int at = 0; at < keys[i].length; at++) {
                long rank = Objects.requireNonNull(ranks.get(column.get(at)));
                keys[i][at] = criteria.get(i).reverse() ? -rank : rank;
            }
        }
        return sorted(places, keys);
    }

    private static final Comparator<Object> BY_VALUE =
            (left, right) ->
                    left instanceof Long a && right instanceof Long b
                            ? Long.compare(a, b)
                            : left.toString().compareTo(right.toString());

    private Object value(SortCriterion.Key key, Summary summary, int place, int at) {
        var people = summary.correspondents();
        return switch (key) {
            case ARRIVAL -> (Long) now.receivedSecond(at);
            case RELEVANCY -> (Long) (long) -search.relevancy(place);
            case SIZE -> (Long) now.sizeBytes(at);
            case DATE -> (Long) sentSecond(summary, now.receivedSecond(at));
            case SUBJECT -> TextForms.sorted(summary.threadKeys().baseSubject());
            case CC -> TextForms.localPart(people.cc());
            case FROM -> TextForms.localPart(people.from());
            case TO -> TextForms.localPart(people.to());
            case DISPLAYFROM -> TextForms.displayed(people.from());
            case DISPLAYTO -> TextForms.displayed(people.to());
        };
    }

    /// The sent date, in UTC (RFC 5256 §2.2).
    static long sentSecond(Summary summary, long receivedSecond) {
        OffsetDateTime sent = summary.sentAt();
        return sent == null ? receivedSecond : sent.toEpochSecond();
    }
}
