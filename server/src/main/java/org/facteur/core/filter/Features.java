package org.facteur.core.filter;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// What the content model sees of a letter: words and pairs of near words, each as a number. Pure;
/// at most 12,000 of a letter.
final class Features {
    /// How many bits a number has.
    static final int BITS = 18;

    private static final int MASK = (1 << BITS) - 1;
    private static final int MOST = 12_000;
    private static final int WINDOW = 3;
    private static final int LONGEST_WORD = 24;
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final Sink sink;
    private final Set<Integer> seen = new HashSet<>();
    private final String[] window = new String[WINDOW];

    /// Hears of each feature once.
    @FunctionalInterface
    interface Sink {
        /// @param first a word, or what stands out
        /// @param second another near it; empty for the word alone
        void take(int feature, String first, String second);
    }

    private Features(Sink sink) {
        this.sink = sink;
    }

    /// What stands out in a letter, and its words: each has half a say, however long the letter.
    @SuppressWarnings("ArrayRecordComponent")
    record Found(int[] marks, int[] words) {}

    static Found of(ReadLetter letter) {
        int[] marks = new int[MOST];
        int[] words = new int[MOST];
        int[] count = new int[2];
        collect(
                letter,
                (feature, first, second) -> {
                    if (first.startsWith("m:")) {
                        marks[count[0]++] = feature;
                    } else {
                        words[count[1]++] = feature;
                    }
                });
        return new Found(Arrays.copyOf(marks, count[0]), Arrays.copyOf(words, count[1]));
    }

    static void collect(ReadLetter letter, Sink sink) {
        Features features = new Features(sink);
        letter.marks().stream().sorted().forEach(mark -> features.add("m:", mark, "", 0));
        features.words("s:", letter.subject());
        features.words("f:", letter.senderName());
        for (HtmlScan.Link link : letter.links()) {
            features.link(link.target());
        }
        for (String text : letter.texts()) {
            features.words("", text);
        }
    }

    private void link(String target) {
        String host = Webs.host(target);
        if (host.isEmpty()) {
            int colon = target.indexOf(':');
            if (colon > 0 && colon < 12) {
                add("l:", target.substring(0, colon).toLowerCase(Locale.ROOT), "", 0);
            }
            return;
        }
        if (Webs.isNumeric(host)) {
            add("l:", "numeric", "", 0);
            return;
        }
        if (Webs.hasUser(target)) {
            add("l:", "user", "", 0);
        }
        int dot = host.lastIndexOf('.');
        add("l:", host.substring(dot + 1), "", 0);
        int before = dot < 0 ? -1 : host.lastIndexOf('.', dot - 1);
        add("l:", host.substring(before + 1), "", 0);
    }

    private void words(String place, String text) {
        Arrays.fill(window, "");
        int at = 0;
        while (at < text.length() && seen.size() < MOST) {
            int point = text.codePointAt(at);
            if (Character.isLetterOrDigit(point)) {
                int from = at;
                boolean digits = true;
                boolean capitals = true;
                int length = 0;
                while (at < text.length()) {
                    point = text.codePointAt(at);
                    if (!Character.isLetterOrDigit(point) && !inside(text, at, point)) {
                        break;
                    }
                    digits &= !Character.isLetter(point);
                    capitals &= !Character.isLowerCase(point);
                    at += Character.charCount(point);
                    length++;
                }
                word(place, text.substring(from, at), length, digits, capitals);
            } else {
                if ("$€£%!".indexOf(point) >= 0) {
                    next(place, Character.toString(point));
                }
                at += Character.charCount(point);
            }
        }
    }

    /// An apostrophe or a dot between letters, as in `don't` and `1.5`.
    private static boolean inside(String text, int at, int point) {
        return (point == '\'' || point == '’' || point == '.')
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at + 1));
    }

    private void word(String place, String word, int length, boolean digits, boolean capitals) {
        if (length > LONGEST_WORD) {
            next(place, "long");
            return;
        }
        if (digits) {
            next(place, length > 6 ? "#long" : "#" + length);
            return;
        }
        if (capitals && length > 3) {
            add(place, "caps", "", 0);
        }
        next(place, word.toLowerCase(Locale.ROOT).replace('’', '\''));
    }

    private void next(String place, String word) {
        add(place, word, "", 0);
        for (int distance = 1; distance <= WINDOW; distance++) {
            String before = window[WINDOW - distance];
            if (!before.isEmpty()) {
                add(place, before, word, distance);
            }
        }
        System.arraycopy(window, 1, window, 0, WINDOW - 1);
        window[WINDOW - 1] = word;
    }

    private void add(String place, String first, String second, int distance) {
        long hash = mix(mix(mix(BASIS, place), first), second) * PRIME + distance;
        hash ^= hash >>> 29;
        hash *= 0xbf58476d1ce4e5b9L;
        int feature = (int) (hash >>> 40) & MASK;
        if (seen.size() < MOST && seen.add(feature)) {
            sink.take(feature, place + first, second);
        }
    }

    private static long mix(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * PRIME;
        }
        return (mixed ^ 0x1f) * PRIME;
    }
}
