package org.facteur.move.file;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.facteur.wire.mime.MailDate;
import org.jspecify.annotations.Nullable;

/// The line that begins a letter in an mbox (RFC 4155 Appendix A): `From `, who, when.
final class FromLine {
    private static final List<String> DAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private FromLine() {}

    /// Whether a line begins with `From `.
    static boolean begins(byte[] line, int length) {
        return length >= 5
                && line[0] == 'F'
                && line[1] == 'r'
                && line[2] == 'o'
                && line[3] == 'm'
                && line[4] == ' ';
    }

    // from-line = "From" SP addr-spec SP day SP month SP 1*2DIGIT SP time SP year
    /// When the letter came, for a line with a weekday and a date after it; null for any other,
    /// which is then a sentence that begins with From.
    static @Nullable Instant date(byte[] line, int length) {
        String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(' ');
        while (at >= 0) {
            if (startsWithDay(text, at + 1)) {
                String rest = text.substring(at + 4).strip();
                OffsetDateTime date = rest.indexOf(':') < 0 ? null : MailDate.parse(comma(rest));
                if (date != null) {
                    return date.toInstant();
                }
            }
            at = text.indexOf(' ', at + 1);
        }
        return null;
    }

    private static String comma(String rest) {
        return rest.startsWith(",") ? rest.substring(1) : rest;
    }

    private static boolean startsWithDay(String text, int at) {
        if (text.length() < at + 4) {
            return false;
        }
        char after = text.charAt(at + 3);
        return (after == ' ' || after == ',')
                && DAYS.contains(text.substring(at, at + 3).toLowerCase(Locale.ROOT));
    }
}
