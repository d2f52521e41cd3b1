package org.facteur.wire.mime;

/// The first words of a letter (RFC 8970 §3.1).
final class Preview {
    private static final int LONGEST = 256;

    private Preview() {}

    /// At most 256 characters: quoted lines at the beginning, and the line that announces them, are
    /// left out; blanks are folded; controls and invisible filling are dropped.
    static String of(String text) {
        String own = folded(text, afterQuote(text));
        return own.isEmpty() ? folded(text, 0) : own;
    }

    /// The preview of a text of which this is the beginning, or empty when it takes more of the
    /// text to tell.
    static String begunBy(String text) {
        int from = afterQuote(text);
        String own = folded(text, from);
        boolean enough = own.length() >= LONGEST - 1 && text.length() - from > 4 * LONGEST;
        return enough ? own : "";
    }

    /// Behind the leading quoted lines; 0 where the text does not begin with a quote.
    private static int afterQuote(String text) {
        int at = 0;
        int after = 0;
        int introductions = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end + 1;
            String line = text.substring(at, end).strip();
            if (line.startsWith(">")) {
                after = end;
                introductions = 3;
            } else if (!line.isEmpty()) {
                boolean introduces = introductions < 2 && (after == 0) && line.length() < 200;
                boolean ends = line.endsWith(":");
                if (!introduces || (introductions == 1 && !ends)) {
                    break;
                }
                introductions = ends ? 2 : 1;
            }
            at = end;
        }
        return after;
    }

    private static String folded(String text, int from) {
        StringBuilder out = new StringBuilder(LONGEST);
        boolean blank = false;
        int count = 0;
        for (int i = from; i < text.length() && count < LONGEST; ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point <= ' '
                    || point == 0xA0
                    || Character.isWhitespace(point)
                    || Character.isSpaceChar(point)) {
                blank = count > 0;
            } else if (visible(point)) {
                if (blank && ++count == LONGEST) {
                    break;
                }
                out.append(blank ? " " : "").appendCodePoint(point);
                blank = false;
                count++;
            }
        }
        return out.toString();
    }

    private static boolean visible(int point) {
        int type = Character.getType(point);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && point != 0x34F
                && point != 0xFFFC;
    }
}
