package org.facteur.wire.imap;

import org.jspecify.annotations.Nullable;

/// The announcement of a literal at the end of a line: `{n}`, `{n+}`, `~{n}`, `~{n+}`.
///
/// @param start where in the line it begins
/// @param size octets announced; [Long#MAX_VALUE] for anything that does not fit
/// @param synchronizing whether the client waits to be asked for the octets
/// @param binary whether it begins with `~` (RFC 3516 §4.4)
record LiteralMark(int start, long size, boolean synchronizing, boolean binary) {

    /// `literal = "{" number64 ["+"] "}" CRLF *CHAR8`, without the octets
    static @Nullable LiteralMark find(byte[] line) {
        int i = line.length - 1;
        if (i < 2 || line[i] != '}') {
            return null;
        }
        i--;
        boolean plus = line[i] == '+';
        if (plus) {
            i--;
        }
        int lastDigit = i;
        while (i >= 0 && Grammar.isDigit(line[i])) {
            i--;
        }
        if (i == lastDigit || i < 0 || line[i] != '{') {
            return null;
        }
        long size = 0;
        for (int d = i + 1; d <= lastDigit; d++) {
            int digit = line[d] - '0';
            if (size > (Long.MAX_VALUE - digit) / 10) {
                size = Long.MAX_VALUE;
                break;
            }
            size = size * 10 + digit;
        }
        boolean binary = i > 0 && line[i - 1] == '~';
        return new LiteralMark(binary ? i - 1 : i, size, !plus, binary);
    }
}
