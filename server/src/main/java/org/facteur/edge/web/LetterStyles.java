package org.facteur.edge.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Makes style sheets of letters harmless: rules whose selectors and values are plain stay, all
/// else goes. One pass, bounded; any thread.
///
/// Kept are rules by element, class and id, also within `@media` by width or colour scheme. Gone
/// are imports, fonts, animations, everything with an address, an escape or a function, and
/// properties that place something over something else. Names of classes and ids get a prefix, so
/// that they never meet ours.
///
/// The policy of the document is the wall behind this one: even what slipped through could load
/// nothing.
final class LetterStyles {
    /// Before classes and ids of letters.
    static final String PREFIX = "l-";

    private static final int LONGEST = 200_000;
    private static final int MOST_RULES = 2000;
    private static final int LONGEST_SELECTOR = 1000;
    private static final int LONGEST_NAME = 100;

    private final String css;
    private final UnaryOperator<String> declarations;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int rules;

    /// @param declarations cleans what stands between braces, as it would in a `style` attribute
    private LetterStyles(String css, UnaryOperator<String> declarations) {
        this.css = css;
        this.declarations = declarations;
    }

    /// A style sheet as it may stand in a document.
    static String clean(String css, UnaryOperator<String> declarations) {
        String plain = withoutComments(css.substring(0, Math.min(css.length(), LONGEST)));
        LetterStyles one = new LetterStyles(plain, declarations);
        one.rules(false);
        return one.out.toString();
    }

    private static String withoutComments(String css) {
        StringBuilder out = new StringBuilder(css.length());
        int at = 0;
        for (int open = css.indexOf("/*"); open >= 0; open = css.indexOf("/*", at)) {
            out.append(css, at, open).append(' ');
            int close = css.indexOf("*/", open + 2);
            at = close < 0 ? css.length() : close + 2;
        }
        return out.append(css, at, css.length())
                .toString()
                .replace("<!--", " ")
                .replace("-->", " ");
    }

    /// Rules up to the end, or up to the brace that ends a group; groups do not nest.
    private void rules(boolean within) {
        while (at < css.length() && rules < MOST_RULES) {
            int brace = next("{;}");
            if (brace >= css.length()) {
                at = css.length();
                return;
            }
            String before = css.substring(at, brace).strip();
            at = brace + 1;
            switch (css.charAt(brace)) {
                case '}' -> {
                    if (within) {
                        return;
                    }
                }
                case '{' -> block(before, within);
                default -> {
                    // A statement: `@import`, `@charset`, `@namespace`. None stays.
                }
            }
        }
    }

    private void block(String before, boolean within) {
        rules++;
        if (!before.startsWith("@")) {
            int end = next("}");
            String selectors = selectors(before);
            String kept =
                    selectors.isEmpty()
                            ? ""
                            : declarations.apply(css.substring(at, Math.min(end, css.length())));
            at = Math.min(css.length(), end + 1);
            if (!kept.isBlank() && harmless(kept)) {
                out.append(selectors).append('{').append(kept).append("}\n");
            }
            return;
        }
        String query = before.toLowerCase(Locale.ROOT);
        if (!within && query.startsWith("@media ") && plainQuery(query)) {
            out.append(query).append("{\n");
            rules(true);
            out.append("}\n");
        } else {
            skip();
        }
    }

    /// Past the brace that closes the one that was opened.
    private void skip() {
        for (int depth = 1; at < css.length() && depth > 0; at++) {
            char c = css.charAt(at);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
    }

    /// Where one of these characters stands outside strings; the end where none does.
    private int next(String wanted) {
        char quote = 0;
        for (int i = at; i < css.length(); i++) {
            char c = css.charAt(i);
            if (quote != 0) {
                quote = c == quote || c == '\n' ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (wanted.indexOf(c) >= 0) {
                return i;
            }
        }
        return css.length();
    }

    private static boolean plainQuery(String query) {
        return query.length() <= LONGEST_SELECTOR
                && query.substring(1)
                        .chars()
                        .allMatch(
                                c ->
                                        (c >= 'a' && c <= 'z')
                                                || (c >= '0' && c <= '9')
                                                || " ()-:,.".indexOf(c) >= 0)
                && !query.contains("url");
    }

    /// What the cleaning of declarations left is looked at once more.
    private static boolean harmless(String kept) {
        String lower = kept.toLowerCase(Locale.ROOT);
        for (String sign :
                List.of("url", "@", "<", ">", "{", "}", "\\", "expression", "image", "var(")) {
            if (lower.contains(sign)) {
                return false;
            }
        }
        return true;
    }

    /// Selectors of a rule that are plain, joined; empty for none.
    private static String selectors(String text) {
        if (text.length() > LONGEST_SELECTOR) {
            return "";
        }
        List<String> kept = new ArrayList<>();
        for (String each : text.split(",", 100)) {
            String selector = selector(each.strip());
            if (!selector.isEmpty()) {
                kept.add(selector);
            }
        }
        return String.join(",", kept);
    }

    /// One selector of elements, classes and ids; empty where it is anything more.
    private static String selector(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' || c == '#') {
                out.append(c).append(PREFIX);
            } else if (nameChar(c) || c == ' ' || c == '>' || c == '+' || c == '~' || c == '*') {
                out.append(c);
            } else if (c == ':' && known(text, i)) {
                out.append(c);
            } else {
                return "";
            }
        }
        return out.toString();
    }

    private static final Set<String> PSEUDO =
            Set.of("hover", "first-child", "last-child", "link", "visited", "active");

    private static boolean known(String text, int colon) {
        int end = colon + 1;
        while (end < text.length() && nameChar(text.charAt(end))) {
            end++;
        }
        return PSEUDO.contains(text.substring(colon + 1, end).toLowerCase(Locale.ROOT));
    }

    private static boolean nameChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_';
    }

    /// Class or id of an element with its prefix; empty for what is none.
    static String names(String value) {
        List<String> kept = new ArrayList<>();
        for (String each : value.replace('\t', ' ').replace('\n', ' ').split(" ", 30)) {
            boolean plain =
                    !each.isEmpty()
                            && each.length() <= LONGEST_NAME
                            && each.chars().allMatch(c -> nameChar((char) c));
            if (plain) {
                kept.add(PREFIX + each);
            }
        }
        return String.join(" ", kept);
    }

    /// The style sheets of an HTML text, joined, at most so much as is looked at.
    static String in(String html) {
        StringBuilder all = new StringBuilder();
        String lower = html.toLowerCase(Locale.ROOT);
        int open = lower.indexOf("<style");
        while (open >= 0 && all.length() < LONGEST) {
            int from = lower.indexOf('>', open) + 1;
            int end = from == 0 ? -1 : lower.indexOf("</style", from);
            if (end < 0) {
                break;
            }
            all.append(html, from, end).append('\n');
            open = lower.indexOf("<style", end);
        }
        return all.toString();
    }
}
