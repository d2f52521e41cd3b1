package org.facteur.wire.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.wire.address.EmailAddress;

/// Compares what a test found with its keys (RFC 5228 §2.7). Used by one thread.
final class Comparison {
    private final Variables variables;
    private final Budget budget;
    private final SieveSurroundings surroundings;

    Comparison(Variables variables, Budget budget, SieveSurroundings surroundings) {
        this.variables = variables;
        this.budget = budget;
        this.surroundings = surroundings;
    }

    /// Whether any value fits any key, or their number does.
    boolean any(Step.Keys keys, List<String> values) {
        return any(keys, values, true);
    }

    /// @param noted whether what wildcards stood for is kept
    boolean any(Step.Keys keys, List<String> values, boolean noted) {
        Match match = keys.match();
        List<String> texts = variables.expand(keys.texts());
        return switch (match.kind()) {
            case COUNT -> related(match, List.of(Integer.toString(values.size())), texts);
            case VALUE -> related(match, values, texts);
            case IS -> same(match, values, texts);
            case CONTAINS -> contains(match, values, texts);
            case MATCHES -> fits(match, values, texts, noted);
            case LIST -> listed(values, texts);
        };
    }

    private boolean related(Match match, List<String> values, List<String> keys) {
        Match.Relation relation = match.relation();
        if (relation == null) {
            return false;
        }
        for (String value : values) {
            for (String key : keys) {
                budget.characters(Math.min(value.length(), key.length()) + 1L);
                if (relation.holds(match.comparator().compare(value, key))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean same(Match match, List<String> values, List<String> keys) {
        for (String value : values) {
            for (String key : keys) {
                budget.characters(key.length() + value.length() + 1L);
                if (match.comparator().same(value, key)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean contains(Match match, List<String> values, List<String> keys) {
        List<Search> searches = new ArrayList<>(keys.size());
        for (String key : keys) {
            budget.characters(key.length());
            searches.add(new Search(match.comparator().fold(key)));
        }
        for (String value : values) {
            String text = match.comparator().fold(value);
            for (Search search : searches) {
                budget.characters(text.length() + 1L);
                if (search.in(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean fits(Match match, List<String> values, List<String> keys, boolean noted) {
        for (String key : keys) {
            budget.characters(key.length());
            Glob glob = new Glob(key, match.comparator());
            for (String value : values) {
                Optional<List<String>> found = glob.match(value, budget);
                if (found.isPresent()) {
                    if (noted) {
                        variables.matched(found.get());
                    }
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether a value is an address that stands on one of the lists.
    private boolean listed(List<String> values, List<String> names) {
        for (String name : names) {
            List<EmailAddress> members = surroundings.list(name).orElse(List.of());
            for (EmailAddress member : members) {
                for (String value : values) {
                    budget.characters(value.length() + 1L);
                    if (member.toString().equalsIgnoreCase(value.strip())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// Finds a text in others, in time that grows with their lengths alone (Knuth, Morris, Pratt).
    private static final class Search {
        private final String key;
        private final int[] back;

        Search(String key) {
            this.key = key;
            this.back = new int[key.length()];
            int length = 0;
            for (int i = 1; i < back.length; i++) {
                while (length > 0 && key.charAt(i) != key.charAt(length)) {
                    length = back[length - 1];
                }
                if (key.charAt(i) == key.charAt(length)) {
                    length++;
                }
                back[i] = length;
            }
        }

        boolean in(String text) {
            if (key.isEmpty()) {
                return true;
            }
            int found = 0;
            for (int i = 0; i < text.length(); i++) {
                while (found > 0 && text.charAt(i) != key.charAt(found)) {
                    found = back[found - 1];
                }
                if (text.charAt(i) == key.charAt(found)) {
                    found++;
                }
                if (found == key.length()) {
                    return true;
                }
            }
            return false;
        }
    }
}
