package org.facteur.wire.sieve;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.facteur.wire.text.MailCharsets;

/// `${hex:24 24}` and `${unicode:20ac}` in texts (RFC 5228 §2.4.2.4).
final class EncodedCharacters {
    private static final int MOST_DIGITS = 6;

    private EncodedCharacters() {}

    // encoded-arb-octets = "${hex:" hex-pair-seq "}"
    // encoded-unicode-char = "${unicode:" unicode-hex-seq "}"
    /// The text with all encoded characters in their place; what only looks like one stays.
    ///
    /// @throws ScriptFault for a number that is no character
    static String decode(String text, Position at) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        int from = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", open + 2)) {
            boolean hex = text.regionMatches(true, open + 2, "hex:", 0, 4);
            if (!hex && !text.regionMatches(true, open + 2, "unicode:", 0, 8)) {
                continue;
            }
            int start = open + (hex ? 6 : 10);
            int close = numbersEnd(text, start);
            if (close == text.length() || text.charAt(close) != '}') {
                continue;
            }
            byte[] before = text.substring(from, open).getBytes(StandardCharsets.UTF_8);
            boolean done =
                    hex
                            ? hex(text, start, close, out, before)
                            : unicode(text.substring(start, close), out, before, at);
            if (done) {
                from = close + 1;
                open = close - 1;
            }
        }
        if (from == 0) {
            return text;
        }
        out.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        byte[] octets = out.toByteArray();
        return MailCharsets.isUtf8(octets, 0, octets.length)
                ? new String(octets, StandardCharsets.UTF_8)
                : new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static int numbersEnd(String text, int from) {
        int i = from;
        while (i < text.length() && (isBlank(text.charAt(i)) || allHex(text, i, i + 1))) {
            i++;
        }
        return i;
    }

    // hex-pair-seq = *blank hex-pair *(1*blank hex-pair) *blank
    private static boolean hex(
            String text, int from, int to, ByteArrayOutputStream out, byte[] before) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int i = from;
        while (i < to) {
            if (isBlank(text.charAt(i))) {
                i++;
                continue;
            }
            int end = i;
            while (end < to && !isBlank(text.charAt(end))) {
                end++;
            }
            int value = end - i <= 2 ? number(text, i, end) : -1;
            if (value < 0) {
                return false;
            }
            octets.write(value);
            i = end;
        }
        if (octets.size() == 0) {
            return false;
        }
        out.writeBytes(before);
        out.writeBytes(octets.toByteArray());
        return true;
    }

    // unicode-hex-seq = *blank unicode-hex *(1*blank unicode-hex) *blank
    private static boolean unicode(
            String numbers, ByteArrayOutputStream out, byte[] before, Position at) {
        StringBuilder points = new StringBuilder();
        int i = 0;
        while (i < numbers.length()) {
            if (isBlank(numbers.charAt(i))) {
                i++;
                continue;
            }
            int end = i;
            while (end < numbers.length() && !isBlank(numbers.charAt(end))) {
                end++;
            }
            int significant = i;
            while (significant < end - 1 && numbers.charAt(significant) == '0') {
                significant++;
            }
            int value = end - significant <= MOST_DIGITS ? number(numbers, significant, end) : -1;
            if (value < 0 && !allHex(numbers, i, end)) {
                return false;
            }
            if (value < 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
                throw new ScriptFault(
                        at, SieveComplaint.BAD_VALUE, "${unicode:" + numbers.strip() + "}");
            }
            points.appendCodePoint(value);
            i = end;
        }
        if (points.isEmpty()) {
            return false;
        }
        out.writeBytes(before);
        out.writeBytes(points.toString().getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean allHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
                return false;
            }
        }
        return true;
    }

    /// -1 for what is no hexadecimal number.
    private static int number(String text, int from, int to) {
        return to > from && allHex(text, from, to)
                ? Integer.parseInt(text.substring(from, to), 16)
                : -1;
    }
}
