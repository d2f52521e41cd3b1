package org.facteur.wire.sieve;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Values of variables in one run (RFC 5229): one set for each script that is open, one for all
/// (RFC 6609 §3.4). Used by one thread.
final class Variables {
    private static final int MOST_MATCHED = 10;

    private final int longest;
    private final Budget budget;
    private final Map<String, String> global = new HashMap<>();
    private Map<String, String> own = new HashMap<>();
    private List<String> matched = List.of();

    Variables(SieveLimits limits, Budget budget) {
        this.longest = limits.variableCharacters();
        this.budget = budget;
    }

    /// Begins a script; what it returns is given back to [#leave].
    Map<String, String> enter() {
        Map<String, String> before = own;
        own = new HashMap<>();
        return before;
    }

    void leave(Map<String, String> before) {
        own = before;
    }

    String get(String name, boolean fromAll) {
        return (fromAll ? global : own).getOrDefault(name, "");
    }

    void set(String name, boolean forAll, String value) {
        (forAll ? global : own).put(name, cut(value, longest));
    }

    /// What wildcards stood for; stays when a test did not match (RFC 5229 §3.2).
    void matched(List<String> values) {
        matched = values.stream().limit(MOST_MATCHED).map(value -> cut(value, longest)).toList();
    }

    String expand(Template template) {
        List<Template.Piece> pieces = template.pieces();
        if (pieces.isEmpty()) {
            return "";
        }
        if (pieces.size() == 1 && pieces.getFirst() instanceof Template.Piece.Literal(var text)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (Template.Piece piece : pieces) {
            switch (piece) {
                case Template.Piece.Literal(String text) -> out.append(text);
                case Template.Piece.Variable(String name, boolean all) ->
                        out.append(get(name, all));
                case Template.Piece.Matched(int index) ->
                        out.append(index < matched.size() ? matched.get(index) : "");
            }
        }
        budget.characters(out.length());
        return out.toString();
    }

    List<String> expand(List<Template> templates) {
        return templates.stream().map(this::expand).toList();
    }

    /// Never between the halves of a character.
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }
}
