package org.facteur.wire.imap;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;

/// The two dates of IMAP: a day for SEARCH, a moment with its zone for letters.
final class ImapDates {
    private static final String MONTHS = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    private static final String[] NAMES = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final int LARGEST_ZONE_MINUTES = 18 * 60;

    private ImapDates() {}

    /// `date = date-text / DQUOTE date-text DQUOTE`
    static LocalDate date(ImapCursor cursor) {
        boolean quoted = cursor.take('"');
        LocalDate date = dateText(cursor, digits(cursor, 1, 2));
        if (quoted) {
            cursor.expect('"');
        }
        return date;
    }

    /// `date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE`
    static OffsetDateTime dateTime(ImapCursor cursor) {
        cursor.expect('"');
        boolean oneDigit = cursor.take(' ') || cursor.dialect().allows(ImapLeniency.SHORT_DAY);
        int day = digits(cursor, oneDigit ? 1 : 2, 2);
        LocalDate date = dateText(cursor, day);
        cursor.space();
        int hour = upTo(cursor, 23);
        cursor.expect(':');
        int minute = upTo(cursor, 59);
        cursor.expect(':');
        // A leap second is counted as the second before it.
        int second = Math.min(59, upTo(cursor, 60));
        cursor.space();
        ZoneOffset zone = zone(cursor);
        cursor.expect('"');
        return OffsetDateTime.of(date, LocalTime.of(hour, minute, second), zone);
    }

    /// `date-text = date-day "-" date-month "-" date-year`, after the day
    private static LocalDate dateText(ImapCursor cursor, int day) {
        cursor.expect('-');
        int month = month(cursor);
        cursor.expect('-');
        int year = digits(cursor, 4, 4);
        if (day < 1 || day > YearMonth.of(year, month).lengthOfMonth()) {
            throw cursor.fault("a day that exists", Grammar.BASE);
        }
        return LocalDate.of(year, month, day);
    }

    private static int month(ImapCursor cursor) {
        String word = cursor.keywordOf(3);
        int at = word.length() == 3 ? MONTHS.indexOf(word) : -1;
        if (at < 0 || at % 3 != 0) {
            throw cursor.fault("a month such as Jan", Grammar.BASE);
        }
        return at / 3 + 1;
    }

    /// `zone = ("+" / "-") 4DIGIT`
    private static ZoneOffset zone(ImapCursor cursor) {
        boolean west = cursor.take('-');
        if (!west) {
            cursor.expect('+');
        }
        int hours = digits(cursor, 2, 2);
        int minutes = upTo(cursor, 59);
        int total = hours * 60 + minutes;
        if (total > LARGEST_ZONE_MINUTES) {
            throw cursor.fault("a zone up to 1800", Grammar.BASE);
        }
        return ZoneOffset.ofTotalSeconds((west ? -total : total) * 60);
    }

    private static int upTo(ImapCursor cursor, int max) {
        int value = digits(cursor, 2, 2);
        if (value > max) {
            throw cursor.fault("a number up to " + max, Grammar.BASE);
        }
        return value;
    }

    private static int digits(ImapCursor cursor, int min, int max) {
        int value = 0;
        int count = 0;
        while (count < max && cursor.peek() >= '0' && cursor.peek() <= '9') {
            value = value * 10 + (cursor.peek() - '0');
            cursor.seek(cursor.offset() + 1);
            count++;
        }
        if (count < min) {
            throw cursor.fault(min + " digits", Grammar.BASE);
        }
        return value;
    }

    /// `17-Jul-1996`
    static String format(LocalDate date) {
        StringBuilder out = new StringBuilder(11);
        out.append(date.getDayOfMonth()).append('-').append(NAMES[date.getMonthValue() - 1]);
        out.append('-');
        pad(out, date.getYear(), 1000);
        return out.toString();
    }

    /// `date-day-fixed "-" date-month "-" date-year`
    static String formatDay(LocalDate date) {
        String text = format(date);
        return date.getDayOfMonth() < 10 ? " " + text : text;
    }

    /// `"17-Jul-1996 02:44:25 -0700"`, with its quotes
    static String format(OffsetDateTime moment) {
        StringBuilder out = new StringBuilder(28).append('"');
        int day = moment.getDayOfMonth();
        out.append(day < 10 ? " " : "").append(day).append('-');
        out.append(NAMES[moment.getMonthValue() - 1]).append('-');
        pad(out, moment.getYear(), 1000);
        out.append(' ');
        pad(out, moment.getHour(), 10);
        out.append(':');
        pad(out, moment.getMinute(), 10);
        out.append(':');
        pad(out, moment.getSecond(), 10);
        int zone = moment.getOffset().getTotalSeconds() / 60;
        out.append(zone < 0 ? " -" : " +");
        pad(out, Math.abs(zone) / 60, 10);
        pad(out, Math.abs(zone) % 60, 10);
        return out.append('"').toString();
    }

    private static void pad(StringBuilder out, int value, int largestPower) {
        int rest = Math.floorMod(value, largestPower * 10);
        for (int power = largestPower; power > 0; power /= 10) {
            out.append((char) ('0' + rest / power % 10));
        }
    }
}
