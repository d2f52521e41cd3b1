package org.facteur.wire.mime;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Dates of header fields (RFC 5322 §3.3), the obsolete forms of RFC 5322 §4.3 and what senders
/// make of them.
public final class MailDate {
    private static final int LONGEST = 256;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2200;
    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");
    private static final List<String> DAYS =
            List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    private MailDate() {}

    // date-time = [ day-of-week "," ] date time [CFWS]
    /// Reads an unfolded Date field.
    ///
    /// Understood beside the standard form: missing seconds, two- and three-digit years, named
    /// zones, `Jan 2 15:04:05 2006`, `2006-01-02T15:04:05Z`, comments anywhere. A year outside 1970
    /// to 2200 is moved to the nearer of them, an unknown zone is UTC (`-0000`).
    ///
    /// @return null when no date can be told
    public static @Nullable OffsetDateTime parse(String field) {
        List<String> words = words(field);
        int day = -1;
        int month = -1;
        int year = -1;
        int @Nullable [] time = null;
        @Nullable ZoneOffset zone = null;
        for (String word : words) {
            int[] iso = iso(word);
            if (iso.length == 3 && year < 0) {
                year = iso[0];
                month = iso[1];
                day = iso[2];
            } else if (word.indexOf(':') > 0 && time == null) {
                time = time(word);
            } else if (word.length() >= 3 && month < 0 && MONTHS.contains(word.substring(0, 3))) {
                month = MONTHS.indexOf(word.substring(0, 3)) + 1;
            } else if (number(word) >= 0 && day < 0 && word.length() <= 2) {
                day = number(word);
            } else if (number(word) >= 0 && month > 0 && year < 0) {
                year = year(word);
            } else if (time != null && zone == null) {
                zone = zone(word);
            }
        }
        if (day < 1 || month < 1 || year < 0) {
            return null;
        }
        return dated(new int[] {year, month, day}, time == null ? new int[3] : time, zone);
    }

    private static @Nullable OffsetDateTime dated(
            int[] date, int[] time, @Nullable ZoneOffset zone) {
        try {
            int year = Math.clamp(date[0], FIRST_YEAR, LAST_YEAR);
            int second = Math.min(time[2], 59);
            return OffsetDateTime.of(
                    LocalDateTime.of(year, date[1], date[2], time[0], time[1], second),
                    zone == null ? ZoneOffset.UTC : zone);
        } catch (DateTimeException _) {
            return null;
        }
    }

