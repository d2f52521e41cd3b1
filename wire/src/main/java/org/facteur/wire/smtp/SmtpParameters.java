package org.facteur.wire.smtp;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// The parameters behind a path, on their way to types.
final class SmtpParameters {
    private static final String RULE = "RFC 5321 §4.1.2";
    private static final int MOST = 16;
    private static final int SIZE_DIGITS = 18;
    private static final int HOLD_DIGITS = 9;
    private static final int DATE_LENGTH = 40;
    private static final Set<String> MAIL =
            Set.of(
                    "SIZE",
                    "BODY",
                    "SMTPUTF8",
                    "AUTH",
                    "RET",
                    "ENVID",
                    "REQUIRETLS",
                    "HOLDFOR",
                    "HOLDUNTIL",
                    "MT-PRIORITY");
    private static final int ORCPT_LENGTH = 500;

    private final Map<String, String> values;

    private SmtpParameters(Map<String, String> values) {
        this.values = values;
    }

    // Mail-parameters = esmtp-param *(SP esmtp-param)    esmtp-param = esmtp-keyword ["="
    // esmtp-value]
    static SmtpParameters read(SmtpCursor in) {
        Map<String, String> values = new HashMap<>();
        while (!in.atEnd()) {
            if (!in.skipBlanks() || values.size() == MOST) {
                throw SyntaxFault.at(in.at(), "a blank and a parameter", RULE);
            }
            String keyword = in.word();
            String value = "";
            if (in.peek() == '=') {
                in.skip();
                value = value(in);
            }
            if (keyword.isEmpty() || values.putIfAbsent(keyword, value) != null) {
                throw SyntaxFault.at(in.at(), "each parameter once", RULE);
            }
        }
        return new SmtpParameters(values);
    }

