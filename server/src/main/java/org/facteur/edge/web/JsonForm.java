package org.facteur.edge.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.net.http.Exchange;
import org.facteur.wire.text.SyntaxFault;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// Small JSON documents as the pages send and read them.
final class JsonForm {
    private static final int LONGEST_BODY = 16 << 10;
    private static final ObjectMapper JSON =
            new ObjectMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(4)
                                            .maxStringLength(LONGEST_BODY)
                                            .build())
                            .build());

    private JsonForm() {}

    /// The body of a request.
    ///
    /// @throws SyntaxFault where it is no JSON object
    static JsonNode read(Exchange exchange) throws IOException {
        try {
            JsonNode body = JSON.readTree(exchange.body(LONGEST_BODY));
            if (!body.isObject()) {
                throw SyntaxFault.at(0, "a JSON object", "RFC 8259 §4");
            }
            return body;
        } catch (JacksonException _) {
            throw SyntaxFault.at(0, "JSON", "RFC 8259 §2");
        }
    }

    static String text(JsonNode body, String name) {
        JsonNode value = body.get(name);
        if (value == null || !value.isString()) {
            throw SyntaxFault.at(0, "the text \"" + name + "\"", "RFC 8259 §4");
        }
        return value.stringValue();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /// Tells why something cannot be, in a language.
    static void refuse(Exchange exchange, int status, Refusal refusal, Language language)
            throws IOException {
        refuse(exchange, status, refusal.sentence().in(language));
    }

    static void refuse(Exchange exchange, int status, String sentence) throws IOException {
        exchange.send(
                status,
                "application/problem+json",
                object().put("detail", sentence).toString().getBytes(StandardCharsets.UTF_8));
    }
}
