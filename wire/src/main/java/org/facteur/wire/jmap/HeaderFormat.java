package org.facteur.wire.jmap;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.MailDate;
import org.facteur.wire.mime.NamedAddress;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.SyntaxFault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes header fields from the forms clients give them in (RFC 8621 §4.1.2).
public final class HeaderFormat {
    private static final int LONGEST_ID = 900;

    private final HeaderProperty property;

    private HeaderFormat(HeaderProperty property) {
        this.property = property;
    }

    /// The fields of one property, each ended by CRLF; none for null.
    ///
    /// @throws SetFault invalidProperties for a value that cannot stand in its form
    public static List<String> fields(HeaderProperty property, JsonNode value) {
        HeaderFormat format = new HeaderFormat(property);
        try {
            if (!property.all()) {
                return value.isNull() ? List.of() : List.of(format.field(value));
            }
            if (!value.isArray()) {
                throw format.wrong("a list is wanted");
            }
            List<String> fields = new ArrayList<>();
            for (JsonNode each : value) {
                fields.add(format.field(each));
            }
            return fields;
        } catch (SyntaxFault fault) {
            throw format.wrong(String.valueOf(fault.getMessage()));
        } catch (MethodFault fault) {
            throw format.wrong(String.valueOf(fault.getMessage()));
        }
    }

    private SetFault wrong(String description) {
        return SetFault.invalidProperties(description, property.property());
    }

    private String field(JsonNode value) {
        String name = property.name();
        return switch (property.form()) {
            case RAW -> HeaderFolding.fold(name, raw(text(value)));
            case TEXT ->
                    HeaderFolding.fold(name, EncodedWords.encode(text(value), name.length() + 2));
            case ADDRESSES -> HeaderFolding.fold(name, addresses(value));
            case GROUPED_ADDRESSES -> HeaderFolding.fold(name, groups(value));
            case MESSAGE_IDS -> HeaderFolding.fold(name, messageIds(value));
            case DATE -> HeaderFolding.fold(name, date(value));
            case URLS -> HeaderFolding.fold(name, urls(value));
        };
    }

    private String text(JsonNode value) {
        if (!value.isString()) {
            throw wrong("a text is wanted");
        }
        return value.stringValue();
    }

    /// Octets as they are, but for the blank that begins the value.
    private static String raw(String value) {
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private String addresses(JsonNode value) {
        if (!value.isArray()) {
            throw wrong("a list of addresses is wanted");
        }
        List<String> all = new ArrayList<>();
        for (JsonNode each : value) {
            all.add(address(each));
        }
        return String.join(", ", all);
    }

    private String address(JsonNode value) {
        if (!(value instanceof ObjectNode object)
                || object.get("email") == null
                || !object.get("email").isString()) {
            throw wrong("an address has an email");
        }
        JsonNode name = object.get("name");
        boolean named = name != null && name.isString() && !name.stringValue().isBlank();
        return new NamedAddress(
                        named ? new HeaderText(EncodedWords.clean(name.stringValue())) : null,
                        EmailAddress.parse(object.get("email").stringValue().strip()))
                .field();
    }

    // group = display-name ":" [group-list] ";" [CFWS]
    private String groups(JsonNode value) {
        if (!value.isArray()) {
            throw wrong("a list of groups is wanted");
        }
        List<String> all = new ArrayList<>();
        for (JsonNode group : value) {
            JsonNode name = group.get("name");
            JsonNode members = group.get("addresses");
            if (members == null) {
                throw wrong("a group has addresses");
            }
            String list = addresses(members);
            boolean named = name != null && name.isString() && !name.stringValue().isBlank();
            if (named) {
                all.add(phrase(name.stringValue()) + ": " + list + ";");
            } else if (!list.isEmpty()) {
                all.add(list);
            }
        }
        return String.join(", ", all);
    }

    private static String phrase(String name) {
        String clean = new HeaderText(EncodedWords.clean(name)).value();
        return EncodedWords.needsEncoding(clean)
                ? EncodedWords.encode(clean, 10)
                : "\"" + clean.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private String messageIds(JsonNode value) {
        if (!value.isArray() || value.isEmpty()) {
            throw wrong("a list of message ids is wanted");
        }
        List<String> all = new ArrayList<>();
        for (JsonNode each : value) {
            String id = text(each);
            for (int i = 0; i < id.length(); i++) {
                char c = id.charAt(i);
                if (c <= ' ' || c >= 0x7f || c == '<' || c == '>') {
                    throw wrong("a message id has no blanks and brackets");
                }
            }
            if (id.isEmpty() || id.length() > LONGEST_ID) {
                throw wrong("a message id has 1 to 900 characters");
            }
            all.add("<" + id + ">");
        }
        return String.join(" ", all);
    }

    private String date(JsonNode value) {
        OffsetDateTime date = UtcDate.date(text(value));
        return MailDate.format(date);
    }

    private String urls(JsonNode value) {
        if (!value.isArray()) {
            throw wrong("a list of URLs is wanted");
        }
        List<String> all = new ArrayList<>();
        for (JsonNode each : value) {
            String url = text(each);
            for (int i = 0; i < url.length(); i++) {
                char c = url.charAt(i);
                if (c <= ' ' || c >= 0x7f || c == '<' || c == '>') {
                    throw wrong("a URL is printable ASCII");
                }
            }
            all.add("<" + url + ">");
        }
        return String.join(", ", all);
    }
}
