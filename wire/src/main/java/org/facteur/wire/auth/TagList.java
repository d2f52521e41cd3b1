package org.facteur.wire.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.facteur.wire.text.SyntaxFault;

/// `name=value` pairs with semicolons between them, as DKIM, ARC and DMARC write them (RFC 6376
/// §3.2).
///
/// @param tags in the order written; values without the blanks around them, folds inside left
record TagList(Map<String, String> tags) {
    private static final int MOST = 100;
    private static final String RULE = "RFC 6376 §3.2";

    TagList {
        tags = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    // tag-list = tag-spec *( ";" tag-spec ) [ ";" ]
    // tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
    // tag-name = ALPHA *ALNUMPUNC
    /// @throws SyntaxFault also for a name that stands there twice
    static TagList parse(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        int at = 0;
        while (at < text.length()) {
            int semicolon = text.indexOf(';', at);
            int end = semicolon < 0 ? text.length() : semicolon;
            String spec = trimmed(text.substring(at, end));
            if (spec.isEmpty() && semicolon < 0 && !tags.isEmpty()) {
                break;
            }
            int equals = spec.indexOf('=');
            if (equals < 1) {
                throw SyntaxFault.at(at, "name=value", RULE);
            }
            String name = trimmed(spec.substring(0, equals));
            String value = trimmed(spec.substring(equals + 1));
            checkName(name, at);
            checkValue(value, at);
            if (tags.putIfAbsent(name, value) != null || tags.size() > MOST) {
                throw SyntaxFault.at(at, "each tag once", RULE);
            }
            at = end + 1;
        }
        return new TagList(tags);
    }

    private static void checkName(String name, int at) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean later = (c >= '0' && c <= '9') || c == '_';
            if (!alpha && (i == 0 || !later)) {
                throw SyntaxFault.at(at, "the name of a tag", RULE);
            }
        }
    }

    // tval = 1*VALCHAR    VALCHAR = %x21-3A / %x3C-7E
    private static void checkValue(String value, int at) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && !blank(c)) || c == 0x7F) {
                throw SyntaxFault.at(at, "the value of a tag", RULE);
            }
        }
    }

    static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && blank(text.charAt(from))) {
            from++;
        }
        while (to > from && blank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /// Without any blank.
    static String squeezed(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!blank(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    /// What stands between the separators, without the blanks around each.
    static List<String> items(String text, char separator) {
        List<String> items = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            items.add(trimmed(text.substring(from, at)));
            from = at + 1;
        }
        items.add(trimmed(text.substring(from)));
        return items;
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(tags.get(name));
    }

    String get(String name) {
        return Objects.requireNonNull(tags.get(name));
    }

    boolean has(String name) {
        return tags.containsKey(name);
    }

    /// @throws SyntaxFault when it is missing or empty
    String needed(String name) {
        String value = tags.get(name);
        if (value == null || value.isEmpty()) {
            throw SyntaxFault.at(-1, "the tag " + name + "=", RULE);
        }
        return value;
    }
}
