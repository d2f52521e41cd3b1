package org.facteur.edge.jmap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterCatalog;
import org.facteur.core.mailbox.LetterFacts;
import org.facteur.core.mailbox.LetterId;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.mime.Summary;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The order of a query (RFC 8621 §4.4.2); what is equal by all criteria comes newest first.
final class EmailSort {
    static final List<String> PROPERTIES =
            List.of(
                    "receivedAt",
                    "sentAt",
                    "size",
                    "from",
                    "to",
                    "subject",
                    "hasKeyword",
                    "allInThreadHaveKeyword",
                    "someInThreadHaveKeyword");

    private static final Set<String> OF_KEYWORD =
            Set.of("hasKeyword", "allInThreadHaveKeyword", "someInThreadHaveKeyword");
    private static final Set<String> OF_TEXT = Set.of("from", "to", "subject");
    private static final int BATCH = 256;

    /// So few letters are read sooner than anything is kept of them.
    private static final int FEW = 256;

    private static final int CRITERIA = 10;

    private final List<Criterion> criteria;

    /// @param keyword null where the property is none of keywords
    private record Criterion(
            String property, boolean ascending, Collation collation, @Nullable Keyword keyword) {}

    private EmailSort(List<Criterion> criteria) {
        this.criteria = criteria;
    }

    /// @throws MethodFault unsupportedSort
    static EmailSort take(Arguments arguments) {
        List<JsonNode> list = arguments.findList("sort");
        List<Criterion> criteria = new ArrayList<>();
        for (JsonNode each : list == null ? List.<JsonNode>of() : list) {
            if (!(each instanceof ObjectNode object) || criteria.size() == CRITERIA) {
                throw MethodFault.invalidArguments("at most " + CRITERIA + " comparators");
            }
            criteria.add(criterion(new Arguments(object)));
        }
        return new EmailSort(
                criteria.isEmpty()
                        ? List.of(
                                new Criterion("receivedAt", false, Collation.UNICODE_CASEMAP, null))
                        : criteria);
    }

    private static Criterion criterion(Arguments arguments) {
        String property = arguments.text("property");
        boolean ascending = arguments.flag("isAscending", true);
        Collation collation = Collation.of(arguments.findText("collation"));
        String keyword = arguments.findText("keyword");
        arguments.end();
        if (!PROPERTIES.contains(property)) {
            throw new MethodFault("unsupportedSort", "there is no order by " + property);
        }
        if (OF_KEYWORD.contains(property) != (keyword != null)) {
            throw MethodFault.invalidArguments("keyword belongs to orders by keyword");
        }
        return new Criterion(
                property, ascending, collation, keyword == null ? null : keyword(keyword));
    }

    private static Keyword keyword(String name) {
        try {
            return new Keyword(name);
        } catch (Refusal invalid) {
            throw MethodFault.invalidArguments(invalid.sentence().english());
        }
    }

    /// Whether it asks for threads as a whole.
    boolean ofThreads() {
        return criteria.stream().anyMatch(each -> each.property().endsWith("InThreadHaveKeyword"));
    }

    /// Rows in order.
    int[] order(int[] rows, Universe universe, LetterBox box) {
        Criterion first = criteria.getFirst();
        if (criteria.size() == 1 && first.property().equals("receivedAt")) {
            return byReceived(rows, universe, first.ascending());
        }
        LetterFacts facts = rows.length < FEW ? null : facts(universe);
        if (criteria.size() == 1 && facts != null) {
            Column known = known(first, universe, facts);
            if (known != null) {
                return byNumber(rows, known, first.ascending());
            }
        }
        Comparable<?>[][] keys = keys(rows, universe, box, facts);
        Integer[] places = new Integer[rows.length];
        Arrays.setAll(places, i -> i);
        Arrays.sort(
                places,
                (left, right) -> {
                    for (int c = 0; c < criteria.size(); c++) {
                        int order = compare(keys[left][c], keys[right][c]);
                        if (order != 0) {
                            return criteria.get(c).ascending() ? order : -order;
                        }
                    }
                    return Integer.compare(rows[right], rows[left]);
                });
        int[] ordered = new int[rows.length];
        Arrays.setAll(ordered, i -> rows[places[i]]);
        return ordered;
    }

