package org.facteur.wire.sieve;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.JulianFields;
import java.util.Locale;
import org.facteur.wire.mime.MailDate;
import org.jspecify.annotations.Nullable;

/// What date tests take of an instant (RFC 5260 §4.2).
final class DateParts {
    private DateParts() {}

    /// Null for a part nobody knows.
    static @Nullable String part(OffsetDateTime time, String part) {
        return switch (part.toLowerCase(Locale.ROOT)) {
            case "year" -> padded(time.getYear(), 4);
            case "month" -> padded(time.getMonthValue(), 2);
            case "day" -> padded(time.getDayOfMonth(), 2);
            case "date" -> date(time);
            case "julian" ->
                    Long.toString(time.toLocalDate().getLong(JulianFields.MODIFIED_JULIAN_DAY));
            case "hour" -> padded(time.getHour(), 2);
            case "minute" -> padded(time.getMinute(), 2);
            case "second" -> padded(time.getSecond(), 2);
            case "time" -> time.format(DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT));
            case "iso8601" ->
                    time.format(
                            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT));
            case "std11" -> MailDate.format(time);
            case "zone" -> zone(time.getOffset());
            case "weekday" -> Integer.toString(time.getDayOfWeek().getValue() % 7);
            default -> null;
        };
    }

    private static String date(OffsetDateTime time) {
        return padded(time.getYear(), 4)
                + "-"
                + padded(time.getMonthValue(), 2)
                + "-"
                + padded(time.getDayOfMonth(), 2);
    }

    private static String padded(int value, int width) {
        String digits = Integer.toString(value);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    private static String zone(ZoneOffset offset) {
        int minutes = offset.getTotalSeconds() / 60;
        return (minutes < 0 ? "-" : "+")
                + padded(Math.abs(minutes) / 60, 2)
                + padded(Math.abs(minutes) % 60, 2);
    }

    // time-zone = ( "+" / "-" ) 4DIGIT
    /// Null for anything else.
    static @Nullable ZoneOffset offset(String zone) {
        if (zone.length() != 5 || "+-".indexOf(zone.charAt(0)) < 0) {
            return null;
        }
        for (int i = 1; i < 5; i++) {
            if (zone.charAt(i) < '0' || zone.charAt(i) > '9') {
                return null;
            }
        }
        int hours = Integer.parseInt(zone.substring(1, 3));
        int minutes = Integer.parseInt(zone.substring(3));
        if (hours > 17 || minutes > 59) {
            return null;
        }
        int total = hours * 3600 + minutes * 60;
        return ZoneOffset.ofTotalSeconds(zone.charAt(0) == '-' ? -total : total);
    }
}
