package org.facteur.wire.mime;

import org.facteur.wire.text.SyntaxFault;

/// One line of text for a header field: it cannot end the field or begin another.
///
/// @param value at most 4,000 characters, without controls, line separators or lone surrogates
public record HeaderText(String value) {
    private static final int LONGEST = 4000;

    public HeaderText {
        if (value.length() > LONGEST) {
            throw new SyntaxFault(0, "at most " + LONGEST + " characters", null);
        }
        for (int i = 0; i < value.length(); ) {
            int point = value.codePointAt(i);
            boolean separator = point == 0x2028 || point == 0x2029;
            if (Character.isISOControl(point)
                    || separator
                    || (point >= 0xD800 && point <= 0xDFFF)) {
                throw SyntaxFault.at(i, "text without controls", "RFC 5322 §2.2");
            }
            i += Character.charCount(point);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
