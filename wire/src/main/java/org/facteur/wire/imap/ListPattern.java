package org.facteur.wire.imap;

import java.util.Locale;

/// The wildcards of LIST (RFC 9051 §6.3.9): `*` stands for anything, `%` for anything within one
/// level.
///
/// Matching keeps the set of places in the pattern that the name so far can have led to, one bit
/// each: its time is the length of the name times that of the pattern over 64, whatever both hold.
/// INBOX matches in any case. Immutable.
public final class ListPattern {
    private final String pattern;

    /// Bit i: the pattern's character i is a wildcard of either kind; words of 64.
    private final long[] wild;

    private final int words;

    /// @param reference put in front as it is (RFC 9051 §6.3.9)
    /// @param pattern as the client sent it, decoded
    public ListPattern(String reference, String pattern) {
        this.pattern = collapsed(reference + pattern);
        this.words = this.pattern.length() / 64 + 1;
        this.wild = new long[words];
        for (int i = 0; i < this.pattern.length(); i++) {
            if (isWild(this.pattern.charAt(i))) {
                wild[i / 64] |= 1L << (i % 64);
            }
        }
    }

    /// Runs of wildcards in one: a run with `*` in it is `*`, else `%`.
    private static String collapsed(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int last = out.length() - 1;
            if (isWild(c) && last >= 0 && isWild(out.charAt(last))) {
                if (c == '*') {
                    out.setCharAt(last, '*');
                }
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isWild(char c) {
        return c == '*' || c == '%';
    }

    /// Whether a mailbox has a name the pattern stands for.
    public boolean matches(MailboxPath name) {
        if (matches(name.text(), pattern)) {
            return true;
        }
        return name.text().startsWith("INBOX") && matches(name.text(), inboxInUpperCase());
    }

    /// Whether any mailbox below this one could match: lets a walk through a tree stop early.
    public boolean mayMatchBelow(MailboxPath parent) {
        long[] places = run(parent.text() + MailboxPath.DELIMITER, pattern);
        for (int w = 0; w < words; w++) {
            if (places[w] != 0) {
                return true;
            }
        }
        return false;
    }

    private String inboxInUpperCase() {
        int end = 0;
        while (end < pattern.length() && pattern.charAt(end) != MailboxPath.DELIMITER) {
            end++;
        }
        return pattern.substring(0, end).toUpperCase(Locale.ROOT) + pattern.substring(end);
    }

    private boolean matches(String name, String by) {
        if (by.length() != pattern.length()) {
            return false;
        }
        long[] places = run(name, by);
        int end = by.length();
        return (places[end / 64] & (1L << (end % 64))) != 0;
    }

    /// The places in the pattern that may be next once all of `name` is read.
    private long[] run(String name, String by) {
        long[] places = new long[words];
        places[0] = 1;
        skipWild(places);
        for (int i = 0; i < name.length(); i++) {
            places = step(places, name.charAt(i), by);
        }
        return places;
    }

    private long[] step(long[] places, char c, String by) {
        long[] next = new long[words];
        for (int w = 0; w < words; w++) {
            long rest = places[w];
            while (rest != 0) {
                int at = w * 64 + Long.numberOfTrailingZeros(rest);
                rest &= rest - 1;
                if (at < by.length()) {
                    char p = by.charAt(at);
                    if (p == '*' || (p == '%' && c != MailboxPath.DELIMITER)) {
                        next[w] |= 1L << (at % 64);
                    } else if (!isWild(p) && p == c) {
                        next[(at + 1) / 64] |= 1L << ((at + 1) % 64);
                    }
                }
            }
        }
        skipWild(next);
        return next;
    }

    /// A wildcard may stand for nothing. Two never stand side by side, so one pass is enough.
    private void skipWild(long[] places) {
        long carry = 0;
        for (int w = 0; w < words; w++) {
            long passing = places[w] & wild[w];
            places[w] |= (passing << 1) | carry;
            carry = passing >>> 63;
        }
    }

    @Override
    public String toString() {
        return pattern;
    }
}
