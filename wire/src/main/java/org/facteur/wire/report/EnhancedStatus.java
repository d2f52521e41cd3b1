package org.facteur.wire.report;

import org.facteur.wire.text.SyntaxFault;

/// An enhanced mail system status code (RFC 3463 §2): `5.1.1`.
///
/// @param level 2 success, 4 for now, 5 for good
/// @param subject 0 to 999
/// @param detail 0 to 999
public record EnhancedStatus(int level, int subject, int detail) {
    private static final String RULE = "RFC 3463 §2";

    public EnhancedStatus {
        boolean known = level == 2 || level == 4 || level == 5;
        if (!known || subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw SyntaxFault.at(0, "a status code", RULE);
        }
    }

    // status-code = class "." subject "." detail
    /// Reads a whole code, nothing around it.
    public static EnhancedStatus parse(String text) {
        int first = text.indexOf('.');
        int second = first < 0 ? -1 : text.indexOf('.', first + 1);
        if (second < 0) {
            throw SyntaxFault.at(0, "three numbers with dots", RULE);
        }
        return new EnhancedStatus(
                number(text.substring(0, first)),
                number(text.substring(first + 1, second)),
                number(text.substring(second + 1)));
    }

    private static int number(String digits) {
        int number = 0;
        if (digits.isEmpty()
                || digits.length() > 3
                || (digits.length() > 1 && digits.charAt(0) == '0')) {
            throw SyntaxFault.at(0, "a number without leading zero", RULE);
        }
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                throw SyntaxFault.at(0, "a number", RULE);
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    public boolean isPermanent() {
        return level == 5;
    }

    @Override
    public String toString() {
        return level + "." + subject + "." + detail;
    }
}
