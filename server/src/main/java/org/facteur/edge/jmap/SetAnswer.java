package org.facteur.edge.jmap;

import java.util.Map;
import org.facteur.base.fault.Refusal;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.SetFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What every /set tells (RFC 8620 §5.3). One call.
final class SetAnswer {
    private final Call call;
    private final ObjectNode created = JmapText.object();
    private final ObjectNode notCreated = JmapText.object();
    private final ObjectNode updated = JmapText.object();
    private final ObjectNode notUpdated = JmapText.object();
    private final ArrayNode destroyed = JmapText.array();
    private final ObjectNode notDestroyed = JmapText.object();

    SetAnswer(Call call) {
        this.call = call;
    }

    /// Something was made.
    ///
    /// @param object with its id and what the server chose
    void created(String name, ObjectNode object) {
        created.set(name, object);
        call.createdIds().put(name, object.get("id").stringValue());
    }

    void notCreated(String name, SetFault fault) {
        notCreated.set(name, fault.toJson());
    }

    /// @param object what the server changed besides; null for nothing
    void updated(String id, @Nullable ObjectNode object) {
        updated.set(id, object);
    }

    /// Something was changed besides what was asked; it stands among the made or the updated.
    void changed(String id, ObjectNode change) {
        for (Map.Entry<String, JsonNode> each : created.properties()) {
            if (each.getValue() instanceof ObjectNode made
                    && id.equals(made.path("id").asString(""))) {
                made.setAll(change);
                return;
            }
        }
        if (updated.get(id) instanceof ObjectNode known) {
            known.setAll(change);
        } else {
            updated.set(id, change);
        }
    }

    /// Whether anything could not be done.
    boolean failed() {
        return !notCreated.isEmpty() || !notUpdated.isEmpty() || !notDestroyed.isEmpty();
    }

    void notUpdated(String id, SetFault fault) {
        notUpdated.set(id, fault.toJson());
    }

    void destroyed(String id) {
        destroyed.add(id);
    }

    void notDestroyed(String id, SetFault fault) {
        notDestroyed.set(id, fault.toJson());
    }

    /// Whether something was made under this name.
    boolean made(String name) {
        return created.has(name);
    }

    /// What a refusal is to one object.
    static SetFault fault(Refusal refusal) {
        String text = refusal.sentence().english();
        return switch (refusal.reason()) {
            case NOT_FOUND -> new SetFault("notFound", text);
            case ALREADY_EXISTS -> new SetFault("alreadyExists", text);
            case NOT_ALLOWED, CANNOT, LOOP -> new SetFault("forbidden", text);
            case INVALID -> new SetFault("invalidProperties", text);
            case OVER_QUOTA -> new SetFault("overQuota", text);
            case TOO_LARGE -> new SetFault("tooLarge", text);
            case LIMIT -> new SetFault("overQuota", text);
        };
    }

    ObjectNode json(String accountId, String oldState, String newState) {
        ObjectNode json =
                JmapText.object()
                        .put("accountId", accountId)
                        .put("oldState", oldState)
                        .put("newState", newState);
        json.set("created", created.isEmpty() ? null : created);
        json.set("updated", updated.isEmpty() ? null : updated);
        json.set("destroyed", destroyed.isEmpty() ? null : destroyed);
        json.set("notCreated", notCreated.isEmpty() ? null : notCreated);
        json.set("notUpdated", notUpdated.isEmpty() ? null : notUpdated);
        json.set("notDestroyed", notDestroyed.isEmpty() ? null : notDestroyed);
        return json;
    }
}
