package org.facteur.wire.jscontact;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.facteur.wire.jmap.JmapText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Dates of vCard (RFC 6350 §4.3) and of JSContact (RFC 9553 §2.8.1). Pure.
final class VcardDates {
    private static final int LONGEST = 40;
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    private VcardDates() {}

    // timestamp = date-noreduc time-designator time-complete
    /// An instant in UTC as JSON has it; null for what is none.
    static @Nullable String timestamp(String text) {
        String plain = text.strip();
        if (plain.length() > LONGEST || plain.indexOf('T') < 0) {
            return null;
        }
        try {
            return utc(instant(plain));
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static String utc(Instant when) {
        return when.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Instant instant(String text) {
        int zone = zone(text);
        String local = text.substring(0, zone);
        String offset = text.substring(zone);
        boolean basic = local.indexOf('-') < 0;
        int dot = local.indexOf('.');
        String seconds = basic && dot > 0 ? local.substring(0, dot) : local;
        LocalDateTime time =
                basic ? LocalDateTime.parse(seconds, BASIC) : LocalDateTime.parse(local);
        return OffsetDateTime.of(time, offset.isEmpty() ? ZoneOffset.UTC : ZoneOffset.of(offset))
                .toInstant();
    }

    /// Where the zone begins; the end where there is none.
    private static int zone(String text) {
        for (int i = text.indexOf('T'); i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 'Z' || c == '+' || c == '-') {
                return i;
            }
        }
        return text.length();
    }

    // date = year [month day] / year "-" month / "--" month [day] / "--" "-" day
    /// A date, or a part of one; an instant where there is one. Null for what is none.
    static @Nullable ObjectNode date(String text) {
        if (text.length() > LONGEST || text.isEmpty()) {
            return null;
        }
        int zone = text.indexOf('T');
        if (zone >= 0) {
            String when = zone > 0 && zone(text) < text.length() ? timestamp(text) : null;
            if (when != null) {
                return JmapText.object().put("@type", "Timestamp").put("utc", when);
            }
            return date(text.substring(0, zone));
        }
        ObjectNode date = JmapText.object().put("@type", "PartialDate");
        boolean fits =
                text.startsWith("---")
                        ? part(date, "day", text.substring(3), 31)
                        : text.startsWith("--")
                                ? monthAndDay(date, text.substring(2))
                                : whole(date, text);
        return fits ? date : null;
    }

    private static boolean monthAndDay(ObjectNode date, String text) {
        String plain = text.replace("-", "");
        if (plain.length() == 2) {
            return part(date, "month", plain, 12);
        }
        return plain.length() == 4
                && part(date, "month", plain.substring(0, 2), 12)
                && part(date, "day", plain.substring(2), 31);
    }

    private static boolean whole(ObjectNode date, String text) {
        if (text.length() == 7 && text.charAt(4) == '-') {
            return part(date, "year", text.substring(0, 4), 9999)
                    && part(date, "month", text.substring(5), 12);
        }
        String plain = text.replace("-", "");
        if (plain.length() == 4) {
            return part(date, "year", plain, 9999);
        }
        if (plain.length() != 8) {
            return false;
        }
        boolean unknown = plain.startsWith("1604") && text.length() == 10;
        boolean fits =
                part(date, "year", plain.substring(0, 4), 9999)
                        && part(date, "month", plain.substring(4, 6), 12)
                        && part(date, "day", plain.substring(6), 31);
        if (unknown) {
            // Some programs write 1604 where the year is not known.
            date.remove("year");
        }
        return fits;
    }

    private static boolean part(ObjectNode date, String name, String digits, int most) {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > 4) {
                return false;
            }
            value = value * 10 + digit;
        }
        date.put(name, value);
        return !digits.isEmpty() && value >= 1 && value <= most;
    }

    /// A date as vCard 4.0 has it; empty for what is none.
    static String write(JsonNode date) {
        String utc = date.path("utc").asString("");
        if (!utc.isEmpty()) {
            try {
                return BASIC.format(Instant.parse(utc).atOffset(ZoneOffset.UTC)) + "Z";
            } catch (DateTimeException _) {
                return "";
            }
        }
        int year = date.path("year").asInt(0);
        int month = date.path("month").asInt(0);
        int day = date.path("day").asInt(0);
        if (year < 0 || year > 9999 || month < 0 || month > 12 || day < 0 || day > 31) {
            return "";
        }
        if (year > 0 && month > 0 && day > 0) {
            return valid(year, month, day)
                    ? String.format(Locale.ROOT, "%04d%02d%02d", year, month, day)
                    : "";
        }
        if (year > 0) {
            return month > 0
                    ? String.format(Locale.ROOT, "%04d-%02d", year, month)
                    : String.format(Locale.ROOT, "%04d", year);
        }
        if (month > 0) {
            return day > 0
                    ? String.format(Locale.ROOT, "--%02d%02d", month, day)
                    : String.format(Locale.ROOT, "--%02d", month);
        }
        return day > 0 ? String.format(Locale.ROOT, "---%02d", day) : "";
    }

    private static boolean valid(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day).getDayOfMonth() == day;
        } catch (DateTimeException _) {
            return false;
        }
    }
}
