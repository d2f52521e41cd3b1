package org.facteur.trial.talk;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A line of a transcript as it is expected: `*` is anything, `$name` what was captured before, or
/// one word to capture now.
record LinePattern(String text) {
    /// Compares a line.
    ///
    /// @return what is captured afterwards; empty when the line is another
    Optional<Map<String, String>> match(String line, Map<String, String> captured) {
        Map<String, String> names = new HashMap<>(captured);
        return match(0, line, 0, names) ? Optional.of(names) : Optional.empty();
    }

    /// Transcripts are ours, and short: trying every length of a `*` is no danger here.
    private boolean match(int at, String line, int from, Map<String, String> names) {
        int p = at;
        int l = from;
        while (p < text.length()) {
            char c = text.charAt(p);
            if (c == '*' && !isUntagged(p)) {
                for (int end = l; end <= line.length(); end++) {
                    if (match(p + 1, line, end, names)) {
                        return true;
                    }
                }
                return false;
            }
            if (c == '$' && p + 1 < text.length() && Character.isLetter(text.charAt(p + 1))) {
                String name = name(p + 1);
                String known = names.get(name);
                if (known == null) {
                    int end = endOfWord(line, l);
                    if (end == l) {
                        return false;
                    }
                    names.put(name, line.substring(l, end));
                    l = end;
                } else if (line.startsWith(known, l)) {
                    l += known.length();
                } else {
                    return false;
                }
                p += 1 + name.length();
                continue;
            }
            if (l >= line.length() || line.charAt(l) != c) {
                return false;
            }
            p++;
            l++;
        }
        return l == line.length();
    }

    /// A `* ` at the very start is IMAP's mark of an untagged response.
    private boolean isUntagged(int at) {
        return at == 0 && text.startsWith("* ");
    }

    private String name(int from) {
        int end = from;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(from, end);
    }

    private static int endOfWord(String line, int from) {
        int end = from;
        while (end < line.length() && " ])>".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /// The text with names replaced by what they stand for. `$` before anything else is itself.
    static String expand(String text, Map<String, String> names) {
        StringBuilder expanded = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '$') {
                String name = new LinePattern(text).name(at + 1);
                String value = names.get(name);
                if (value != null) {
                    expanded.append(value);
                    at += 1 + name.length();
                    continue;
                }
            }
            expanded.append(text.charAt(at++));
        }
        return expanded.toString();
    }
}