    /// Lower-case words without comments, commas and the T of ISO forms.
    private static List<String> words(String field) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int depth = 0;
        int length = Math.min(field.length(), LONGEST);
        for (int i = 0; i < length; i++) {
            char c = field.charAt(i);
            depth += c == '(' ? 1 : 0;
            boolean digitBefore = i > 0 && field.charAt(i - 1) >= '0' && field.charAt(i - 1) <= '9';
            boolean isoMark = (c == 'T' || c == 'Z') && digitBefore;
            boolean zoneSign = (c == '+' || c == '-') && word.indexOf(":") > 0;
            boolean timeOpen = !word.isEmpty() && word.charAt(word.length() - 1) == ':';
            if (!timeOpen && (depth > 0 || c <= ' ' || c == ',' || isoMark || zoneSign)) {
                add(word, words);
            }
            if (depth == 0 && c == ':' && word.isEmpty() && !words.isEmpty()) {
                word.append(words.removeLast());
            }
            if (depth == 0 && c > ' ' && c != ',' && !isoMark) {
                word.append(c);
            }
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }
        add(word, words);
        return words;
    }

    private static void add(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }

    /// Year, month and day of `2006-01-02`, `02-jan-2006` or `02-jan-06`; empty for anything else.
    private static int[] iso(String word) {
        int first = word.indexOf('-');
        int second = first < 0 ? -1 : word.indexOf('-', first + 1);
        if (first < 1 || second < 0) {
            return new int[0];
        }
        String a = word.substring(0, first);
        String b = word.substring(first + 1, second);
        String c = word.substring(second + 1);
        if (MONTHS.contains(b) && number(a) > 0 && number(c) >= 0) {
            return new int[] {year(c), MONTHS.indexOf(b) + 1, number(a)};
        }
        return a.length() == 4 && number(a) >= 0 && number(b) > 0 && number(c) > 0
                ? new int[] {number(a), number(b), number(c)}
                : new int[0];
    }

    private static int number(String word) {
        if (word.isEmpty() || word.length() > 5) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    // obs-year = [CFWS] 2*DIGIT [CFWS]
    private static int year(String word) {
        int year = number(word);
        if (word.length() == 2) {
            return year < 50 ? year + 2000 : year + 1900;
        }
        return word.length() == 3 ? year + 1900 : year;
    }

    // time-of-day = hour ":" minute [ ":" second ]
    private static int @Nullable [] time(String word) {
        int dot = word.indexOf('.');
        String text = dot > 0 ? word.substring(0, dot) : word;
        int first = text.indexOf(':');
        if (first < 0) {
            return null;
        }
        int second = text.indexOf(':', first + 1);
        int hour = number(text.substring(0, first));
        int minute = number(text.substring(first + 1, second < 0 ? text.length() : second));
        int seconds = second < 0 ? 0 : number(text.substring(second + 1));
        boolean right =
                hour >= 0
                        && hour < 24
                        && minute >= 0
                        && minute < 60
                        && seconds >= 0
                        && seconds <= 60;
        return right ? new int[] {hour, minute, seconds} : null;
    }

    // zone = ("+" / "-") 4DIGIT / obs-zone
    private static @Nullable ZoneOffset zone(String word) {
        char sign = word.charAt(0);
        if (sign == '+' || sign == '-') {
            String digits = word.substring(1).replace(":", "");
            int number = digits.length() == 4 ? number(digits) : -1;
            int minutes = number / 100 * 60 + number % 100;
            boolean right = number >= 0 && number % 100 < 60 && minutes <= 18 * 60;
            return right
                    ? ZoneOffset.ofTotalSeconds((sign == '-' ? -60 : 60) * minutes)
                    : ZoneOffset.UTC;
        }
        return switch (word) {
            case "ut", "utc", "gmt", "z" -> ZoneOffset.UTC;
            case "edt" -> ZoneOffset.ofHours(-4);
            case "est", "cdt" -> ZoneOffset.ofHours(-5);
            case "cst", "mdt" -> ZoneOffset.ofHours(-6);
            case "mst", "pdt" -> ZoneOffset.ofHours(-7);
            case "pst" -> ZoneOffset.ofHours(-8);
            case "cet", "bst" -> ZoneOffset.ofHours(1);
            case "cest", "eet" -> ZoneOffset.ofHours(2);
            case "msk" -> ZoneOffset.ofHours(3);
            case "jst" -> ZoneOffset.ofHours(9);
            default -> null;
        };
    }

    /// Writes the standard form: `Mon, 2 Jan 2006 15:04:05 +0100`.
    public static String format(OffsetDateTime time) {
        if (time.getYear() < 1900 || time.getYear() > 9999) {
            throw SyntaxFault.at(0, "a year from 1900 to 9999", "RFC 5322 §3.3");
        }
        int minutes = time.getOffset().getTotalSeconds() / 60;
        String month = MONTHS.get(time.getMonthValue() - 1);
        StringBuilder text = new StringBuilder(32);
        text.append(DAYS.get(time.getDayOfWeek().getValue() - 1)).append(", ");
        text.append(time.getDayOfMonth()).append(' ');
        text.append(Character.toUpperCase(month.charAt(0))).append(month, 1, month.length());
        text.append(' ').append(time.getYear()).append(' ');
        twoDigits(text, time.getHour()).append(':');
        twoDigits(text, time.getMinute()).append(':');
        twoDigits(text, time.getSecond()).append(minutes < 0 ? " -" : " +");
        twoDigits(text, Math.abs(minutes) / 60);
        return twoDigits(text, Math.abs(minutes) % 60).toString();
    }

    private static StringBuilder twoDigits(StringBuilder text, int number) {
        return text.append(number < 10 ? "0" : "").append(number);
    }
}