    // esmtp-value = 1*(%d33-60 / %d62-126)
    private static String value(SmtpCursor in) {
        String value = SmtpCursor.utf8(in.untilBlank());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 33 || c == 127 || c == '=') {
                throw SyntaxFault.at(in.at(), "a parameter's value", RULE);
            }
        }
        if (value.isEmpty()) {
            throw SyntaxFault.at(in.at(), "a parameter's value", RULE);
        }
        return value;
    }

    /// @return null where one is unknown
    @Nullable MailParameters mail() {
        if (!MAIL.containsAll(values.keySet())) {
            return null;
        }
        String size = values.get("SIZE");
        String auth = values.get("AUTH");
        String envelopeId = values.get("ENVID");
        String priority = values.get("MT-PRIORITY");
        return new MailParameters(
                size == null ? -1 : SmtpParser.number(size, SIZE_DIGITS),
                alone("SMTPUTF8", "RFC 6531 §3.4"),
                auth == null ? null : auth.equals("<>") ? "" : xtext(auth, ORCPT_LENGTH),
                new LetterWishes(
                        body(values.get("BODY")),
                        returned(values.get("RET")),
                        envelopeId == null
                                ? null
                                : xtext(envelopeId, LetterWishes.ENVELOPE_ID_LENGTH),
                        alone("REQUIRETLS", "RFC 8689 §2"),
                        release(values.get("HOLDFOR"), values.get("HOLDUNTIL")),
                        priority == null ? 0 : priority(priority)));
    }

    /// A parameter that has no value.
    private boolean alone(String keyword, String rule) {
        String value = values.get(keyword);
        if (value != null && !value.isEmpty()) {
            throw SyntaxFault.at(0, keyword + " without a value", rule);
        }
        return value != null;
    }

    // holdfor-param = "HOLDFOR=" future-release-integer    holduntil-param = "HOLDUNTIL="
    // Internet-style-date-time-uc
    private static LetterWishes.@Nullable Release release(
            @Nullable String wait, @Nullable String until) {
        if (wait != null && until != null) {
            throw SyntaxFault.at(0, "HOLDFOR or HOLDUNTIL", "RFC 4865 §4");
        }
        if (wait != null) {
            return new LetterWishes.Release.After(
                    Duration.ofSeconds(SmtpParser.number(wait, HOLD_DIGITS)));
        }
        if (until == null) {
            return null;
        }
        try {
            if (until.length() > DATE_LENGTH) {
                throw SyntaxFault.at(DATE_LENGTH, "a date and time", "RFC 4865 §4");
            }
            OffsetDateTime moment =
                    OffsetDateTime.parse(until)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .truncatedTo(ChronoUnit.SECONDS);
            if (moment.getYear() < 1970 || moment.getYear() > 9999) {
                throw SyntaxFault.at(0, "a year of four digits", "RFC 4865 §4");
            }
            return new LetterWishes.Release.At(moment.toInstant());
        } catch (DateTimeParseException _) {
            throw SyntaxFault.at(0, "a date and time", "RFC 4865 §4");
        }
    }

    // priority-value = (["-"] NZDIGIT) / "0"
    private static int priority(String value) {
        boolean low = value.startsWith("-");
        String digit = low ? value.substring(1) : value;
        if (digit.length() != 1 || digit.charAt(0) < (low ? '1' : '0') || digit.charAt(0) > '9') {
            throw SyntaxFault.at(0, "a priority from -9 to 9", "RFC 6710 §4.1");
        }
        return low ? '0' - digit.charAt(0) : digit.charAt(0) - '0';
    }

    /// @return null where one is unknown
    ///
    /// @param international whether the letter goes with SMTPUTF8
    @Nullable RcptParameters rcpt(boolean international) {
        if (!Set.of("NOTIFY", "ORCPT").containsAll(values.keySet())) {
            return null;
        }
        return new RcptParameters(
                notify(values.get("NOTIFY")), original(values.get("ORCPT"), international));
    }

    // body-value = "7BIT" / "8BITMIME" / "BINARYMIME"
    private static @Nullable BodyKind body(@Nullable String value) {
        if (value == null) {
            return null;
        }
        for (BodyKind kind : BodyKind.values()) {
            if (kind.token().equalsIgnoreCase(value)) {
                return kind;
            }
        }
        throw SyntaxFault.at(0, "7BIT, 8BITMIME or BINARYMIME", "RFC 6152 §2");
    }

    // ret-value = "FULL" / "HDRS"
    private static LetterWishes.@Nullable Returned returned(@Nullable String value) {
        if (value == null) {
            return null;
        }
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "FULL" -> LetterWishes.Returned.FULL;
            case "HDRS" -> LetterWishes.Returned.HDRS;
            default -> throw SyntaxFault.at(0, "FULL or HDRS", "RFC 3461 §4.3");
        };
    }

    // notify-esmtp-value = "NEVER" / 1#notify-list-element
    private static Set<RcptParameters.Notify> notify(@Nullable String value) {
        EnumSet<RcptParameters.Notify> when = EnumSet.noneOf(RcptParameters.Notify.class);
        if (value == null) {
            return when;
        }
        int from = 0;
        while (from <= value.length()) {
            int comma = value.indexOf(',', from);
            int end = comma < 0 ? value.length() : comma;
            if (!when.add(notifyElement(value.substring(from, end).toUpperCase(Locale.ROOT)))) {
                throw SyntaxFault.at(from, "each word once", "RFC 3461 §4.1");
            }
            from = end + 1;
        }
        if (when.contains(RcptParameters.Notify.NEVER) && when.size() > 1) {
            throw SyntaxFault.at(0, "NEVER alone", "RFC 3461 §4.1");
        }
        return when;
    }

    // notify-list-element = "SUCCESS" / "FAILURE" / "DELAY"
    private static RcptParameters.Notify notifyElement(String word) {
        return switch (word) {
            case "NEVER" -> RcptParameters.Notify.NEVER;
            case "SUCCESS" -> RcptParameters.Notify.SUCCESS;
            case "FAILURE" -> RcptParameters.Notify.FAILURE;
            case "DELAY" -> RcptParameters.Notify.DELAY;
            default -> throw SyntaxFault.at(0, "NEVER, SUCCESS, FAILURE or DELAY", "RFC 3461 §4.1");
        };
    }

    // orcpt-parameter = "ORCPT=" original-recipient-address    original-recipient-address =
    // addr-type ";" xtext
    private static RcptParameters.@Nullable OriginalRecipient original(
            @Nullable String value, boolean international) {
        if (value == null) {
            return null;
        }
        int semicolon = value.indexOf(';');
        if (semicolon < 1 || semicolon > 64) {
            throw SyntaxFault.at(0, "a type and a semicolon", "RFC 3461 §4.2");
        }
        String type = value.substring(0, semicolon).toLowerCase(Locale.ROOT);
        String address = value.substring(semicolon + 1);
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                throw SyntaxFault.at(i, "a type of address", "RFC 3461 §4.2");
            }
        }
        return new RcptParameters.OriginalRecipient(
                type,
                type.equals(RcptParameters.OriginalRecipient.UTF_8)
                        ? unicodeText(address, international)
                        : xtext(address, ORCPT_LENGTH));
    }

    // utf-8-addr-xtext = 1*(QCHAR / EmbeddedUnicodeChar)    EmbeddedUnicodeChar = %x5C.78 "{"
    // HEXPOINT "}"    utf-8-addr-unitext = 1*(QUCHAR / EmbeddedUnicodeChar)
    /// @param plain whether characters past ASCII may stand as they are (RFC 6533 §3)
    private static String unicodeText(String encoded, boolean plain) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < encoded.length()) {
            char c = encoded.charAt(i);
            if (c != '\\') {
                if (c == '+' || (c > 126 && !plain)) {
                    throw SyntaxFault.at(i, "an address in UTF-8", "RFC 6533 §3");
                }
                text.append(c);
                i++;
                continue;
            }
            int end = encoded.indexOf('}', i);
            if (!encoded.startsWith("x{", i + 1) || end < i + 4 || end > i + 9) {
                throw SyntaxFault.at(i, "a character in hexadecimal", "RFC 6533 §3");
            }
            text.appendCodePoint(codePoint(encoded.substring(i + 3, end)));
            i = end + 1;
        }
        if (text.isEmpty() || text.length() > ORCPT_LENGTH) {
            throw SyntaxFault.at(0, "an address in UTF-8", "RFC 6533 §3");
        }
        return text.toString();
    }

    private static int codePoint(String digits) {
        int point = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = hex(digits.charAt(i));
            if (digit < 0) {
                throw SyntaxFault.at(i, "a hexadecimal digit", "RFC 6533 §3");
            }
            point = point << 4 | digit;
        }
        boolean character =
                point > ' '
                        && point != 127
                        && !(point >= 0x80 && point < 0xA0)
                        && !(point >= 0xD800 && point < 0xE000)
                        && point <= Character.MAX_CODE_POINT;
        if (!character) {
            throw SyntaxFault.at(0, "a character", "RFC 6533 §3");
        }
        return point;
    }

    // xtext = *( xchar / hexchar )    hexchar = ASCII "+" immediately followed by two upper case
    // hex digits
    private static String xtext(String encoded, int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '+') {
                int high = i + 2 < encoded.length() ? hex(encoded.charAt(i + 1)) : -1;
                int low = high < 0 ? -1 : hex(encoded.charAt(i + 2));
                c = (char) (high << 4 | low);
                i += 2;
                if (low < 0 || c < 32 || c > 126) {
                    throw SyntaxFault.at(i, "two hexadecimal digits", "RFC 3461 §4");
                }
            } else if (c > 126) {
                throw SyntaxFault.at(i, "ASCII", "RFC 3461 §4");
            }
            text.append(c);
        }
        if (text.length() > longest) {
            throw SyntaxFault.at(longest, "a shorter value", "RFC 3461 §4");
        }
        return text.toString();
    }

    private static int hex(char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
