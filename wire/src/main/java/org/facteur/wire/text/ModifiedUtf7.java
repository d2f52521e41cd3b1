package org.facteur.wire.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Modified UTF-7, in which IMAP4rev1 writes mailbox names (RFC 3501 §5.1.3).
///
/// Printable ASCII stands for itself, `&` is `&-`, all else is UTF-16 in base64 with `,` for `/`
/// between `&` and `-`. Decoding is strict, so that one name has one spelling: no base64 for
/// printable ASCII, no two runs side by side, no left-over bits, no lone surrogates, no octets
/// outside printable ASCII.
public final class ModifiedUtf7 {
    private static final String RULE = "RFC 3501 §5.1.3";
    private static final String DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
    private static final byte[] VALUES = values();

    private ModifiedUtf7() {}

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < 64; i++) {
            values[DIGITS.charAt(i)] = (byte) i;
        }
        return values;
    }

    /// Writes a name. A lone surrogate becomes U+FFFD, so that what is written can always be read.
    ///
    /// @return printable ASCII
    public static String encode(String name) {
        StringBuilder out = new StringBuilder(name.length() + 8);
        int i = 0;
        while (i < name.length()) {
            char c = name.charAt(i);
            if (isDirect(c)) {
                out.append(c == '&' ? "&-" : String.valueOf(c));
                i++;
            } else {
                int end = i;
                while (end < name.length() && !isDirect(name.charAt(end))) {
                    end++;
                }
                encodeRun(name, i, end, out);
                i = end;
            }
        }
        return out.toString();
    }

    private static void encodeRun(String name, int from, int to, StringBuilder out) {
        out.append('&');
        int bits = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            bits = (bits << 16) | wellFormed(name, i);
            count += 16;
            while (count >= 6) {
                count -= 6;
                out.append(DIGITS.charAt((bits >> count) & 63));
            }
            bits &= (1 << count) - 1;
        }
        if (count > 0) {
            out.append(DIGITS.charAt((bits << (6 - count)) & 63));
        }
        out.append('-');
    }

    private static char wellFormed(String name, int i) {
        char c = name.charAt(i);
        boolean paired =
                Character.isHighSurrogate(c)
                        ? i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))
                        : i > 0 && Character.isHighSurrogate(name.charAt(i - 1));
        return Character.isSurrogate(c) && !paired ? '\uFFFD' : c;
    }

    /// Reads a name.
    ///
    /// @throws SyntaxFault when it is not exactly what [#encode] writes for some name
    public static String decode(byte[] encoded) {
        StringBuilder out = new StringBuilder(encoded.length);
        int i = 0;
        boolean afterRun = false;
        while (i < encoded.length) {
            byte b = encoded[i];
            if (b < 0 || !isDirect((char) b)) {
                throw SyntaxFault.at(i, "printable ASCII", RULE);
            }
            if (b != '&') {
                out.append((char) b);
                i++;
                afterRun = false;
            } else if (i + 1 < encoded.length && encoded[i + 1] == '-') {
                out.append('&');
                i += 2;
                afterRun = false;
            } else if (afterRun) {
                throw SyntaxFault.at(i, "one run of base64, not two", RULE);
            } else {
                i = decodeRun(encoded, i + 1, out);
                afterRun = true;
            }
        }
        return out.toString();
    }

    /// Reads a name held in a string of one octet a character.
    ///
    /// @throws SyntaxFault when it is not exactly what [#encode] writes for some name
    public static String decode(String encoded) {
        return decode(encoded.getBytes(StandardCharsets.UTF_8));
    }

    private static int decodeRun(byte[] encoded, int from, StringBuilder out) {
        int bits = 0;
        int count = 0;
        boolean high = false;
        int i = from;
        for (; i < encoded.length && encoded[i] != '-'; i++) {
            int value = encoded[i] < 0 ? -1 : VALUES[encoded[i]];
            if (value < 0) {
                throw SyntaxFault.at(i, "modified base64", RULE);
            }
            bits = (bits << 6) | value;
            count += 6;
            if (count >= 16) {
                count -= 16;
                char c = (char) (bits >> count);
                bits &= (1 << count) - 1;
                if (isDirect(c) || Character.isLowSurrogate(c) != high) {
                    throw SyntaxFault.at(i, "UTF-16 of characters outside printable ASCII", RULE);
                }
                high = Character.isHighSurrogate(c);
                out.append(c);
            }
        }
        if (i == encoded.length || high || count >= 6 || bits != 0) {
            throw SyntaxFault.at(i, "a whole run of base64 and a hyphen", RULE);
        }
        return i + 1;
    }

    private static boolean isDirect(char c) {
        return c >= 0x20 && c <= 0x7E;
    }
}
