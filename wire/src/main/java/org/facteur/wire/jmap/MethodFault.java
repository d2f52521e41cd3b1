package org.facteur.wire.jmap;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Why a call failed as a whole (RFC 8620 §3.6.2). Nothing of it was done, unless the type says so.
public final class MethodFault extends RuntimeException {
    private final String type;
    private final @Nullable String description;

    /// @param type as the RFC names it
    /// @param description for whoever writes the client; null for none
    public MethodFault(String type, @Nullable String description) {
        super(type + ": " + description, null, false, false);
        this.type = Objects.requireNonNull(type);
        this.description = description;
    }

    public static MethodFault invalidArguments(String description) {
        return new MethodFault("invalidArguments", description);
    }

    public static MethodFault requestTooLarge(String description) {
        return new MethodFault("requestTooLarge", description);
    }

    public String type() {
        return type;
    }

    public ObjectNode toJson() {
        ObjectNode json = JmapText.object().put("type", type);
        if (description != null) {
            json.put("description", description);
        }
        return json;
    }
}
