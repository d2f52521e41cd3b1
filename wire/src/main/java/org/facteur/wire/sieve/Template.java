package org.facteur.wire.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A text of a script with the places where variables go (RFC 5229 §3).
record Template(List<Piece> pieces) {
    /// A run of the text.
    sealed interface Piece {
        record Literal(String text) implements Piece {}

        /// @param global whether it belongs to all scripts of a run (RFC 6609 §3.4.3)
        record Variable(String name, boolean global) implements Piece {}

        /// What a wildcard stood for.
        record Matched(int index) implements Piece {}
    }

    private static final int MOST_DIGITS = 6;

    Template {
        pieces = List.copyOf(pieces);
    }

    static Template of(String text) {
        return new Template(text.isEmpty() ? List.of() : List.of(new Piece.Literal(text)));
    }

    boolean constant() {
        return pieces.stream().allMatch(Piece.Literal.class::isInstance);
    }

    /// Of one that is [#constant()].
    String text() {
        return pieces.isEmpty() ? "" : ((Piece.Literal) pieces.getFirst()).text();
    }

    // variable-ref = "${" [namespace] variable-name "}"
    /// Finds the places. What only looks like one stays text.
    ///
    /// @param global names that belong to all scripts
    static Template parse(String text, java.util.function.Predicate<String> global) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("${", at);
            if (open < 0) {
                break;
            }
            int close = nameEnd(text, open + 2);
            literal.append(text, at, open);
            Piece piece =
                    close < text.length() && text.charAt(close) == '}'
                            ? reference(text.substring(open + 2, close), global)
                            : new Piece.Literal("${");
            if (piece instanceof Piece.Literal) {
                literal.append("${");
                at = open + 2;
            } else {
                if (!literal.isEmpty()) {
                    pieces.add(new Piece.Literal(literal.toString()));
                    literal.setLength(0);
                }
                pieces.add(piece);
                at = close + 1;
            }
        }
        literal.append(text, at, text.length());
        if (!literal.isEmpty()) {
            pieces.add(new Piece.Literal(literal.toString()));
        }
        return new Template(pieces);
    }

    private static int nameEnd(String text, int from) {
        int i = from;
        while (i < text.length() && (isWord(text.charAt(i)) || text.charAt(i) == '.')) {
            i++;
        }
        return i;
    }

    private static Piece reference(String written, java.util.function.Predicate<String> global) {
        String name = written.toLowerCase(Locale.ROOT);
        if (isNumber(name)) {
            return new Piece.Matched(Integer.parseInt(name));
        }
        if (name.startsWith("global.") && isName(name.substring(7))) {
            return new Piece.Variable(name.substring(7), true);
        }
        return isName(name)
                ? new Piece.Variable(name, global.test(name))
                : new Piece.Literal(written);
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty()
                && name.length() <= MOST_DIGITS
                && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    // identifier = (ALPHA / "_") *(ALPHA / DIGIT / "_")
    static boolean isName(String name) {
        return !name.isEmpty()
                && !(name.charAt(0) >= '0' && name.charAt(0) <= '9')
                && name.chars().allMatch(c -> isWord((char) c));
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_';
    }
}
