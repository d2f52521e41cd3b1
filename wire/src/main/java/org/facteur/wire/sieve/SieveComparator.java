package org.facteur.wire.sieve;

import java.text.Normalizer;
import java.util.Optional;

/// How texts are compared (RFC 4790).
enum SieveComparator {
    OCTET("i;octet"),
    ASCII_CASEMAP("i;ascii-casemap"),
    ASCII_NUMERIC("i;ascii-numeric"),
    UNICODE_CASEMAP("i;unicode-casemap");

    private final String keyword;

    SieveComparator(String keyword) {
        this.keyword = keyword;
    }

    String keyword() {
        return keyword;
    }

    static Optional<SieveComparator> find(String keyword) {
        for (SieveComparator each : values()) {
            if (each.keyword.equals(keyword)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /// Whether it can say that a text is part of another (RFC 4790 §4.2.3).
    boolean findsParts() {
        return this != ASCII_NUMERIC;
    }

    /// The form in which equal texts have equal characters; of the same length for all but
    /// [#UNICODE_CASEMAP].
    String fold(String text) {
        return switch (this) {
            case OCTET, ASCII_NUMERIC -> text;
            case ASCII_CASEMAP -> upperAscii(text);
            case UNICODE_CASEMAP -> casemap(text);
        };
    }

    private static String upperAscii(String text) {
        int first = 0;
        while (first < text.length() && !isLower(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        char[] upper = text.toCharArray();
        for (int i = first; i < upper.length; i++) {
            if (isLower(upper[i])) {
                upper[i] -= 32;
            }
        }
        return new String(upper);
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    /// Title case of each character, then compatibility decomposition (RFC 5051 §2).
    private static String casemap(String text) {
        StringBuilder title = new StringBuilder(text.length());
        text.codePoints().map(Character::toTitleCase).forEach(title::appendCodePoint);
        return Normalizer.normalize(title, Normalizer.Form.NFKD);
    }

    /// One character as [#fold] has it, where that is one character.
    int fold(int point) {
        return switch (this) {
            case OCTET, ASCII_NUMERIC -> point;
            case ASCII_CASEMAP -> point >= 'a' && point <= 'z' ? point - 32 : point;
            case UNICODE_CASEMAP -> Character.toTitleCase(point);
        };
    }

    /// The form in which [#fold(int)] is applied to each character.
    String composed(String text) {
        return this == UNICODE_CASEMAP ? Normalizer.normalize(text, Normalizer.Form.NFKC) : text;
    }

    boolean same(String one, String other) {
        return this == ASCII_NUMERIC ? compare(one, other) == 0 : fold(one).equals(fold(other));
    }

    /// Below 0, 0 or above. Texts without leading digits are more than any number, and each other's
    /// equals (RFC 4790 §9.1.1).
    int compare(String one, String other) {
        if (this != ASCII_NUMERIC) {
            return comparePoints(fold(one), fold(other));
        }
        String a = digits(one);
        String b = digits(other);
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
    }

    /// UTF-8's order, which is that of code points.
    private static int comparePoints(String one, String other) {
        int i = 0;
        while (i < one.length() && i < other.length()) {
            int a = one.codePointAt(i);
            int b = other.codePointAt(i);
            if (a != b) {
                return Integer.compare(a, b);
            }
            i += Character.charCount(a);
        }
        return Integer.compare(one.length(), other.length());
    }

    /// Leading digits without leading zeros; `0` for zero, empty for none.
    private static String digits(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        int start = 0;
        while (start < end - 1 && text.charAt(start) == '0') {
            start++;
        }
        return text.substring(start, end);
    }
}
