package org.facteur.wire.jmap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The arguments of a call, taken one by one; what nobody takes is not known and refused by [#end].
/// Any wrong type is `invalidArguments`. One thread.
public final class Arguments {
    /// The largest number that JSON carries exactly (RFC 8620 §1.3).
    private static final long LARGEST = (1L << 53) - 1;

    private final ObjectNode json;
    private final Set<String> taken = new HashSet<>();

    public Arguments(ObjectNode json) {
        this.json = json;
    }

    /// Null where it is absent or null.
    public @Nullable JsonNode take(String name) {
        taken.add(name);
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /// Whether it is there, be it null.
    public boolean has(String name) {
        return json.has(name);
    }

    public @Nullable String findText(String name) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw wrong(name, "a text");
        }
        return value.stringValue();
    }

    public String text(String name) {
        String value = findText(name);
        if (value == null) {
            throw wrong(name, "a text");
        }
        return value;
    }

    /// An id, in the form of one.
    public @Nullable String findId(String name) {
        String value = findText(name);
        if (value != null && !JmapId.valid(value)) {
            throw wrong(name, "an id");
        }
        return value;
    }

    public String id(String name) {
        String value = findId(name);
        if (value == null) {
            throw wrong(name, "an id");
        }
        return value;
    }

    public boolean flag(String name, boolean otherwise) {
        JsonNode value = take(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value.booleanValue();
    }

    /// A whole number of either sign; null where there is none.
    public @Nullable Long findInt(String name) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || !value.canConvertToExactIntegral() || !value.canConvertToLong()) {
            throw wrong(name, "a whole number");
        }
        long number = value.longValue();
        if (Math.abs(number) > LARGEST) {
            throw wrong(name, "a whole number below 2^53");
        }
        return number;
    }

    /// A whole number of 0 or more; null where there is none.
    public @Nullable Long findUnsigned(String name) {
        Long number = findInt(name);
        if (number != null && number < 0) {
            throw wrong(name, "0 or more");
        }
        return number;
    }

    public @Nullable Instant findDate(String name) {
        String text = findText(name);
        return text == null ? null : UtcDate.parse(text);
    }

    /// Null where there is none.
    public @Nullable List<String> findTexts(String name) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            throw wrong(name, "a list of texts");
        }
        List<String> texts = new ArrayList<>(value.size());
        for (JsonNode each : value) {
            if (!each.isString()) {
                throw wrong(name, "a list of texts");
            }
            texts.add(each.stringValue());
        }
        return texts;
    }

    /// Ids in their form, or references to created ones (`#name`); null where there is none.
    public @Nullable List<String> findIds(String name) {
        List<String> ids = findTexts(name);
        if (ids != null) {
            for (String id : ids) {
                if (!JmapId.valid(id.startsWith("#") ? id.substring(1) : id)) {
                    throw wrong(name, "a list of ids");
                }
            }
        }
        return ids;
    }

    public @Nullable ObjectNode findObject(String name) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ObjectNode object)) {
            throw wrong(name, "an object");
        }
        return object;
    }

    /// Objects by id; empty where there are none.
    public Map<String, ObjectNode> objects(String name) {
        ObjectNode all = findObject(name);
        Map<String, ObjectNode> objects = new LinkedHashMap<>();
        if (all != null) {
            for (Map.Entry<String, JsonNode> each : all.properties()) {
                if (!(each.getValue() instanceof ObjectNode object)) {
                    throw wrong(name, "objects by id");
                }
                objects.put(each.getKey(), object);
            }
        }
        return objects;
    }

    /// The list, or null.
    public @Nullable List<JsonNode> findList(String name) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            throw wrong(name, "a list");
        }
        List<JsonNode> items = new ArrayList<>(value.size());
        value.forEach(items::add);
        return items;
    }

    /// All of them, whatever they are.
    public ObjectNode whole() {
        return json;
    }

    /// @throws MethodFault invalidArguments when there is one that nobody took
    public void end() {
        for (Map.Entry<String, JsonNode> each : json.properties()) {
            if (!taken.contains(each.getKey())) {
                throw MethodFault.invalidArguments(each.getKey() + " is not known");
            }
        }
    }

    private static MethodFault wrong(String name, String wanted) {
        return MethodFault.invalidArguments(name + ": " + wanted + " is wanted");
    }
}
