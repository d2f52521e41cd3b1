package org.facteur.edge.web;

/// Plain text of a letter as HTML: lines stay lines, what was quoted stands back, addresses of the
/// web become links. In time linear to the text.
final class PlainText {
    private static final int MOST_LINKS = 2000;
    private static final int LONGEST_URL = 2000;
    private static final int DEEPEST_QUOTE = 5;

    private final String text;
    private final StringBuilder out;
    private int links;

    private PlainText(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length() + text.length() / 4 + 64);
    }

    static String toHtml(String text) {
        return new PlainText(text).write();
    }

    private String write() {
        int depth = 0;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String line = text.substring(at, end);
            if (line.endsWith("\r")) {
                line = line.substring(0, line.length() - 1);
            }
            int wanted = quoteDepth(line);
            for (; depth < wanted; depth++) {
                out.append("<blockquote>");
            }
            for (; depth > wanted; depth--) {
                out.append("</blockquote>");
            }
            line(wanted == 0 ? line : afterQuote(line));
            out.append('\n');
            at = end + 1;
        }
        for (; depth > 0; depth--) {
            out.append("</blockquote>");
        }
        return out.toString();
    }

    private static int quoteDepth(String line) {
        int depth = 0;
        for (int i = 0; i < line.length() && depth < DEEPEST_QUOTE; i++) {
            char c = line.charAt(i);
            if (c == '>') {
                depth++;
            } else if (c != ' ' || depth == 0) {
                break;
            }
        }
        return depth;
    }

    private static String afterQuote(String line) {
        int at = 0;
        int depth = 0;
        while (at < line.length() && depth < DEEPEST_QUOTE) {
            char c = line.charAt(at);
            if (c == '>') {
                depth++;
            } else if (c != ' ') {
                break;
            }
            at++;
        }
        return at < line.length() && line.charAt(at) == ' '
                ? line.substring(at + 1)
                : line.substring(at);
    }

    private void line(String line) {
        int at = 0;
        while (at < line.length()) {
            int found = nextLink(line, at);
            if (found < 0 || links >= MOST_LINKS) {
                break;
            }
            int end = linkEnd(line, found);
            out.append(LetterHtml.escape(line.substring(at, found)));
            String url = LetterHtml.escape(line.substring(found, end));
            out.append("<a target=\"_blank\" rel=\"noopener noreferrer nofollow\" href=\"")
                    .append(url)
                    .append("\">")
                    .append(url)
                    .append("</a>");
            links++;
            at = end;
        }
        out.append(LetterHtml.escape(line.substring(at)));
    }

    private static int nextLink(String line, int from) {
        int http = line.indexOf("http", from);
        while (http >= 0) {
            if (line.startsWith("://", http + 4) || line.startsWith("s://", http + 4)) {
                return http;
            }
            http = line.indexOf("http", http + 4);
        }
        return -1;
    }

    /// Behind the link; what ends a sentence or closes a bracket opened before is not part of it.
    private static int linkEnd(String line, int from) {
        int end = from;
        while (end < line.length()
                && end - from < LONGEST_URL
                && line.charAt(end) > ' '
                && "<>\"`".indexOf(line.charAt(end)) < 0
                && !Character.isSpaceChar(line.charAt(end))) {
            end++;
        }
        boolean opened = line.lastIndexOf('(', end - 1) > from;
        while (end > from
                && (".,;:!?'»]}".indexOf(line.charAt(end - 1)) >= 0
                        || (line.charAt(end - 1) == ')' && !opened))) {
            end--;
        }
        return end;
    }
}
