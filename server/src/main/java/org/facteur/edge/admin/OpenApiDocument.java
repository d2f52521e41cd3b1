package org.facteur.edge.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Describes the verbs as OpenAPI 3.1 does.
final class OpenApiDocument {
    private OpenApiDocument() {}

    /// The document, as maps and lists in order.
    static Map<String, Object> of(List<AdminVerb> verbs, String version) {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (AdminVerb verb : verbs) {
            paths.put(verb.path(), Map.of("post", operation(verb)));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Facteur administration", "version", version));
        document.put("security", List.of(Map.of("token", List.of())));
        document.put("paths", paths);
        document.put(
                "components",
                Map.of(
                        "securitySchemes",
                        Map.of("token", Map.of("type", "http", "scheme", "bearer")),
                        "schemas",
                        Map.of("Fault", fault())));
        return document;
    }

    private static Map<String, Object> operation(AdminVerb verb) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", verb.area() + "-" + verb.name());
        operation.put("summary", verb.summary());
        operation.put("tags", List.of(verb.area()));
        operation.put(
                "requestBody",
                Map.of("content", Map.of("application/json", Map.of("schema", schema(verb)))));
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put(
                "200",
                Map.of(
                        "description",
                        "Done.",
                        "content",
                        Map.of("application/json", Map.of("schema", Map.of()))));
        responses.put("401", Map.of("description", "The token is missing or wrong."));
        for (AdminWork.Failure failure : AdminWork.Failure.values()) {
            responses.put(
                    Integer.toString(failure.status()),
                    Map.of(
                            "description",
                            failure.name(),
                            "content",
                            Map.of(
                                    "application/json",
                                    Map.of(
                                            "schema",
                                            Map.of("$ref", "#/components/schemas/Fault")))));
        }
        operation.put("responses", responses);
        return operation;
    }

    private static Map<String, Object> schema(AdminVerb verb) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (AdminVerb.Parameter parameter : verb.parameters()) {
            Map<String, Object> property = new LinkedHashMap<>();
            switch (parameter.kind()) {
                case TEXT -> property.put("type", "string");
                case NUMBER -> property.put("type", "integer");
                case SWITCH -> property.put("type", "boolean");
                case LIST -> {
                    property.put("type", "array");
                    property.put("items", Map.of("type", "string"));
                }
            }
            property.put("description", parameter.summary());
            properties.put(parameter.name(), property);
            if (parameter.required()) {
                required.add(parameter.name());
            }
        }
        if (verb.readsInput()) {
            properties.put(
                    "input",
                    Map.of("type", "string", "description", "What would be typed or piped in."));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> fault() {
        return Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                        "reason", Map.of("type", "string"),
                        "text", Map.of("type", "string")),
                "required",
                List.of("reason", "text"));
    }
}
