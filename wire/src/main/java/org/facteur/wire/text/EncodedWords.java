package org.facteur.wire.text;

import java.nio.charset.StandardCharsets;

/// Encoded words in header fields (RFC 2047), read and written.
///
/// Reading comes after the field's structure was parsed, so that what a word decodes to never
/// becomes structure: line ends and other controls are dropped, and the result is text to show.
public final class EncodedWords {
    private static final int MOST_WORDS = 1000;
    private static final int LONGEST_CHARSET = 64;
    private static final int WORD = 75;

    private EncodedWords() {}

    // encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?="
    /// Decodes unfolded octets to text.
    ///
    /// Neighbouring words of one charset are joined before their charset is applied: many senders
    /// split in the middle of a character. At most 1,000 words are decoded; later ones stay as they
    /// are. Octets outside words are read as undeclared text ([MailCharsets#decodeUndeclared]).
    public static String decode(byte[] value) {
        return new Reading(value).read();
    }

    /// Decodes text whose characters stand for octets, as [Octets#toLatin1()] gives it.
    public static String decodeLatin1(String value) {
        return decode(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Drops controls, lone surrogates and line separators; a tab becomes a blank.
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t') {
                clean.append(' ');
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                clean.append(c).append(text.charAt(++i));
            } else if (!Character.isISOControl(c)
                    && !Character.isSurrogate(c)
                    && c != 0x2028
                    && c != 0x2029) {
                clean.append(c);
            }
        }
        return clean.toString();
    }

    /// Whether the text can stand in a header as it is.
    public static boolean needsEncoding(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7E) {
                return true;
            }
        }
        return text.contains("=?");
    }

    /// Encodes text as UTF-8 words of at most 75 characters, one to a line where there are several;
    /// text that needs none comes back as it is.
    ///
    /// @param column where the first word will stand on its line
    public static String encode(String text, int column) {
        String clean = clean(text);
        if (!needsEncoding(clean)) {
            return clean;
        }
        boolean binary = preferBase64(clean);
        StringBuilder words = new StringBuilder();
        int room = Math.clamp(WORD - column, 30, WORD);
        OctetBuffer word = new OctetBuffer(WORD);
        for (int i = 0; i < clean.length(); ) {
            int point = clean.codePointAt(i);
            byte[] octets = Character.toString(point).getBytes(StandardCharsets.UTF_8);
            if (!word.isEmpty() && width(word, octets, binary) > room - 12) {
                words.append(word(word.toArray(), binary)).append("\r\n ");
                word.clear();
                room = WORD;
            }
            word.accept(octets, 0, octets.length);
            i += Character.charCount(point);
        }
        return words.append(word(word.toArray(), binary)).toString();
    }

    private static boolean preferBase64(String text) {
        int high = 0;
        for (int i = 0; i < text.length(); i++) {
            high += text.charAt(i) > 0x7E ? 1 : 0;
        }
        return high * 3 > text.length();
    }

    private static int width(OctetBuffer word, byte[] more, boolean binary) {
        if (binary) {
            return (word.size() + more.length + 2) / 3 * 4;
        }
        int width = 0;
        for (int i = 0; i < word.size(); i++) {
            width += plainInWord(word.at(i)) ? 1 : 3;
        }
        for (byte b : more) {
            width += plainInWord(b) ? 1 : 3;
        }
        return width;
    }

    private static String word(byte[] octets, boolean binary) {
        if (binary) {
            return "=?utf-8?B?" + Base64Text.encode(octets) + "?=";
        }
        StringBuilder word = new StringBuilder("=?utf-8?Q?");
        for (byte b : octets) {
            if (b == ' ') {
                word.append('_');
            } else if (plainInWord(b)) {
                word.append((char) b);
            } else {
                word.append('=')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return word.append("?=").toString();
    }

    /// The set allowed in a phrase (RFC 2047 §5), a blank counted as its underscore.
    private static boolean plainInWord(byte b) {
        return (b >= 'A' && b <= 'Z')
                || (b >= 'a' && b <= 'z')
                || (b >= '0' && b <= '9')
                || b == ' '
                || b == '!'
                || b == '*'
                || b == '+'
                || b == '-'
                || b == '/';
    }

    /// One pass over one value.
    private static final class Reading {
        private final byte[] in;
        private final StringBuilder out = new StringBuilder();
        private final OctetBuffer pending;
        private final OctetBuffer fresh;
        private String pendingCharset = "";
        private String freshCharset = "";
        private int closeFrom = -1;
        private int close = -1;

        Reading(byte[] in) {
            this.in = in;
            this.pending = new OctetBuffer(in.length);
            this.fresh = new OctetBuffer(in.length);
        }

        String read() {
            int words = 0;
            int plainFrom = 0;
            int i = 0;
            while (i + 1 < in.length) {
                int end = in[i] == '=' && in[i + 1] == '?' && words < MOST_WORDS ? word(i) : -1;
                if (end < 0) {
                    i++;
                    continue;
                }
                boolean neighbour = words > 0 && blank(plainFrom, i);
                if (!neighbour || !freshCharset.equalsIgnoreCase(pendingCharset)) {
                    flushWords();
                }
                if (!neighbour) {
                    out.append(MailCharsets.decodeUndeclared(in, plainFrom, i));
                }
                pendingCharset = freshCharset;
                pending.append(fresh.toOctets());
                words++;
                i = end;
                plainFrom = end;
            }
            flushWords();
            out.append(MailCharsets.decodeUndeclared(in, plainFrom, in.length));
            return clean(out.toString());
        }

        private boolean blank(int from, int to) {
            for (int i = from; i < to; i++) {
                if (in[i] != ' ' && in[i] != '\t') {
                    return false;
                }
            }
            return true;
        }

        private void flushWords() {
            if (!pending.isEmpty()) {
                byte[] octets = pending.toArray();
                out.append(MailCharsets.decode(octets, 0, octets.length, pendingCharset));
                pending.clear();
            }
        }

        /// Reads the word at `at` into `fresh`; gives its end, or -1 when none stands there.
        private int word(int at) {
            int mark = indexOf('?', at + 2, Math.min(in.length, at + 2 + LONGEST_CHARSET));
            if (mark < 0 || mark == at + 2 || mark + 2 >= in.length || in[mark + 2] != '?') {
                return -1;
            }
            int encoding = in[mark + 1] | 0x20;
            int end = encoding == 'q' || encoding == 'b' ? closing(mark + 3) : -1;
            if (end < 0) {
                return -1;
            }
            String charset = new String(in, at + 2, mark - at - 2, StandardCharsets.ISO_8859_1);
            int star = charset.indexOf('*');
            freshCharset = star < 0 ? charset : charset.substring(0, star);
            fresh.clear();
            if (encoding == 'b') {
                Base64Decoder decoder = new Base64Decoder();
                decoder.decode(in, mark + 3, end - mark - 3, fresh);
                decoder.finish(fresh);
            } else {
                decodeQ(mark + 3, end);
            }
            return end + 2;
        }

        private void decodeQ(int from, int to) {
            for (int i = from; i < to; i++) {
                byte b = in[i];
                if (b == '=' && i + 2 < to) {
                    int high = QuotedPrintableDecoder.hex(in[i + 1]);
                    int low = QuotedPrintableDecoder.hex(in[i + 2]);
                    if (high >= 0 && low >= 0) {
                        fresh.append(high << 4 | low);
                        i += 2;
                        continue;
                    }
                }
                fresh.append(b == '_' ? ' ' : b);
            }
        }

        private int indexOf(char wanted, int from, int to) {
            for (int i = from; i < to; i++) {
                if (in[i] == wanted) {
                    return i;
                }
            }
            return -1;
        }

        /// The next `?=`; remembered, so that many openings without an end cost one scan.
        private int closing(int from) {
            if (closeFrom >= 0 && from >= closeFrom && (close < 0 || from <= close)) {
                return close;
            }
            closeFrom = from;
            close = -1;
            for (int i = from; i + 1 < in.length; i++) {
                if (in[i] == '?' && in[i + 1] == '=') {
                    close = i;
                    break;
                }
            }
            return close;
        }
    }
}
