package org.facteur.wire.jmap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A batch of calls (RFC 8620 §3.3).
///
/// @param using capabilities the client opts in to
/// @param createdIds ids by the names their creator gave; null where the client does not ask for
///   them
public record JmapRequest(
        Set<String> using, List<Invocation> calls, @Nullable Map<String, String> createdIds) {
    private static final String RULE = "RFC 8620 §3.3";

    public JmapRequest {
        using = Set.copyOf(using);
        calls = List.copyOf(calls);
        createdIds = createdIds == null ? null : Map.copyOf(createdIds);
    }

    /// @throws SyntaxFault for JSON that is no Request object
    public static JmapRequest of(JsonNode root) {
        JsonNode using = root.get("using");
        JsonNode calls = root.get("methodCalls");
        if (using == null || !using.isArray() || calls == null || !calls.isArray()) {
            throw SyntaxFault.at(0, "using and methodCalls", RULE);
        }
        Set<String> capabilities = new LinkedHashSet<>();
        for (JsonNode each : using) {
            if (!each.isString()) {
                throw SyntaxFault.at(0, "names of capabilities", RULE);
            }
            capabilities.add(each.stringValue());
        }
        List<Invocation> invocations = new ArrayList<>();
        for (JsonNode each : calls) {
            invocations.add(Invocation.of(each));
        }
        return new JmapRequest(capabilities, invocations, createdIds(root.get("createdIds")));
    }

    private static @Nullable Map<String, String> createdIds(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isObject()) {
            throw SyntaxFault.at(0, "created ids by name", RULE);
        }
        Map<String, String> ids = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            if (!each.getValue().isString() || !JmapId.valid(each.getKey())) {
                throw SyntaxFault.at(0, "an id", RULE);
            }
            ids.put(each.getKey(), each.getValue().stringValue());
        }
        return ids;
    }
}
