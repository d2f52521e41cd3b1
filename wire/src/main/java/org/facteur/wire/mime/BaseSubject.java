package org.facteur.wire.mime;

import java.util.Locale;

/// A subject without what replies, forwards and lists put around it (RFC 5256 §2.1).
///
/// @param text lower case, blanks folded
/// @param reply whether a mark of reply or forward was taken off
public record BaseSubject(String text, boolean reply) {
    /// Takes a decoded subject.
    public static BaseSubject of(String subject) {
        String text = folded(subject).toLowerCase(Locale.ROOT);
        boolean reply = false;
        while (true) {
            int end = trailer(text);
            reply |= end < text.length() && text.endsWith("(fwd)");
            text = text.substring(0, end);
            int start = 0;
            while (true) {
                int next = leader(text, start);
                if (next > start) {
                    reply = true;
                    start = next;
                    continue;
                }
                next = blob(text, start);
                if (next == start || next == text.length()) {
                    break;
                }
                start = next;
            }
            text = text.substring(start);
            if (!text.startsWith("[fwd:") || !text.endsWith("]")) {
                return new BaseSubject(text, reply);
            }
            text = text.substring(5, text.length() - 1).strip();
            reply = true;
        }
    }

    private static String folded(String subject) {
        StringBuilder text = new StringBuilder(subject.length());
        boolean blank = false;
        for (int i = 0; i < subject.length(); i++) {
            char c = subject.charAt(i);
            if (c == ' ' || c == '\t' || c == 0xA0) {
                blank = !text.isEmpty();
            } else {
                text.append(blank ? " " : "").append(c);
                blank = false;
            }
        }
        return text.toString();
    }

    // subj-trailer = "(fwd)" / WSP
    private static int trailer(String text) {
        int end = text.length();
        while (true) {
            if (end > 0 && text.charAt(end - 1) == ' ') {
                end--;
            } else if (end >= 5 && text.startsWith("(fwd)", end - 5)) {
                end -= 5;
            } else {
                return end;
            }
        }
    }

    // subj-leader = (*subj-blob subj-refwd) / WSP    subj-refwd = ("re" / ("fw" ["d"])) *WSP
    // [subj-blob] ":"
    private static int leader(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        int from = at;
        for (int next = blob(text, at); next > at; next = blob(text, at)) {
            at = next;
        }
        if (text.startsWith("re", at)) {
            at += 2;
        } else if (text.startsWith("fwd", at)) {
            at += 3;
        } else if (text.startsWith("fw", at)) {
            at += 2;
        } else {
            return from > start ? from : start;
        }
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        at = blob(text, at);
        if (at >= text.length() || text.charAt(at) != ':') {
            return from > start ? from : start;
        }
        at++;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    // subj-blob = "[" *BLOBCHAR "]" *WSP    BLOBCHAR = any but "[" and "]"
    private static int blob(String text, int start) {
        if (start >= text.length() || text.charAt(start) != '[') {
            return start;
        }
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != ']') {
            if (text.charAt(at) == '[') {
                return start;
            }
            at++;
        }
        if (at == text.length()) {
            return start;
        }
        at++;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }
}
