package org.facteur.wire.sieve;

import java.util.Objects;

/// Something wrong with a script, and where.
///
/// @param line from 1; 0 where it has no place
/// @param column in characters from 1
/// @param detail what the complaint is about; at most 200 characters, without controls
public record SieveProblem(int line, int column, SieveComplaint complaint, String detail) {
    private static final int LONGEST = 200;

    public SieveProblem {
        Objects.requireNonNull(complaint);
        detail = clean(detail);
    }

    /// `line 3, column 5: …`.
    public String english() {
        String text = complaint.english(detail);
        return line == 0 ? text : "line " + line + ", column " + column + ": " + text;
    }

    /// `ligne 3, colonne 5 : …`.
    public String french() {
        String text = complaint.french(detail);
        return line == 0 ? text : "ligne " + line + ", colonne " + column + " : " + text;
    }

    private static String clean(String text) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < text.length() && kept.length() < LONGEST; ) {
            int point = text.codePointAt(i);
            boolean odd =
                    Character.isISOControl(point)
                            || point == 0x2028
                            || point == 0x2029
                            || (point >= 0xD800 && point <= 0xDFFF);
            kept.appendCodePoint(odd ? ' ' : point);
            i += Character.charCount(point);
        }
        return kept.toString();
    }
}
