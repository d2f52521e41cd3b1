package org.facteur.core.filter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What matters of a letter's HTML besides its text: where links go and what they show, forms, and
/// which elements it is made of. One pass, no tree; never fails.
final class HtmlScan {
    private static final int MOST_LINKS = 200;
    private static final int LONGEST_TARGET = 2000;
    private static final int LONGEST_SHOWN = 300;
    private static final int MOST_MARKS = 200;

    private final String html;
    private final List<Link> links = new ArrayList<>();
    private final Set<String> marks = new LinkedHashSet<>();
    private final StringBuilder shown = new StringBuilder();
    private String target = "";
    private boolean inLink;
    private int at;

    /// A link.
    ///
    /// @param target as written, entities undone, cut
    /// @param shown the text between its tags, cut
    record Link(String target, String shown) {}

    /// @param marks names of elements, and of what stands out in them
    record Result(List<Link> links, Set<String> marks) {
        Result {
            links = List.copyOf(links);
            marks = Set.copyOf(marks);
        }
    }

    private HtmlScan(String html) {
        this.html = html;
    }

    static Result of(String html) {
        return new HtmlScan(html).scan();
    }

    private Result scan() {
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<') {
                tag();
            } else {
                if (inLink && shown.length() < LONGEST_SHOWN) {
                    shown.append(c < ' ' ? ' ' : c);
                }
                at++;
            }
        }
        endLink();
        return new Result(links, marks);
    }

    private void tag() {
        if (html.startsWith("<!--", at)) {
            int end = html.indexOf("-->", at + 4);
            mark("comment");
            at = end < 0 ? html.length() : end + 3;
            return;
        }
        boolean closing = at + 1 < html.length() && html.charAt(at + 1) == '/';
        int from = at + (closing ? 2 : 1);
        int to = from;
        while (to < html.length() && to - from < 16 && isName(html.charAt(to))) {
            to++;
        }
        String name = html.substring(from, to).toLowerCase(Locale.ROOT);
        int end = end(to);
        if (closing) {
            if (name.equals("a")) {
                endLink();
            }
        } else if (!name.isEmpty()) {
            mark(name);
            attributes(name, to, end);
        }
        at = Math.min(html.length(), end + 1);
    }

    private static boolean isName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private int end(int from) {
        int i = from;
        while (i < html.length() && html.charAt(i) != '>') {
            char c = html.charAt(i);
            if ((c == '"' || c == '\'') && html.charAt(i - 1) == '=') {
                int close = html.indexOf(c, i + 1);
                i = close < 0 ? html.length() - 1 : close;
            }
            i++;
        }
        return i;
    }

    private void attributes(String element, int from, int end) {
        int i = from;
        while (i < end) {
            while (i < end && !isName(html.charAt(i))) {
                i++;
            }
            int name = i;
            while (i < end && (isName(html.charAt(i)) || html.charAt(i) == '-')) {
                i++;
            }
            String attribute = html.substring(name, i).toLowerCase(Locale.ROOT);
            while (i < end && html.charAt(i) <= ' ') {
                i++;
            }
            if (i >= end || html.charAt(i) != '=') {
                continue;
            }
            i++;
            while (i < end && html.charAt(i) <= ' ') {
                i++;
            }
            char quote = i < end ? html.charAt(i) : 0;
            int value = quote == '"' || quote == '\'' ? i + 1 : i;
            int stop = value;
            while (stop < end
                    && (value > i ? html.charAt(stop) != quote : html.charAt(stop) > ' ')) {
                stop++;
            }
            attribute(
                    element,
                    attribute,
                    html.substring(value, Math.min(stop, value + LONGEST_TARGET)));
            i = stop + 1;
        }
    }

    private void attribute(String element, String name, String value) {
        String plain = value.strip().replace("&amp;", "&");
        if (element.equals("a") && name.equals("href")) {
            endLink();
            inLink = true;
            target = plain;
        } else if (element.equals("form") && name.equals("action")) {
            links.add(new Link(plain, ""));
        } else if (name.equals("src")) {
            mark(plain.startsWith("cid:") ? element + "-inside" : element + "-remote");
        } else if (element.equals("input") && name.equals("type")) {
            mark("input-" + plain.toLowerCase(Locale.ROOT));
        } else if (name.equals("color") || name.equals("bgcolor")) {
            mark("color-" + plain.toLowerCase(Locale.ROOT));
        } else if (name.equals("style")) {
            String style = plain.toLowerCase(Locale.ROOT).replace(" ", "");
            if (style.contains("display:none") || style.contains("font-size:0")) {
                mark("hidden");
            }
        } else if (name.startsWith("on")) {
            mark("handler");
        }
    }

    private void endLink() {
        if (inLink && links.size() < MOST_LINKS) {
            links.add(new Link(target, shown.toString().strip()));
        }
        inLink = false;
        shown.setLength(0);
    }

    private void mark(String mark) {
        if (marks.size() < MOST_MARKS && mark.length() <= 40) {
            marks.add(mark);
        }
    }
}
