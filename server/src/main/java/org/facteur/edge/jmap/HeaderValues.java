package org.facteur.edge.jmap;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.facteur.wire.address.AddressItem;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.jmap.HeaderProperty;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.UtcDate;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.mime.MailDate;
import org.facteur.wire.mime.MessageIds;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.MailCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Header fields in the forms clients ask for (RFC 8621 §4.1.2).
final class HeaderValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_IDS = 1000;

    private HeaderValues() {}

    /// The value of a header property.
    static JsonNode of(HeaderProperty property, HeaderBlock header) {
        List<HeaderField> fields =
                header.fields().stream()
                        .filter(each -> each.name().equalsIgnoreCase(property.field()))
                        .toList();
        if (property.all()) {
            ArrayNode all = JmapText.array();
            fields.forEach(each -> all.add(of(property.form(), header, each)));
            return all;
        }
        return fields.isEmpty() ? JSON.nullNode() : of(property.form(), header, fields.getLast());
    }

    private static JsonNode of(HeaderProperty.Form form, HeaderBlock header, HeaderField field) {
        byte[] value = header.unfolded(field);
        return switch (form) {
            case RAW -> JSON.stringNode(raw(header, field));
            case TEXT -> JSON.stringNode(text(value));
            case ADDRESSES -> addresses(AddressList.decode(value, AddressList.MOST));
            case GROUPED_ADDRESSES -> grouped(value);
            case MESSAGE_IDS -> messageIds(value);
            case DATE -> date(value);
            case URLS -> urls(value);
        };
    }

    /// As it was written, undecodable octets and NUL replaced (RFC 8621 §4.1.2.1).
    static String raw(HeaderBlock header, HeaderField field) {
        byte[] octets = header.raw(field);
        int end = octets.length;
        while (end > 0 && (octets[end - 1] == '\n' || octets[end - 1] == '\r')) {
            end--;
        }
        return MailCharsets.decode(octets, 0, end, "utf-8").replace("\0", "");
    }

    static String text(byte[] unfolded) {
        return Normalizer.normalize(EncodedWords.decode(unfolded), Normalizer.Form.NFC).strip();
    }

    static ArrayNode addresses(List<HeaderAddress> list) {
        ArrayNode all = JmapText.array();
        for (HeaderAddress each : list) {
            if (!each.address().isEmpty()) {
                all.add(address(each));
            }
        }
        return all;
    }

    private static ObjectNode address(HeaderAddress each) {
        String name = each.displayName();
        return JmapText.object()
                .put("name", name == null || name.isBlank() ? null : name)
                .put("email", each.address());
    }

    private static ArrayNode grouped(byte[] value) {
        ArrayNode groups = JmapText.array();
        List<AddressItem> rest = new ArrayList<>();
        @Nullable String name = null;
        for (AddressItem item : AddressList.parse(value, AddressList.MOST)) {
            switch (item) {
                case AddressItem.Mailbox mailbox -> rest.add(mailbox);
                case AddressItem.GroupStart(var octets) -> {
                    close(groups, null, rest);
                    name = text(octets.toArray());
                }
                case AddressItem.GroupEnd _ -> {
                    groups.add(group(name, rest));
                    rest.clear();
                    name = null;
                }
            }
        }
        close(groups, name, rest);
        return groups;
    }

    private static void close(ArrayNode groups, @Nullable String name, List<AddressItem> rest) {
        if (!rest.isEmpty() || name != null) {
            groups.add(group(name, rest));
            rest.clear();
        }
    }

    private static ObjectNode group(@Nullable String name, List<AddressItem> members) {
        ObjectNode group = JmapText.object().put("name", name);
        group.set("addresses", addresses(AddressList.decode(members)));
        return group;
    }

    /// Null where there is anything else beside them.
    private static JsonNode messageIds(byte[] value) {
        List<String> ids = MessageIds.parse(value, MOST_IDS);
        return ids.isEmpty() ? JSON.nullNode() : JmapText.array(ids);
    }

    private static JsonNode date(byte[] value) {
        OffsetDateTime date = MailDate.parse(new String(value, StandardCharsets.ISO_8859_1));
        return date == null ? JSON.nullNode() : JSON.stringNode(UtcDate.of(date));
    }

    // *("<" URI ">" [","])
    private static JsonNode urls(byte[] value) {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        ArrayNode urls = JmapText.array();
        for (int open = text.indexOf('<'); open >= 0; open = text.indexOf('<', open + 1)) {
            int close = text.indexOf('>', open);
            if (close < 0) {
                break;
            }
            StringBuilder url = new StringBuilder();
            for (int i = open + 1; i < close; i++) {
                if (text.charAt(i) > ' ') {
                    url.append(text.charAt(i));
                }
            }
            urls.add(url.toString());
        }
        return urls.isEmpty() ? JSON.nullNode() : urls;
    }
}
