package org.facteur.core.search;

import java.text.Normalizer;
import java.util.Set;

/// What forms of a word have in common, in French and in English. Letters mix languages and seldom
/// say which: a word has both stems, and two words are alike when they share one.
final class Stems {
    /// Longer words are names of things, not words.
    private static final int LONGEST = 30;

    /// Shorter words have no ending to lose.
    private static final int SHORTEST_FRENCH = 5;

    private Stems() {}

    /// Adds the stems of a folded word.
    static void collect(String word, Set<String> stems) {
        Words.simple(
                word,
                run -> {
                    String plain = plain(run);
                    if (plain.length() > LONGEST) {
                        return;
                    }
                    stems.add(english(plain));
                    stems.add(french(plain));
                });
    }

    /// Without accents.
    static String plain(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 0x80) {
                return unaccented(word);
            }
        }
        return word;
    }

    private static String unaccented(String word) {
        String apart = Normalizer.normalize(word, Normalizer.Form.NFKD);
        StringBuilder plain = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            switch (c) {
                case 'œ' -> plain.append("oe");
                case 'æ' -> plain.append("ae");
                case 'ß' -> plain.append("ss");
                default -> {
                    if (Character.getType(c) != Character.NON_SPACING_MARK) {
                        plain.append(c);
                    }
                }
            }
        }
        return plain.toString();
    }

    /// Plural and feminine, and the ending of the infinitive: `journaux` meets `journal`, `postée`
    /// and `posté` meet `poster`. The word has no accents.
    static String french(String word) {
        int end = word.length();
        if (end < SHORTEST_FRENCH) {
            return end == SHORTEST_FRENCH - 1 && word.endsWith("s")
                    ? word.substring(0, end - 1)
                    : word;
        }
        if (word.endsWith("aux")) {
            return word.substring(0, end - 2) + "l";
        }
        if (word.charAt(end - 1) == 'x' || word.charAt(end - 1) == 's') {
            end--;
        }
        if (word.charAt(end - 1) == 'r') {
            end--;
        }
        while (end > SHORTEST_FRENCH - 2 && word.charAt(end - 1) == 'e') {
            end--;
        }
        if (end > SHORTEST_FRENCH - 2 && word.charAt(end - 1) == word.charAt(end - 2)) {
            end--;
        }
        return word.substring(0, end);
    }

    /// Plurals and the commonest endings of verbs: `letters`, `posted` and `posting` meet `letter`
    /// and `post`. A stemmer that does more confuses more.
    static String english(String word) {
        int length = word.length();
        if (length > 5 && word.endsWith("ing") && hasVowel(word, length - 3)) {
            return undoubled(word.substring(0, length - 3));
        }
        if (length > 4 && word.endsWith("ies")) {
            return word.substring(0, length - 3) + "y";
        }
        if (length > 4 && word.endsWith("ed") && hasVowel(word, length - 2)) {
            return undoubled(word.substring(0, length - 2));
        }
        if (length > 4 && (word.endsWith("ses") || word.endsWith("xes") || word.endsWith("ches"))) {
            return word.substring(0, length - 2);
        }
        if (length > 3
                && word.endsWith("s")
                && word.charAt(length - 2) != 's'
                && word.charAt(length - 2) != 'u') {
            return word.substring(0, length - 1);
        }
        return word;
    }

    private static boolean hasVowel(String word, int before) {
        for (int i = 0; i < before; i++) {
            if ("aeiouy".indexOf(word.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static String undoubled(String stem) {
        int last = stem.length() - 1;
        boolean doubled =
                last > 2
                        && stem.charAt(last) == stem.charAt(last - 1)
                        && "bdgmnprt".indexOf(stem.charAt(last)) >= 0;
        return doubled ? stem.substring(0, last) : stem;
    }
}
