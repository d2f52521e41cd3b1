package org.facteur.edge.jmap;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What every /get has in common (RFC 8620 §5.1). One call.
final class ObjectGet {
    private final @Nullable Set<String> ids;
    private final @Nullable Set<String> properties;
    private final ArrayNode list = JmapText.array();
    private final ArrayNode notFound = JmapText.array();

    /// Takes ids and properties.
    ///
    /// @param known which properties there are
    /// @throws MethodFault invalidArguments for an unknown property, requestTooLarge for too many
    ///   ids
    ObjectGet(Call call, Predicate<String> known) {
        List<String> wanted = call.arguments().findIds("ids");
        if (wanted != null && wanted.size() > call.settings().objects()) {
            throw MethodFault.requestTooLarge("at most " + call.settings().objects() + " ids");
        }
        this.ids = wanted == null ? null : resolved(call, wanted);
        List<String> named = call.arguments().findTexts("properties");
        if (named != null) {
            for (String each : named) {
                if (!known.test(each)) {
                    throw MethodFault.invalidArguments("there is no property " + each);
                }
            }
        }
        this.properties = named == null ? null : new LinkedHashSet<>(named);
    }

    private static Set<String> resolved(Call call, List<String> ids) {
        Set<String> all = new LinkedHashSet<>();
        for (String id : ids) {
            String real = call.resolve(id);
            all.add(real == null ? id : real);
        }
        return all;
    }

    /// Null for all objects.
    @Nullable Set<String> ids() {
        return ids;
    }

    /// The ids asked for, or all there are.
    Collection<String> idsOr(Collection<String> all) {
        return ids == null ? all : ids;
    }

    /// Null for the standard ones.
    @Nullable Set<String> properties() {
        return properties;
    }

    /// Whether a property is asked for.
    boolean wants(String property) {
        return properties == null || properties.contains(property);
    }

    void found(ObjectNode object) {
        list.add(object);
    }

    /// Adds an object of which only the properties asked for are kept.
    void foundWhole(ObjectNode object) {
        Set<String> some = properties;
        if (some != null) {
            Set<String> kept = new LinkedHashSet<>(some);
            kept.add("id");
            object.retain(kept);
        }
        list.add(object);
    }

    void missing(String id) {
        notFound.add(id);
    }

    ObjectNode answer(String accountId, String state) {
        ObjectNode answer = JmapText.object().put("accountId", accountId).put("state", state);
        answer.set("list", list);
        answer.set("notFound", notFound);
        return answer;
    }
}
