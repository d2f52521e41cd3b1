package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.facteur.wire.jmap.HeaderProperty;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.mime.Disposition;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.mime.Part;
import org.facteur.wire.mime.PartDecoder;
import org.facteur.wire.text.ByteSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Parts of a message as EmailBodyPart objects (RFC 8621 §4.1.4). One message, one thread.
final class BodyJson {
    /// What is given where nobody names properties.
    static final Set<String> STANDARD = Shapes.BODY_PART.names();

    private static final Set<String> OTHERS = Set.of("headers", "subParts");

    private final MessageSource message;
    private final Set<String> properties;

    /// @param properties that each part is to have
    BodyJson(MessageSource message, Set<String> properties) {
        this.message = message;
        this.properties = properties;
    }

    static boolean known(String property) {
        return STANDARD.contains(property)
                || OTHERS.contains(property)
                || HeaderProperty.parse(property).isPresent();
    }

    ArrayNode list(List<Part> parts) throws IOException {
        ArrayNode list = JmapText.array();
        for (Part part : parts) {
            list.add(of(part));
        }
        return list;
    }

    /// The whole tree.
    ObjectNode tree() throws IOException {
        List<ObjectNode> made = new ArrayList<>();
        List<Part> parts = message.anatomy().parts();
        for (Part part : parts) {
            ObjectNode json = of(part);
            if (part.type().isMultipart()) {
                json.set("subParts", JmapText.array());
            }
            made.add(json);
            if (part.parent() >= 0
                    && parts.get(part.parent()).type().isMultipart()
                    && made.get(part.parent()).get("subParts") instanceof ArrayNode siblings) {
                siblings.add(json);
            }
        }
        return made.getFirst();
    }

    private ObjectNode of(Part part) throws IOException {
        ObjectNode json = JmapText.object();
        boolean whole = !part.type().isMultipart();
        for (String property : properties) {
            switch (property) {
                case "partId" -> json.put(property, whole ? partId(part) : null);
                case "blobId" -> json.put(property, whole ? blobId(part) : null);
                case "size" -> json.put(property, whole ? size(part) : 0);
                case "name" -> json.put(property, part.findFileName().orElse(null));
                case "type" -> json.put(property, part.type().toString());
                case "charset" -> json.put(property, charset(part));
                case "disposition" -> {
                    Disposition disposition = part.details().disposition();
                    json.put(property, disposition == null ? null : disposition.kind());
                }
                case "cid" -> json.put(property, cid(part));
                case "language" -> {
                    List<String> languages = part.details().languages();
                    json.set(property, languages.isEmpty() ? null : JmapText.array(languages));
                }
                case "location" -> json.put(property, part.details().location());
                case "headers" -> json.set(property, headers(message.header(part)));
                case "subParts" -> json.set(property, null);
                default -> {
                    Optional<HeaderProperty> header = HeaderProperty.parse(property);
                    if (header.isPresent()) {
                        json.set(property, HeaderValues.of(header.get(), message.header(part)));
                    }
                }
            }
        }
        return json;
    }

    /// All fields as they were written (RFC 8621 §4.1.3).
    static ArrayNode headers(HeaderBlock block) {
        ArrayNode all = JmapText.array();
        for (HeaderField field : block.fields()) {
            all.add(
                    JmapText.object()
                            .put("name", field.name())
                            .put("value", HeaderValues.raw(block, field)));
        }
        return all;
    }

    static String partId(Part part) {
        return Integer.toString(part.number());
    }

    private String blobId(Part part) {
        return BlobIds.part(message.blobId(), part.number());
    }

    private static @Nullable String charset(Part part) {
        return part.type().isText() ? part.type().find("charset").orElse("us-ascii") : null;
    }

    private static @Nullable String cid(Part part) {
        String id = part.details().contentId();
        if (id == null) {
            return null;
        }
        String text = id.strip();
        return text.startsWith("<") && text.endsWith(">") && text.length() > 1
                ? text.substring(1, text.length() - 1)
                : text;
    }

    /// Without the transfer encoding.
    private long size(Part part) throws IOException {
        return switch (part.details().encoding()) {
            case SEVEN_BIT, EIGHT_BIT, BINARY, UNKNOWN -> part.range().bodyLength();
            case QUOTED_PRINTABLE, BASE64 -> {
                try (InputStream in = message.body(part)) {
                    ByteSource decoded = new PartDecoder(in::read, part.details().encoding());
                    byte[] piece = new byte[8192];
                    long size = 0;
                    int count = decoded.read(piece, 0, piece.length);
                    while (count > 0) {
                        size += count;
                        count = decoded.read(piece, 0, piece.length);
                    }
                    yield size;
                }
            }
        };
    }
}
