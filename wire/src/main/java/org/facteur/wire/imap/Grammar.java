package org.facteur.wire.imap;

/// The character classes of RFC 9051 §9, as one table look-up each.
final class Grammar {
    /// Where the base grammar stands.
    static final String BASE = "RFC 9051 §9";

    private static final int ATOM = 1;
    private static final int ASTRING = 2;
    private static final int LIST = 4;
    private static final int TAG = 8;
    private static final int QUOTED = 16;

    private static final byte[] CLASSES = classes();

    private Grammar() {}

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int c = 1; c < 127; c++) {
            int kinds = c == '\r' || c == '\n' || c == '"' || c == '\\' ? 0 : QUOTED;
            boolean atom = c > ' ' && "(){%*\"\\]".indexOf(c) < 0;
            if (atom) {
                kinds |= ATOM;
            }
            if (atom || c == ']') {
                kinds |= ASTRING;
                if (c != '+') {
                    kinds |= TAG;
                }
            }
            if (atom || c == ']' || c == '%' || c == '*') {
                kinds |= LIST;
            }
            classes[c] = (byte) kinds;
        }
        classes[127] = QUOTED;
        return classes;
    }

    private static boolean is(byte b, int kind) {
        return (CLASSES[b & 0xFF] & kind) != 0;
    }

    /// `ATOM-CHAR = <any CHAR except atom-specials>`
    static boolean isAtomChar(byte b) {
        return is(b, ATOM);
    }

    /// `ASTRING-CHAR = ATOM-CHAR / resp-specials`
    static boolean isAstringChar(byte b) {
        return is(b, ASTRING);
    }

    /// `list-char = ATOM-CHAR / list-wildcards / resp-specials`
    static boolean isListChar(byte b) {
        return is(b, LIST);
    }

    /// `tag = 1*<any ASTRING-CHAR except "+">`
    static boolean isTagChar(byte b) {
        return is(b, TAG);
    }

    /// What stands for itself between quotes, 7 bit.
    static boolean isQuotedChar(byte b) {
        return is(b, QUOTED);
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /// An ASCII letter in upper case, any other octet as it is.
    static byte upper(byte b) {
        return b >= 'a' && b <= 'z' ? (byte) (b - 32) : b;
    }

    static boolean isAtom(String text) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128 || !isAtomChar((byte) text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
