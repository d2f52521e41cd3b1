package org.facteur.edge.imap;

import java.io.IOException;
import java.text.Normalizer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.SearchResultOptions;
import org.facteur.wire.imap.SortCriterion;
import org.facteur.wire.mime.Summary;

/// SORT (RFC 5256 §3, RFC 5957, RFC 5267 §3). Letters that are the same by all keys stay in the
/// order of the mailbox.
final class SortCommand {
    private final ImapSession session;
    private final LetterSearch search;
    private final MailboxView now;

    SortCommand(ImapSession session) {
        this.session = session;
        this.search = new LetterSearch(session);
        this.now = search.now();
    }

    /// @param keys of all criteria, each a Long or a String
    private record Sorted(int place, List<Comparable<?>> keys) {}

    Answer run(String tag, ImapCommand.Sort sort) throws IOException {
        try {
            List<Integer> found = order(search.find(sort.key()), sort.criteria());
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
        Map<Integer, Sorted> sorted = new HashMap<>();
        boolean inView =
                criteria.stream()
                        .allMatch(
                                criterion ->
                                        criterion.key() == SortCriterion.Key.ARRIVAL
                                                || criterion.key() == SortCriterion.Key.SIZE);
        if (!inView) {
            search.visit(
                    found,
                    (place, at, letter) ->
                            sorted.put(
                                    place, keys(place, at, letter.listing().summary(), criteria)));
        }
        List<Sorted> all = new ArrayList<>(found.size());
        for (int place : found) {
            Sorted known = sorted.get(place);
            if (known != null) {
                all.add(known);
            } else if (inView) {
                int at = now.indexOf(session.selected().shown().uid(place));
                all.add(new Sorted(place, viewKeys(at, criteria)));
            }
        }
        all.sort(by(criteria));
        return all.stream().map(Sorted::place).toList();
    }

    private List<Comparable<?>> viewKeys(int at, List<SortCriterion> criteria) {
        List<Comparable<?>> keys = new ArrayList<>(criteria.size());
        for (SortCriterion criterion : criteria) {
            keys.add(
                    criterion.key() == SortCriterion.Key.SIZE
                            ? (Long) now.sizeBytes(at)
                            : (Long) now.receivedSecond(at));
        }
        return keys;
    }

    private Sorted keys(int place, int at, Summary summary, List<SortCriterion> criteria) {
        List<Comparable<?>> keys = new ArrayList<>(criteria.size());
        for (SortCriterion criterion : criteria) {
            keys.add(
                    switch (criterion.key()) {
                        case ARRIVAL -> (Long) now.receivedSecond(at);
                        case SIZE -> (Long) now.sizeBytes(at);
                        case DATE -> (Long) sentMillis(summary, now.receivedSecond(at));
                        case SUBJECT -> folded(summary.threadKeys().baseSubject());
                        case CC -> mailbox(summary.correspondents().cc());
                        case FROM -> mailbox(summary.correspondents().from());
                        case TO -> mailbox(summary.correspondents().to());
                        case DISPLAYFROM -> shown(summary.correspondents().from());
                        case DISPLAYTO -> shown(summary.correspondents().to());
                    });
        }
        return new Sorted(place, keys);
    }

    /// The sent date, in UTC (RFC 5256 §2.2).
    static long sentMillis(Summary summary, long receivedSecond) {
        OffsetDateTime sent = summary.sentAt();
        return sent == null ? receivedSecond * 1000 : sent.toInstant().toEpochMilli();
    }

    private static String mailbox(List<HeaderAddress> addresses) {
        if (addresses.isEmpty()) {
            return "";
        }
        String address = addresses.getFirst().address();
        int at = address.lastIndexOf('@');
        return folded(at < 0 ? address : address.substring(0, at));
    }

    private static String shown(List<HeaderAddress> addresses) {
        if (addresses.isEmpty()) {
            return "";
        }
        String name = addresses.getFirst().displayName();
        return folded(name == null || name.isBlank() ? addresses.getFirst().address() : name);
    }

    /// Letters without case, as `i;unicode-casemap` compares them (RFC 5051 §2).
    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD).toUpperCase(Locale.ROOT);
    }

    private static Comparator<Sorted> by(List<SortCriterion> criteria) {
        return (left, right) -> {
            for (int i = 0; i < criteria.size(); i++) {
                int order = compare(left.keys().get(i), right.keys().get(i));
                if (order != 0) {
                    return criteria.get(i).reverse() ? -order : order;
                }
            }
            return Integer.compare(left.place(), right.place());
        };
    }

    private static int compare(Comparable<?> left, Comparable<?> right) {
        return left instanceof Long a && right instanceof Long b
                ? Long.compare(a, b)
                : left.toString().compareTo(right.toString());
    }
}
