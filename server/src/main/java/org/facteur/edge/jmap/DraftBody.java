package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.wire.jmap.HeaderFormat;
import org.facteur.wire.jmap.HeaderProperty;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.mime.ComposedPart;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The body of an Email a client composed: as a tree, or as text, HTML and attachments. One draft.
final class DraftBody {
    private static final int DEEPEST = 10;
    private static final int PARTS = 1000;
    private static final Set<String> KNOWN =
            Set.of(
                    "partId",
                    "blobId",
                    "size",
                    "name",
                    "type",
                    "charset",
                    "disposition",
                    "cid",
                    "language",
                    "location",
                    "subParts");

    private final Blobs blobs;
    private final LetterBox box;
    private final ObjectNode json;
    private final ObjectNode values;
    private final List<String> missing = new ArrayList<>();
    private int parts;

    DraftBody(Blobs blobs, LetterBox box, ObjectNode json) {
        this.blobs = blobs;
        this.box = box;
        this.json = json;
        this.values =
                json.get("bodyValues") instanceof ObjectNode given ? given : JmapText.object();
    }

    /// @throws SetFault invalidProperties, blobNotFound
    ComposedPart read() throws IOException {
        checkValues();
        JsonNode tree = given("bodyStructure");
        ComposedPart root;
        if (tree != null) {
            for (String other : List.of("textBody", "htmlBody", "attachments")) {
                if (given(other) != null) {
                    throw wrong("it excludes bodyStructure", other);
                }
            }
            root = part(tree, "bodyStructure", 0);
        } else {
            root = flat();
        }
        if (!missing.isEmpty()) {
            throw EmailDraft.missing(missing);
        }
        return root;
    }

    private @Nullable JsonNode given(String name) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static SetFault wrong(String description, String property) {
        return SetFault.invalidProperties(description, property);
    }

    private void checkValues() {
        for (Map.Entry<String, JsonNode> each : values.properties()) {
            JsonNode value = each.getValue();
            boolean text = value.get("value") != null && value.get("value").isString();
            if (!text
                    || value.path("isEncodingProblem").asBoolean(false)
                    || value.path("isTruncated").asBoolean(false)) {
                throw wrong("a whole text is wanted", "bodyValues/" + each.getKey());
            }
        }
    }

    /// Text and HTML as alternatives, pictures of the HTML beside it, attachments around.
    private ComposedPart flat() throws IOException {
        List<ComposedPart> text = list("textBody", "text/plain");
        List<ComposedPart> html = list("htmlBody", "text/html");
        List<ComposedPart> related = new ArrayList<>();
        List<ComposedPart> attached = new ArrayList<>();
        for (ComposedPart each : list("attachments", null)) {
            ComposedPart.Head head = each.head();
            boolean inline =
                    !html.isEmpty()
                            && head.contentId() != null
                            && !"attachment".equals(head.disposition());
            (inline ? related : attached).add(each);
        }
        List<ComposedPart> alternatives = new ArrayList<>(text);
        if (!html.isEmpty()) {
            related.addFirst(html.getFirst());
            alternatives.add(together("multipart/related", related));
        }
        if (alternatives.isEmpty()) {
            alternatives.add(new ComposedPart.Text(ComposedPart.Head.of("text/plain"), ""));
        }
        attached.addFirst(together("multipart/alternative", alternatives));
        return together("multipart/mixed", attached);
    }

    private static ComposedPart together(String type, List<ComposedPart> parts) {
        return parts.size() == 1
                ? parts.getFirst()
                : new ComposedPart.Multiple(ComposedPart.Head.of(type), parts);
    }

    /// @param type which the one part must have; null for any number of any type
    private List<ComposedPart> list(String property, @Nullable String type) throws IOException {
        JsonNode list = given(property);
        List<ComposedPart> made = new ArrayList<>();
        if (list == null) {
            return made;
        }
        if (!list.isArray() || (type != null && list.size() > 1)) {
            throw wrong("a list is wanted, of one part for text and HTML", property);
        }
        for (JsonNode each : list) {
            if (type != null) {
                JsonNode given = each.get("type");
                if (given != null && !given.isNull() && !type.equals(given.asString(""))) {
                    throw wrong("the type is " + type, property);
                }
            }
            if (each.has("subParts") && !each.get("subParts").isNull()) {
                throw wrong("no parts inside", property);
            }
            made.add(part(each, property, type));
        }
        return made;
    }

    private ComposedPart part(JsonNode node, String at, @Nullable String type) throws IOException {
        ObjectNode object = object(node, at);
        if (type != null) {
            object = object.deepCopy().put("type", type);
        }
        return leaf(object, at);
    }

