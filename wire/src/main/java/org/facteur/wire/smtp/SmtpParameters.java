package org.facteur.wire.smtp;

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
    private static final int ENVELOPE_ID_LENGTH = 100;
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
        if (!Set.of("SIZE", "BODY", "SMTPUTF8", "AUTH", "RET", "ENVID")
                .containsAll(values.keySet())) {
            return null;
        }
        String size = values.get("SIZE");
        String auth = values.get("AUTH");
        if (values.containsKey("SMTPUTF8") && !values.getOrDefault("SMTPUTF8", "").isEmpty()) {
            throw SyntaxFault.at(0, "SMTPUTF8 without a value", "RFC 6531 §3.4");
        }
        String envelopeId = values.get("ENVID");
        return new MailParameters(
                size == null ? -1 : SmtpParser.number(size, SIZE_DIGITS),
                body(values.get("BODY")),
                values.containsKey("SMTPUTF8"),
                auth == null ? null : auth.equals("<>") ? "" : xtext(auth, ORCPT_LENGTH),
                returned(values.get("RET")),
                envelopeId == null ? null : xtext(envelopeId, ENVELOPE_ID_LENGTH));
    }

    /// @return null where one is unknown
    @Nullable RcptParameters rcpt() {
        if (!Set.of("NOTIFY", "ORCPT").containsAll(values.keySet())) {
            return null;
        }
        return new RcptParameters(notify(values.get("NOTIFY")), original(values.get("ORCPT")));
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
    private static MailParameters.@Nullable Returned returned(@Nullable String value) {
        if (value == null) {
            return null;
        }
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "FULL" -> MailParameters.Returned.FULL;
            case "HDRS" -> MailParameters.Returned.HDRS;
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

    // orcpt-parameter = "ORCPT=" addr-type ";" xtext
    private static RcptParameters.@Nullable OriginalRecipient original(@Nullable String value) {
        if (value == null) {
            return null;
        }
        int semicolon = value.indexOf(';');
        if (semicolon < 1 || semicolon > 64) {
            throw SyntaxFault.at(0, "a type and a semicolon", "RFC 3461 §4.2");
        }
        return new RcptParameters.OriginalRecipient(
                value.substring(0, semicolon).toLowerCase(Locale.ROOT),
                xtext(value.substring(semicolon + 1), ORCPT_LENGTH));
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