    /// The usual order, without objects: seconds above, rows below.
    private static int[] byReceived(int[] rows, Universe universe, boolean ascending) {
        long[] packed = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            packed[i] = (universe.received(rows[i]) << 31) | rows[i];
        }
        Arrays.sort(packed);
        int[] ordered = new int[rows.length];
        for (int i = 0; i < ordered.length; i++) {
            long each = packed[ascending ? i : packed.length - 1 - i];
            ordered[i] = (int) (each & 0x7fff_ffff);
        }
        return ordered;
    }

    /// By one number without objects; of equals the newest first.
    private static int[] byNumber(int[] rows, Column column, boolean ascending) {
        long[] packed = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            long number = column.of(rows[i]);
            packed[i] = ((ascending ? number : -number) << 31) | (Integer.MAX_VALUE - rows[i]);
        }
        Arrays.sort(packed);
        int[] ordered = new int[rows.length];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = Integer.MAX_VALUE - (int) (packed[i] & Integer.MAX_VALUE);
        }
        return ordered;
    }

    private static int compare(Comparable<?> left, Comparable<?> right) {
        return left instanceof Long a && right instanceof Long b
                ? Long.compare(a, b)
                : left.toString().compareTo(right.toString());
    }

    private Comparable<?>[][] keys(
            int[] rows, Universe universe, LetterBox box, @Nullable LetterFacts facts) {
        Comparable<?>[][] keys = new Comparable<?>[rows.length][criteria.size()];
        boolean reads = false;
        for (int c = 0; c < criteria.size(); c++) {
            Criterion criterion = criteria.get(c);
            switch (criterion.property()) {
                case "receivedAt" -> column(keys, c, rows, universe::received);
                case "size" -> column(keys, c, rows, universe::sizeBytes);
                case "hasKeyword", "allInThreadHaveKeyword", "someInThreadHaveKeyword" ->
                        column(keys, c, rows, marks(criterion, universe, box));
                default -> {
                    Column known = facts == null ? null : known(criterion, universe, facts);
                    if (known == null) {
                        reads = true;
                    } else {
                        column(keys, c, rows, known);
                    }
                }
            }
        }
        if (reads) {
            read(keys, rows, universe, box);
        }
        return keys;
    }

    /// What is kept in memory, where an order asks for that.
    private @Nullable LetterFacts facts(Universe universe) {
        boolean wanted =
                criteria.stream()
                        .anyMatch(
                                each ->
                                        each.property().equals("sentAt")
                                                || (OF_TEXT.contains(each.property())
                                                        && each.collation()
                                                                == Collation.UNICODE_CASEMAP));
        return wanted ? universe.facts().orElse(null) : null;
    }

    /// An order by what is kept in memory; null for one that is not.
    private static @Nullable Column known(
            Criterion criterion, Universe universe, LetterFacts facts) {
        if (criterion.property().equals("sentAt")) {
            return row -> facts.sentSecond(universe.letter(row), universe.received(row));
        }
        if (criterion.collation() != Collation.UNICODE_CASEMAP) {
            return null;
        }
        LetterFacts.Ranking ranking =
                facts.ranking(
                        switch (criterion.property()) {
                            case "from" -> LetterFacts.Key.DISPLAY_FROM;
                            case "to" -> LetterFacts.Key.DISPLAY_TO;
                            default -> LetterFacts.Key.SUBJECT;
                        });
        return row -> ranking.of(universe.letter(row));
    }

    /// A number of each row.
    private interface Column {
        long of(int row);
    }

    private static void column(Comparable<?>[][] keys, int c, int[] rows, Column column) {
        for (int i = 0; i < rows.length; i++) {
            keys[i][c] = column.of(rows[i]);
        }
    }

    private static Column marks(Criterion criterion, Universe universe, LetterBox box) {
        Keyword keyword = criterion.keyword();
        if (keyword == null) {
            throw new IllegalStateException("an order by keyword has one");
        }
        Universe.KeywordTest test = universe.keyword(keyword);
        if (criterion.property().equals("hasKeyword")) {
            return row -> test.test(row) ? 1 : 0;
        }
        boolean some = criterion.property().startsWith("some");
        LetterCatalog.Threads threads = box.catalog().threads();
        BitSet found = EmailFilter.threadsWith(universe, threads, test, some);
        return row -> {
            boolean in =
                    threads.find(universe.letter(row))
                            .filter(thread -> thread.number() < Integer.MAX_VALUE)
                            .map(thread -> found.get((int) thread.number()))
                            .orElse(false);
            return in == some ? 1 : 0;
        };
    }

    private void read(Comparable<?>[][] keys, int[] rows, Universe universe, LetterBox box) {
        for (int from = 0; from < rows.length; from += BATCH) {
            int to = Math.min(rows.length, from + BATCH);
            List<LetterId> ids = new ArrayList<>(to - from);
            for (int i = from; i < to; i++) {
                ids.add(universe.letter(rows[i]));
            }
            List<@Nullable Letter> letters = box.letters(ids);
            for (int i = from; i < to; i++) {
                Letter letter = letters.get(i - from);
                Summary summary = letter == null ? null : box.listing(letter).summary();
                for (int c = 0; c < criteria.size(); c++) {
                    if (keys[i][c] == null) {
                        keys[i][c] =
                                summary == null
                                        ? (Comparable<?>) ""
                                        : key(criteria.get(c), summary, universe, rows[i]);
                    }
                }
            }
        }
    }

    private static Comparable<?> key(
            Criterion criterion, Summary summary, Universe universe, int row) {
        return switch (criterion.property()) {
            case "sentAt" -> {
                var sent = summary.sentAt();
                yield sent == null ? universe.received(row) : sent.toInstant().getEpochSecond();
            }
            case "from" -> criterion.collation().key(shown(summary.correspondents().from()));
            case "to" -> criterion.collation().key(shown(summary.correspondents().to()));
            default -> criterion.collation().key(summary.threadKeys().baseSubject());
        };
    }

    private static String shown(List<HeaderAddress> addresses) {
        return addresses.isEmpty() ? "" : addresses.getFirst().display();
    }
}