    private ObjectNode object(JsonNode node, String at) {
        if (!(node instanceof ObjectNode object) || ++parts > PARTS) {
            throw wrong("a part is an object, at most " + PARTS + " of them", at);
        }
        for (String property : object.propertyNames()) {
            if (!KNOWN.contains(property)
                    && HeaderProperty.parse(property)
                            .filter(each -> !each.field().equals("content-transfer-encoding"))
                            .isEmpty()) {
                throw wrong("a part has no such property", at + "/" + property);
            }
        }
        return object;
    }

    /// As deep as parts nest, 10 at most.
    private ComposedPart part(JsonNode node, String at, int depth) throws IOException {
        ObjectNode object = object(node, at);
        JsonNode inner = object.get("subParts");
        String type = text(object, "type", at);
        boolean multiple =
                (inner != null && inner.isArray() && !inner.isEmpty())
                        || (type != null && EmailDraft.lower(type).startsWith("multipart/"));
        if (!multiple) {
            return leaf(object, at);
        }
        if (depth == DEEPEST || inner == null || !inner.isArray() || inner.isEmpty()) {
            throw wrong("parts inside are wanted, nested at most 10 deep", at);
        }
        if (object.has("partId") || object.has("blobId")) {
            throw wrong("a multipart has no octets of its own", at);
        }
        List<ComposedPart> children = new ArrayList<>();
        for (JsonNode each : inner) {
            children.add(part(each, at + "/subParts", depth + 1));
        }
        return new ComposedPart.Multiple(
                head(object, type == null ? "multipart/mixed" : type, at), children);
    }

    private ComposedPart leaf(ObjectNode object, String at) throws IOException {
        String partId = text(object, "partId", at);
        String blobId = text(object, "blobId", at);
        if ((partId == null) == (blobId == null)) {
            throw wrong("a part has either a partId or a blobId", at);
        }
        String type = text(object, "type", at);
        if (partId != null) {
            JsonNode value = values.get(partId);
            if (value == null) {
                throw wrong("there is no body value " + partId, at);
            }
            if (text(object, "charset", at) != null || has(object, "size")) {
                throw wrong("charset and size are not for text", at);
            }
            return new ComposedPart.Text(
                    head(object, type == null ? "text/plain" : type, at),
                    value.get("value").stringValue());
        }
        return data(object, blobId == null ? "" : blobId, type, at);
    }

    private ComposedPart data(ObjectNode object, String blobId, @Nullable String type, String at)
            throws IOException {
        String known = "application/octet-stream";
        try (OpenBlob blob = blobs.find(box, blobId).orElse(null)) {
            if (blob == null) {
                missing.add(blobId);
            } else {
                known = blob.type();
            }
        }
        return new ComposedPart.Data(
                head(object, type == null ? known : type, at),
                text(object, "charset", at),
                () -> open(blobId));
    }

    /// Reads a blob that was there a moment ago.
    private ComposedPart.Reading open(String blobId) throws IOException {
        Optional<OpenBlob> found = blobs.find(box, blobId);
        if (found.isEmpty()) {
            throw EmailDraft.missing(List.of(blobId));
        }
        OpenBlob blob = found.get();
        InputStream in = blob.open();
        return new ComposedPart.Reading() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return in.read(target, offset, length);
            }

            @Override
            public void close() throws IOException {
                try (blob) {
                    in.close();
                }
            }
        };
    }

    private static boolean has(ObjectNode object, String name) {
        JsonNode value = object.get(name);
        return value != null && !value.isNull();
    }

    private static @Nullable String text(ObjectNode object, String name, String at) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw wrong("a text is wanted", at + "/" + name);
        }
        return value.stringValue();
    }

    private static ComposedPart.Head head(ObjectNode object, String type, String at) {
        try {
            String name = text(object, "name", at);
            String location = text(object, "location", at);
            String disposition = text(object, "disposition", at);
            return new ComposedPart.Head(
                    EmailDraft.lower(type),
                    disposition == null ? null : EmailDraft.lower(disposition),
                    name == null ? null : new HeaderText(name),
                    text(object, "cid", at),
                    languages(object, at),
                    location == null ? null : new HeaderText(location),
                    more(object));
        } catch (SyntaxFault fault) {
            throw wrong(String.valueOf(fault.getMessage()), at);
        }
    }

    private static List<String> languages(ObjectNode object, String at) {
        JsonNode list = object.get("language");
        List<String> languages = new ArrayList<>();
        if (list != null && !list.isNull()) {
            for (JsonNode each : list) {
                if (!each.isString()) {
                    throw wrong("a list of tags is wanted", at + "/language");
                }
                languages.add(each.stringValue());
            }
        }
        return languages;
    }

    private static List<String> more(ObjectNode object) {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            HeaderProperty header = HeaderProperty.parse(each.getKey()).orElse(null);
            if (header != null) {
                if (Set.of("content-type", "content-disposition").contains(header.field())) {
                    throw wrong("say it by properties", each.getKey());
                }
                fields.addAll(HeaderFormat.fields(header, each.getValue()));
            }
        }
        return fields;
    }
}
