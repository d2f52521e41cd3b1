package org.facteur.edge.jmap;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.wire.jmap.HeaderFormat;
import org.facteur.wire.jmap.HeaderProperty;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.jmap.UtcDate;
import org.facteur.wire.mime.ComposedPart;
import org.facteur.wire.mime.MailDate;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An Email a client composed (RFC 8621 §4.6), checked and ready to be written.
///
/// @param fields of the header, each ended by CRLF
record EmailDraft(
        Set<MailboxId> mailboxes,
        Set<Keyword> keywords,
        Instant received,
        List<String> fields,
        ComposedPart body) {
    private static final Set<String> OURS =
            Set.of("id", "blobId", "threadId", "size", "hasAttachment", "preview", "headers");
    private static final Set<String> BODY =
            Set.of("bodyStructure", "bodyValues", "textBody", "htmlBody", "attachments");

    /// Reads an object.
    ///
    /// @param messageId for one that names none, without brackets
    /// @throws SetFault for what cannot be written
    static EmailDraft of(Call call, LetterBox box, ObjectNode json, String messageId)
            throws IOException {
        JsonNode mailboxes = json.get("mailboxIds");
        if (mailboxes == null) {
            throw SetFault.invalidProperties("a letter lies in a mailbox", "mailboxIds");
        }
        JsonNode keywords = json.get("keywords");
        Instant now = call.services().clock().instant();
        return new EmailDraft(
                EmailPatch.mailboxes(call, mailboxes),
                keywords == null || keywords.isNull() ? Set.of() : EmailPatch.keywords(keywords),
                received(json.get("receivedAt"), now),
                header(json, now, messageId),
                new DraftBody(call.blobs(), box, json).read());
    }

    static Instant received(@Nullable JsonNode value, Instant now) {
        if (value == null || value.isNull()) {
            return now;
        }
        try {
            if (value.isString()) {
                return UtcDate.parse(value.stringValue());
            }
        } catch (org.facteur.wire.jmap.MethodFault _) {
            // As any other value.
        }
        throw SetFault.invalidProperties("a UTC date is wanted", "receivedAt");
    }

    private static List<String> header(ObjectNode json, Instant now, String messageId) {
        List<String> fields = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, JsonNode> each : json.properties()) {
            String property = each.getKey();
            if (OURS.contains(property)) {
                throw SetFault.invalidProperties("it is the server's to say", property);
            }
            if (BODY.contains(property) || EmailProperties.OF_PLACE.contains(property)) {
                continue;
            }
            HeaderProperty header =
                    HeaderProperty.parse(EmailProperties.HEADERS.getOrDefault(property, property))
                            .orElseThrow(
                                    () ->
                                            SetFault.invalidProperties(
                                                    "there is no such property", property));
            if (header.field().startsWith("content-") || header.field().equals("mime-version")) {
                throw SetFault.invalidProperties("it belongs to a part", property);
            }
            if (!seen.add(header.field())) {
                throw SetFault.invalidProperties("the field comes twice", property);
            }
            fields.addAll(fields(header, property, each.getValue()));
        }
        if (!seen.contains("date")) {
            fields.addFirst(
                    HeaderFolding.fold("Date", MailDate.format(UtcDate.utc(now).withNano(0))));
        }
        if (!seen.contains("message-id")) {
            fields.add(HeaderFolding.fold("Message-ID", "<" + messageId + ">"));
        }
        return fields;
    }

    private static List<String> fields(HeaderProperty header, String property, JsonNode value) {
        try {
            return HeaderFormat.fields(header, value);
        } catch (SetFault fault) {
            throw SetFault.invalidProperties(String.valueOf(fault.getMessage()), property);
        } catch (SyntaxFault fault) {
            throw SetFault.invalidProperties(String.valueOf(fault.getMessage()), property);
        }
    }

    /// What a client may not know although it wrote it.
    static ObjectNode told(String id, String blobId, String threadId, long size) {
        return JmapText.object()
                .put("id", id)
                .put("blobId", blobId)
                .put("threadId", threadId)
                .put("size", size);
    }

    /// Blobs that are not there.
    static SetFault missing(List<String> blobs) {
        ArrayNode list = JmapText.array(blobs);
        return new SetFault("blobNotFound", null).with("notFound", list);
    }

    static String lower(String text) {
        return Objects.requireNonNull(text).toLowerCase(Locale.ROOT);
    }
}
