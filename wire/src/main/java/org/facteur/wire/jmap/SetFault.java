package org.facteur.wire.jmap;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Why one object could not be made, changed or removed (RFC 8620 §5.3).
public final class SetFault extends RuntimeException {
    private final String type;
    private final @Nullable String description;
    private final List<String> properties;
    private final ObjectNode more = JmapText.object();

    /// @param type as the RFC names it
    /// @param properties that are at fault; may be empty
    public SetFault(String type, @Nullable String description, List<String> properties) {
        super(type + ": " + description, null, false, false);
        this.type = Objects.requireNonNull(type);
        this.description = description;
        this.properties = List.copyOf(properties);
    }

    public SetFault(String type, @Nullable String description) {
        this(type, description, List.of());
    }

    public static SetFault invalidProperties(String description, String... properties) {
        return new SetFault("invalidProperties", description, List.of(properties));
    }

    public static SetFault notFound() {
        return new SetFault("notFound", null);
    }

    public static SetFault invalidPatch(String description) {
        return new SetFault("invalidPatch", description);
    }

    /// What some types say besides.
    public SetFault with(String name, tools.jackson.databind.JsonNode value) {
        more.set(name, value);
        return this;
    }

    public String type() {
        return type;
    }

    public ObjectNode toJson() {
        ObjectNode json = JmapText.object().put("type", type);
        if (description != null) {
            json.put("description", description);
        }
        if (!properties.isEmpty()) {
            json.set("properties", JmapText.array(properties));
        }
        more.properties().forEach(each -> json.set(each.getKey(), each.getValue()));
        return json;
    }
}
