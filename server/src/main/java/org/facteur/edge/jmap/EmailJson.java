package org.facteur.edge.jmap;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.WholeLetter;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.jmap.HeaderProperty;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.UtcDate;
import org.facteur.wire.mime.Summary;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Messages as Email objects. What lists ask for comes from the stored summary; the letter itself
/// is read only for what is not there. One thread.
///
/// @param properties that each is to have
/// @param bodyProperties that each part is to have
record EmailJson(Set<String> properties, Set<String> bodyProperties, BodyValues values) {
    /// How many correspondents a summary holds at most.
    private static final int SUMMARY_ADDRESSES = 100;

    /// @param letter where it lies; null for one that lies nowhere
    ObjectNode of(MessageSource message, @Nullable WholeLetter letter) throws IOException {
        ObjectNode json = JmapText.object();
        if (letter != null) {
            json.put("id", ObjectIds.of(letter.letter().id()));
        }
        @Nullable BodyLists lists = null;
        for (String property : properties) {
            switch (property) {
                case "id", "threadId", "mailboxIds", "keywords", "receivedAt" ->
                        place(json, property, letter);
                case "blobId" -> json.put(property, message.blobId());
                case "size" -> json.put(property, message.size());
                case "hasAttachment" ->
                        json.put(property, message.listing().summary().hasAttachment());
                case "preview" -> json.put(property, message.listing().summary().preview());
                case "headers" -> json.set(property, BodyJson.headers(message.header()));
                case "bodyStructure" ->
                        json.set(property, new BodyJson(message, bodyProperties).tree());
                case "bodyValues", "textBody", "htmlBody", "attachments" -> {
                    if (lists == null) {
                        lists = BodyLists.of(message.anatomy());
                    }
                    json.set(property, body(property, message, lists));
                }
                default -> json.set(property, header(property, message));
            }
        }
        return json;
    }

    private static void place(ObjectNode json, String property, @Nullable WholeLetter letter) {
        if (letter == null) {
            json.putNull(property);
            return;
        }
        switch (property) {
            case "threadId" -> json.put(property, ObjectIds.of(letter.letter().thread()));
            case "receivedAt" -> json.put(property, UtcDate.of(letter.received()));
            case "mailboxIds" -> {
                ObjectNode ids = JmapText.object();
                for (MailboxId each : letter.mailboxes()) {
                    ids.put(ObjectIds.of(each), true);
                }
                json.set(property, ids);
            }
            case "keywords" -> {
                ObjectNode keywords = JmapText.object();
                for (Keyword each : letter.keywords()) {
                    keywords.put(each.name(), true);
                }
                json.set(property, keywords);
            }
            default -> {
                // The id is there.
            }
        }
    }

    private JsonNode body(String property, MessageSource message, BodyLists lists)
            throws IOException {
        BodyJson parts = new BodyJson(message, bodyProperties);
        return switch (property) {
            case "textBody" -> parts.list(lists.text());
            case "htmlBody" -> parts.list(lists.html());
            case "attachments" -> parts.list(lists.attachments());
            default -> values.of(message, lists);
        };
    }

    private static JsonNode header(String property, MessageSource message) throws IOException {
        JsonNode listed = listed(property, message);
        if (listed != null) {
            return listed;
        }
        String named = EmailProperties.HEADERS.getOrDefault(property, property);
        HeaderProperty header = HeaderProperty.parse(named).orElseThrow();
        return HeaderValues.of(header, message.header());
    }

    /// What the summary knows for sure; null for what must be read.
    private static @Nullable JsonNode listed(String property, MessageSource message) {
        Summary summary = message.listing().summary();
        return switch (property) {
            case "from" -> addresses(summary.correspondents().from());
            case "to" -> addresses(summary.correspondents().to());
            case "cc" -> addresses(summary.correspondents().cc());
            case "subject" ->
                    summary.subject().isEmpty()
                            ? null
                            : tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(
                                    summary.subject());
            case "sentAt" ->
                    summary.sentAt() == null
                            ? null
                            : tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(
                                    UtcDate.of(summary.sentAt()));
            case "messageId" -> {
                String id = summary.threadKeys().messageId();
                yield id == null ? nothing() : JmapText.array(List.of(id));
            }
            case "inReplyTo" -> ids(summary.threadKeys().inReplyTo());
            case "references" -> ids(summary.threadKeys().references());
            default -> null;
        };
    }

    private static @Nullable JsonNode addresses(List<HeaderAddress> list) {
        if (list.size() >= SUMMARY_ADDRESSES) {
            return null;
        }
        return list.isEmpty() ? nothing() : HeaderValues.addresses(list);
    }

    private static @Nullable JsonNode ids(List<String> ids) {
        if (ids.size() >= SUMMARY_ADDRESSES) {
            return null;
        }
        return ids.isEmpty() ? nothing() : JmapText.array(ids);
    }

    private static JsonNode nothing() {
        return tools.jackson.databind.node.JsonNodeFactory.instance.nullNode();
    }
}
