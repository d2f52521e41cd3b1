package org.facteur.core.search;

import java.util.Set;
import java.util.function.Consumer;

/// The words of a text, as the index keeps them.
///
/// A word is a run of letters and digits, or several such runs joined by one of `@ . _ + -` each,
/// so that an address or a version number is one word. Whatever has this shape and stands in a text
/// stands inside one word of it: therefore a search for such a text needs no look at the letter.
final class Words {
    /// The longest word kept whole, in UTF-16 units.
    static final int LONGEST = 64;

    /// How much two neighbouring pieces of a longer word have in common: the longest text that is
    /// surely inside one of them.
    static final int OVERLAP = 32;

    private Words() {}

    /// The different words of a folded text.
    ///
    /// @return whether there was one longer than [#LONGEST], of which only pieces were added
    static boolean collect(String folded, Set<String> words) {
        boolean[] cut = new boolean[1];
        each(
                folded,
                word -> {
                    if (word.length() <= LONGEST) {
                        words.add(word);
                    } else {
                        cut[0] = true;
                        cut(word, words);
                    }
                });
        return cut[0];
    }

    private static void cut(String word, Set<String> words) {
        int from = 0;
        while (true) {
            int end = Math.min(word.length(), from + LONGEST);
            words.add(word.substring(from, end));
            if (end == word.length()) {
                return;
            }
            from += LONGEST - OVERLAP;
        }
    }

    /// Shows each word, in order.
    static void each(String folded, Consumer<String> words) {
        int at = 0;
        int length = folded.length();
        while (at < length) {
            while (at < length && !inWord(folded, at)) {
                at += step(folded, at);
            }
            int start = at;
            while (at < length
                    && (inWord(folded, at)
                            || (joins(folded.charAt(at))
                                    && at + 1 < length
                                    && inWord(folded, at + 1)))) {
                at += step(folded, at);
            }
            if (at > start) {
                words.accept(folded.substring(start, at));
            }
        }
    }

    /// The runs of letters and digits inside a word.
    static void simple(String word, Consumer<String> runs) {
        int start = 0;
        for (int i = 0; i <= word.length(); i++) {
            if (i == word.length() || joins(word.charAt(i))) {
                if (i > start) {
                    runs.accept(word.substring(start, i));
                }
                start = i + 1;
            }
        }
    }

    private static boolean joins(char c) {
        return c == '@' || c == '.' || c == '_' || c == '+' || c == '-';
    }

    /// Marks that combine belong to the word of the letter they stand on.
    private static boolean inWord(String text, int at) {
        char first = text.charAt(at);
        if (first < 0x80) {
            return (first >= 'a' && first <= 'z')
                    || (first >= '0' && first <= '9')
                    || (first >= 'A' && first <= 'Z');
        }
        int c = text.codePointAt(at);
        return Character.isLetterOrDigit(c)
                || switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.ENCLOSING_MARK ->
                            true;
                    default -> false;
                };
    }

    private static int step(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1))
                ? 2
                : 1;
    }
}
