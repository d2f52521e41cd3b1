package org.facteur.wire.jmap;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Dates (RFC 8620 §1.4): RFC 3339 with capital letters and without fractions that are zero.
public final class UtcDate {
    private static final int LONGEST = 40;
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);

    private UtcDate() {}

    /// To the second, in UTC.
    public static String of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// To the second, in its own zone.
    public static String of(OffsetDateTime date) {
        return SECONDS.format(date);
    }

    /// Reads a UTCDate.
    ///
    /// @throws MethodFault invalidArguments for anything else
    public static Instant parse(String text) {
        if (text.length() > LONGEST || !text.endsWith("Z") || !text.contains("T")) {
            throw MethodFault.invalidArguments("a UTC date is wanted");
        }
        return date(text).toInstant();
    }

    /// Reads a Date with any zone.
    ///
    /// @throws MethodFault invalidArguments for anything else
    public static OffsetDateTime date(String text) {
        try {
            if (text.length() > LONGEST || !text.contains("T")) {
                throw MethodFault.invalidArguments("a date is wanted");
            }
            OffsetDateTime date = OffsetDateTime.parse(text);
            if (date.getYear() < 1 || date.getYear() > 9999) {
                throw MethodFault.invalidArguments("a date of years 1 to 9999 is wanted");
            }
            return date;
        } catch (DateTimeException _) {
            throw MethodFault.invalidArguments("a date is wanted");
        }
    }

    /// In UTC.
    public static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
