package org.facteur.wire.jmap;

import java.util.ArrayDeque;
import java.util.Deque;
import org.facteur.wire.text.SyntaxFault;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON text into trees and back. Any thread.
public final class JmapText {
    /// The deepest nesting that is read.
    public static final int DEPTH = 64;

    private static final int NAME_LENGTH = 255;
    private static final int NUMBER_LENGTH = 100;
    private static final int LONGEST_STRING = 50 << 20;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH)
                                                    .maxNameLength(NAME_LENGTH)
                                                    .maxNumberLength(NUMBER_LENGTH)
                                                    .maxStringLength(LONGEST_STRING)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private JmapText() {}

    /// Reads one JSON value and nothing behind it.
    ///
    /// @throws SyntaxFault for anything else, for a name that comes twice and a lone surrogate
    public static JsonNode read(byte[] octets) {
        try {
            JsonNode root = MAPPER.readTree(octets);
            if (root == null || root.isMissingNode()) {
                throw SyntaxFault.at(0, "a JSON value", "RFC 8259 §2");
            }
            checkText(root);
            return root;
        } catch (JacksonException broken) {
            long at = broken.getLocation() == null ? -1 : broken.getLocation().getByteOffset();
            throw new SyntaxFault(Math.clamp(at, -1, 1 << 30), "JSON", "RFC 7493 §2");
        }
    }

    /// As [#read(byte[])].
    public static JsonNode read(String text) {
        return read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void checkText(JsonNode root) {
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            JsonNode node = open.pop();
            if (node.isString()) {
                check(node.stringValue());
            } else if (node.isObject()) {
                node.properties().forEach(each -> check(each.getKey()));
                node.forEach(open::push);
            } else if (node.isArray()) {
                node.forEach(open::push);
            }
        }
    }

    private static void check(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw SyntaxFault.at(0, "text without lone surrogates", "RFC 7493 §2.1");
            }
        }
    }

    public static byte[] write(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    public static String writeText(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /// A list of texts.
    public static ArrayNode array(Iterable<String> texts) {
        ArrayNode array = array();
        texts.forEach(array::add);
        return array;
    }
}
