package org.facteur.wire.jmap;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A header field as a property: `header:Name[:asForm][:all]` (RFC 8621 §4.1.3).
///
/// @param property as the client wrote it
/// @param field its name, lower case
/// @param all every instance, in order; otherwise the last
public record HeaderProperty(String property, String field, Form form, boolean all) {
    private static final String PREFIX = "header:";
    private static final int LONGEST = 200;

    private static final Set<String> ADDRESSES =
            Set.of(
                    "from",
                    "sender",
                    "reply-to",
                    "to",
                    "cc",
                    "bcc",
                    "resent-from",
                    "resent-sender",
                    "resent-reply-to",
                    "resent-to",
                    "resent-cc",
                    "resent-bcc");
    private static final Set<String> TEXTS = Set.of("subject", "comments", "keywords", "list-id");
    private static final Set<String> MESSAGE_IDS =
            Set.of("message-id", "in-reply-to", "references", "resent-message-id");
    private static final Set<String> DATES = Set.of("date", "resent-date");
    private static final Set<String> URLS =
            Set.of(
                    "list-help",
                    "list-unsubscribe",
                    "list-subscribe",
                    "list-post",
                    "list-owner",
                    "list-archive");

    /// Other fields that RFC 5322 §3.6 and RFC 2369 define, which have forms of their own.
    private static final Set<String> RAW_ONLY = Set.of("return-path", "received");

    private static final Map<String, Form> FORMS =
            Map.of(
                    "asRaw", Form.RAW,
                    "asText", Form.TEXT,
                    "asAddresses", Form.ADDRESSES,
                    "asGroupedAddresses", Form.GROUPED_ADDRESSES,
                    "asMessageIds", Form.MESSAGE_IDS,
                    "asDate", Form.DATE,
                    "asURLs", Form.URLS);

    /// How the value is read (RFC 8621 §4.1.2).
    public enum Form {
        RAW,
        TEXT,
        ADDRESSES,
        GROUPED_ADDRESSES,
        MESSAGE_IDS,
        DATE,
        URLS
    }

    // header-property = "header:" field-name [":as" form] [":all"]
    /// Reads the name of a property; empty for what is none or asks for a form the field cannot
    /// have.
    public static Optional<HeaderProperty> parse(String property) {
        if (!property.startsWith(PREFIX) || property.length() > LONGEST) {
            return Optional.empty();
        }
        String rest = property.substring(PREFIX.length());
        boolean all = rest.endsWith(":all");
        if (all) {
            rest = rest.substring(0, rest.length() - ":all".length());
        }
        Form form = Form.RAW;
        int colon = rest.indexOf(':');
        if (colon >= 0) {
            Form named = FORMS.get(rest.substring(colon + 1));
            if (named == null) {
                return Optional.empty();
            }
            form = named;
            rest = rest.substring(0, colon);
        }
        String field = rest.toLowerCase(Locale.ROOT);
        return isName(rest) && fits(field, form)
                ? Optional.of(new HeaderProperty(property, field, form, all))
                : Optional.empty();
    }

    /// The field's name as the client wrote it.
    public String name() {
        int end = property.indexOf(':', PREFIX.length());
        return property.substring(PREFIX.length(), end < 0 ? property.length() : end);
    }

    // field-name = 1*ftext
    /// Whether a text can be the name of a field (RFC 5322 §2.2).
    public static boolean isName(String text) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == ':') {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(String field, Form form) {
        boolean standard =
                ADDRESSES.contains(field)
                        || TEXTS.contains(field)
                        || MESSAGE_IDS.contains(field)
                        || DATES.contains(field)
                        || URLS.contains(field)
                        || RAW_ONLY.contains(field);
        return !standard
                || switch (form) {
                    case RAW -> true;
                    case TEXT -> TEXTS.contains(field);
                    case ADDRESSES, GROUPED_ADDRESSES -> ADDRESSES.contains(field);
                    case MESSAGE_IDS -> MESSAGE_IDS.contains(field);
                    case DATE -> DATES.contains(field);
                    case URLS -> URLS.contains(field);
                };
    }
}
