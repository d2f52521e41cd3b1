package org.facteur.wire.jmap;

import java.util.Objects;
import org.facteur.wire.text.SyntaxFault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One call, or one answer (RFC 8620 §3.2).
///
/// @param arguments belongs to the record
/// @param callId chosen by the client
public record Invocation(String name, ObjectNode arguments, String callId) {
    public Invocation {
        Objects.requireNonNull(name);
        Objects.requireNonNull(arguments);
        Objects.requireNonNull(callId);
    }

    /// @throws SyntaxFault unless it is a name, an object and a text
    static Invocation of(JsonNode node) {
        if (node.isArray()
                && node.size() == 3
                && node.get(0).isString()
                && node.get(1) instanceof ObjectNode arguments
                && node.get(2).isString()) {
            return new Invocation(node.get(0).stringValue(), arguments, node.get(2).stringValue());
        }
        throw SyntaxFault.at(0, "an invocation", "RFC 8620 §3.2");
    }

    /// What is said when a call failed (RFC 8620 §3.6.2).
    public static Invocation failed(MethodFault fault, String callId) {
        return new Invocation("error", fault.toJson(), callId);
    }

    public ArrayNode toJson() {
        return JmapText.array().add(name).add(arguments).add(callId);
    }
}
