package org.facteur.wire.mime;

import java.util.Map;
import java.util.Set;

/// Takes the text out of HTML for previews and search: one pass, no tree, nothing is rendered.
///
/// The result is text and never markup to show: it may hold `<` that was written as `&lt;`.
final class HtmlText {
    private static final Set<String> SKIPPED =
            Set.of("script", "style", "title", "template", "noscript", "svg");
    private static final Set<String> BREAKS =
            Set.of(
                    "p",
                    "div",
                    "br",
                    "tr",
                    "li",
                    "ul",
                    "ol",
                    "table",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "hr",
                    "blockquote",
                    "pre",
                    "section",
                    "article",
                    "header",
                    "footer",
                    "td",
                    "th");
    private static final Map<String, String> ENTITIES =
            Map.ofEntries(
                    Map.entry("amp", "&"),
                    Map.entry("lt", "<"),
                    Map.entry("gt", ">"),
                    Map.entry("quot", "\""),
                    Map.entry("apos", "'"),
                    Map.entry("nbsp", " "),
                    Map.entry("eacute", "é"),
                    Map.entry("egrave", "è"),
                    Map.entry("ecirc", "ê"),
                    Map.entry("euml", "ë"),
                    Map.entry("agrave", "à"),
                    Map.entry("acirc", "â"),
                    Map.entry("auml", "ä"),
                    Map.entry("ccedil", "ç"),
                    Map.entry("icirc", "î"),
                    Map.entry("iuml", "ï"),
                    Map.entry("ocirc", "ô"),
                    Map.entry("ouml", "ö"),
                    Map.entry("ugrave", "ù"),
                    Map.entry("ucirc", "û"),
                    Map.entry("uuml", "ü"),
                    Map.entry("szlig", "ß"),
                    Map.entry("Eacute", "É"),
                    Map.entry("Agrave", "À"),
                    Map.entry("euro", "€"),
                    Map.entry("copy", "©"),
                    Map.entry("reg", "®"),
                    Map.entry("hellip", "…"),
                    Map.entry("ndash", "–"),
                    Map.entry("mdash", "—"),
                    Map.entry("lsquo", "‘"),
                    Map.entry("rsquo", "’"),
                    Map.entry("ldquo", "“"),
                    Map.entry("rdquo", "”"),
                    Map.entry("laquo", "«"),
                    Map.entry("raquo", "»"),
                    Map.entry("zwnj", ""),
                    Map.entry("zwj", ""),
                    Map.entry("shy", ""),
                    Map.entry("oelig", "œ"));

    private final String html;
    private final int most;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private HtmlText(String html, int most) {
        this.html = html;
        this.most = most;
    }

    /// @param most characters to give at most
    static String of(String html, int most) {
        return new HtmlText(html, most).read();
    }

    private String read() {
        while (at < html.length() && text.length() < most) {
            char c = html.charAt(at);
            if (c == '<') {
                markup();
            } else if (c == '&') {
                entity();
            } else {
                text.append(c == '\r' || c == '\n' || c == '\t' ? ' ' : c);
                at++;
            }
        }
        return text.length() > most ? text.substring(0, most) : text.toString();
    }

    private void markup() {
        if (html.startsWith("<!--", at)) {
            int end = html.indexOf("-->", at + 4);
            at = end < 0 ? html.length() : end + 3;
            return;
        }
        int nameStart = at + 1 + (at + 1 < html.length() && html.charAt(at + 1) == '/' ? 1 : 0);
        int nameEnd = nameStart;
        while (nameEnd < html.length()
                && nameEnd - nameStart < 16
                && letterOrDigit(html.charAt(nameEnd))) {
            nameEnd++;
        }
        boolean declaration =
                nameStart < html.length() && "!?".indexOf(html.charAt(nameStart)) >= 0;
        if (nameEnd == nameStart && !declaration) {
            text.append('<');
            at++;
            return;
        }
        String name = html.substring(nameStart, nameEnd).toLowerCase(java.util.Locale.ROOT);
        boolean opening = nameStart == at + 1;
        tagEnd(nameEnd);
        if (opening && SKIPPED.contains(name)) {
            skip(name);
        } else if (BREAKS.contains(name)) {
            text.append('\n');
        }
    }

    private static boolean letterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /// Behind the tag's `>`, quoted values counted; an unclosed quote ends at the next `>` all the
    /// same when no other quote follows.
    private void tagEnd(int from) {
        int i = from;
        while (i < html.length() && html.charAt(i) != '>') {
            char c = html.charAt(i);
            if ((c == '"' || c == '\'') && html.charAt(i - 1) == '=') {
                int close = html.indexOf(c, i + 1);
                i = close < 0 ? html.length() - 1 : close;
            }
            i++;
        }
        at = Math.min(i + 1, html.length());
    }

    private void skip(String name) {
        while (at < html.length()) {
            int end = html.indexOf("</", at);
            if (end < 0) {
                at = html.length();
                return;
            }
            at = end + 2;
            if (html.regionMatches(true, at, name, 0, name.length())) {
                tagEnd(at + name.length());
                return;
            }
        }
    }

    private void entity() {
        int end = at + 1;
        while (end < html.length()
                && end - at < 12
                && (letterOrDigit(html.charAt(end)) || html.charAt(end) == '#')) {
            end++;
        }
        String name = html.substring(at + 1, end);
        String plain = name.startsWith("#") ? numbered(name) : ENTITIES.get(name);
        if (plain == null) {
            text.append('&');
            at++;
            return;
        }
        text.append(plain);
        at = end < html.length() && html.charAt(end) == ';' ? end + 1 : end;
    }

    private static @org.jspecify.annotations.Nullable String numbered(String name) {
        boolean hex = name.length() > 1 && (name.charAt(1) | 0x20) == 'x';
        long value = 0;
        int from = hex ? 2 : 1;
        if (name.length() == from) {
            return null;
        }
        for (int i = from; i < name.length(); i++) {
            int digit = Character.digit(name.charAt(i), hex ? 16 : 10);
            if (digit < 0) {
                return null;
            }
            value = value * (hex ? 16 : 10) + digit;
        }
        boolean usable =
                value >= 0x20 && value <= 0x10FFFF && !(value >= 0xD800 && value <= 0xDFFF);
        return usable ? Character.toString((int) value) : "";
    }
}
