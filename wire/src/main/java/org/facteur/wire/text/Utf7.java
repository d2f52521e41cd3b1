package org.facteur.wire.text;

/// UTF-7 (RFC 2152), read only: some old letters are written in it. Never used for HTML.
final class Utf7 {
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private Utf7() {}

    static String decode(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int i = from;
        while (i < to) {
            int b = bytes[i++] & 0xFF;
            if (b != '+') {
                text.append(b < 0x80 ? (char) b : '\uFFFD');
            } else if (i < to && bytes[i] == '-') {
                text.append('+');
                i++;
            } else {
                i = shifted(bytes, i, to, text);
            }
        }
        return text.toString();
    }

    private static int shifted(byte[] bytes, int from, int to, StringBuilder text) {
        int bits = 0;
        int held = 0;
        int i = from;
        while (i < to) {
            int value = ALPHABET.indexOf(bytes[i] & 0xFF);
            if (value < 0) {
                return bytes[i] == '-' ? i + 1 : i;
            }
            held = held << 6 | value;
            bits += 6;
            if (bits >= 16) {
                bits -= 16;
                text.append((char) (held >> bits));
                held &= (1 << bits) - 1;
            }
            i++;
        }
        return i;
    }
}
