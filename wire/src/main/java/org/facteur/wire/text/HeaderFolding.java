package org.facteur.wire.text;

/// Folding and unfolding of header field bodies (RFC 5322 §2.2.3).
public final class HeaderFolding {
    private static final int LINE = 78;

    private HeaderFolding() {}

    /// Removes every CR, LF and NUL, and the blanks around the value.
    ///
    /// LF alone counts as a line end too, as stored letters may have it.
    public static byte[] unfold(byte[] bytes, int from, int to) {
        OctetBuffer value = new OctetBuffer(Math.max(0, to - from));
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b != '\r' && b != '\n' && b != 0 && !(value.isEmpty() && (b == ' ' || b == '\t'))) {
                value.append(b);
            }
        }
        int end = value.size();
        while (end > 0 && (value.at(end - 1) == ' ' || value.at(end - 1) == '\t')) {
            end--;
        }
        return value.toArray(0, end);
    }

    /// Writes `name: value` with CRLF at its end, folded at blanks so that lines stay within 78
    /// characters where the value has a blank in time.
    ///
    /// @param value without CR and LF, but for folds (`CRLF` and a blank) it already has
    /// @throws SyntaxFault when the value would end the field
    public static String fold(String name, String value) {
        StringBuilder line = new StringBuilder(name).append(':');
        int column = line.length();
        int i = 0;
        while (i < value.length()) {
            int end = nextBlank(value, i);
            int width = end - i + (i == 0 ? 1 : 0);
            if (i > 0 && column + width > LINE && value.charAt(i) == ' ') {
                line.append("\r\n");
                column = 0;
            } else if (i == 0) {
                line.append(' ');
            }
            line.append(value, i, end);
            int fold = value.lastIndexOf('\n', end - 1);
            column = fold >= i ? end - fold - 1 : column + width;
            i = end;
        }
        String field = line.append("\r\n").toString();
        checkFolds(field);
        return field;
    }

    private static int nextBlank(String value, int from) {
        int i = from;
        while (i < value.length() && value.charAt(i) == ' ') {
            i++;
        }
        int end = value.indexOf(' ', i);
        return end < 0 ? value.length() : end;
    }

    private static void checkFolds(String field) {
        for (int i = 0; i < field.length() - 2; i++) {
            char c = field.charAt(i);
            boolean fold =
                    c == '\r'
                            && field.charAt(i + 1) == '\n'
                            && (field.charAt(i + 2) == ' ' || field.charAt(i + 2) == '\t');
            if (c == 0 || c == '\n' || (c == '\r' && !fold)) {
                throw SyntaxFault.at(i, "a header value on one line", "RFC 5322 §2.2");
            }
            if (fold) {
                i++;
            }
        }
    }
}
