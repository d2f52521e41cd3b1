package org.facteur.edge.jmap;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.JmapId;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What every /set is asked (RFC 8620 §5.3).
///
/// @param ifInState null for whatever state
/// @param create objects by the names their creator gives
/// @param update patches by id
/// @param destroy ids
record SetArguments(
        @Nullable String ifInState,
        Map<String, ObjectNode> create,
        Map<String, ObjectNode> update,
        Set<String> destroy) {
    /// @throws MethodFault requestTooLarge for more objects than are announced
    static SetArguments take(Call call) {
        Arguments arguments = call.arguments();
        String state = arguments.findText("ifInState");
        Map<String, ObjectNode> create = arguments.objects("create");
        for (String name : create.keySet()) {
            if (!JmapId.valid(name)) {
                throw MethodFault.invalidArguments("create: ids are wanted");
            }
        }
        Map<String, ObjectNode> update = new LinkedHashMap<>();
        arguments.objects("update").forEach((id, patch) -> update.put(real(call, id), patch));
        Set<String> destroy = new LinkedHashSet<>();
        List<String> ids = arguments.findIds("destroy");
        (ids == null ? List.<String>of() : ids).forEach(id -> destroy.add(real(call, id)));
        int objects = create.size() + update.size() + destroy.size();
        if (objects > call.settings().objects()) {
            throw MethodFault.requestTooLarge("at most " + call.settings().objects() + " objects");
        }
        return new SetArguments(state, create, update, destroy);
    }

    /// References to what earlier calls of the batch made.
    private static String real(Call call, String id) {
        String real = call.resolve(id);
        return real == null ? id : real;
    }
}
