package org.facteur.wire.jmap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Arguments that are taken from the results of earlier calls (RFC 8620 §3.7).
public final class ResultReferences {
    private static final int STEPS = 32;

    /// What one reference may yield: past it a call is refused.
    private static final int VALUES = 10_000;

    private ResultReferences() {}

    /// The arguments with each reference in the place of what it names.
    ///
    /// @param done the answers so far, in order
    /// @throws MethodFault invalidResultReference, or invalidArguments where an argument comes both
    ///   ways
    public static ObjectNode resolve(ObjectNode arguments, List<Invocation> done) {
        boolean any = false;
        for (Map.Entry<String, JsonNode> each : arguments.properties()) {
            any |= each.getKey().startsWith("#");
        }
        if (!any) {
            return arguments;
        }
        ObjectNode resolved = JmapText.object();
        for (Map.Entry<String, JsonNode> each : arguments.properties()) {
            String name = each.getKey();
            if (name.startsWith("#")) {
                String plain = name.substring(1);
                if (arguments.has(plain)) {
                    throw MethodFault.invalidArguments(plain + " comes twice");
                }
                resolved.set(plain, value(each.getValue(), done));
            } else {
                resolved.set(name, each.getValue());
            }
        }
        return resolved;
    }

    private static JsonNode value(JsonNode reference, List<Invocation> done) {
        String of = text(reference, "resultOf");
        String name = text(reference, "name");
        String path = text(reference, "path");
        for (Invocation each : done) {
            if (each.callId().equals(of)) {
                if (!each.name().equals(name)) {
                    throw broken("the call " + of + " was answered by " + each.name());
                }
                JsonNode found = find(each.arguments(), path);
                if (found == null) {
                    throw broken("there is nothing at " + path);
                }
                return found.deepCopy();
            }
        }
        throw broken("there is no call " + of);
    }

    private static String text(JsonNode reference, String name) {
        JsonNode value = reference.get(name);
        if (value == null || !value.isString()) {
            throw broken(name + " is missing");
        }
        return value.stringValue();
    }

    private static MethodFault broken(String description) {
        return new MethodFault("invalidResultReference", description);
    }

    // json-pointer = *( "/" reference-token )
    /// What a pointer (RFC 6901 §3) names, where `*` stands for each item of a list in turn, and
    /// lists of lists are joined.
    ///
    /// @return null where there is nothing
    static @Nullable JsonNode find(JsonNode root, String path) {
        List<String> steps = steps(path);
        List<JsonNode> at = List.of(root);
        boolean many = false;
        for (String step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : at) {
                if (step.equals("*") && node.isArray()) {
                    node.forEach(next::add);
                } else {
                    JsonNode found = step(node, step);
                    if (found == null) {
                        return null;
                    }
                    next.add(found);
                }
                if (next.size() > VALUES) {
                    throw broken("too many values");
                }
            }
            if (step.equals("*")) {
                many = many || at.getFirst().isArray();
            }
            at = next;
            if (at.isEmpty()) {
                return JmapText.array();
            }
        }
        return many ? joined(at) : at.getFirst();
    }

    private static ArrayNode joined(List<JsonNode> values) {
        ArrayNode all = JmapText.array();
        for (JsonNode value : values) {
            if (value.isArray()) {
                value.forEach(all::add);
            } else {
                all.add(value);
            }
            if (all.size() > VALUES) {
                throw broken("too many values");
            }
        }
        return all;
    }

    private static @Nullable JsonNode step(JsonNode node, String step) {
        if (node.isObject()) {
            return node.get(step);
        }
        if (!node.isArray() || step.isEmpty() || step.length() > 6) {
            return null;
        }
        for (int i = 0; i < step.length(); i++) {
            if (step.charAt(i) < '0' || step.charAt(i) > '9') {
                return null;
            }
        }
        boolean padded = step.length() > 1 && step.startsWith("0");
        return padded ? null : node.get(Integer.parseInt(step));
    }

    private static List<String> steps(String path) {
        if (path.isEmpty()) {
            return List.of();
        }
        if (!path.startsWith("/")) {
            throw broken("a path begins with /");
        }
        List<String> steps = new ArrayList<>();
        int from = 1;
        while (from <= path.length()) {
            int end = path.indexOf('/', from);
            end = end < 0 ? path.length() : end;
            steps.add(path.substring(from, end).replace("~1", "/").replace("~0", "~"));
            from = end + 1;
        }
        if (steps.size() > STEPS) {
            throw broken("the path is too long");
        }
        return steps;
    }
}
