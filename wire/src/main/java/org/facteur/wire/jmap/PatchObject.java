package org.facteur.wire.jmap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes of one object: values by where they go (RFC 8620 §5.3).
public final class PatchObject {
    private static final int DEPTH = 8;

    private PatchObject() {}

    /// The object as it is after the changes.
    ///
    /// @param object is left alone
    /// @throws SetFault invalidPatch for a path into a list or into nothing, and where one path
    ///   leads into another
    public static ObjectNode apply(ObjectNode object, ObjectNode patch) {
        Set<String> paths = new HashSet<>();
        patch.properties().forEach(each -> paths.add(each.getKey()));
        ObjectNode result = object.deepCopy();
        for (Map.Entry<String, JsonNode> each : patch.properties()) {
            List<String> steps = steps(each.getKey());
            refuseOverlap(each.getKey(), paths);
            ObjectNode at = result;
            for (String step : steps.subList(0, steps.size() - 1)) {
                if (!(at.get(step) instanceof ObjectNode inner)) {
                    throw SetFault.invalidPatch("nothing to change at " + each.getKey());
                }
                at = inner;
            }
            if (each.getValue().isNull()) {
                at.remove(steps.getLast());
            } else {
                at.set(steps.getLast(), each.getValue());
            }
        }
        return result;
    }

    /// The parts of a path, `~1` and `~0` read.
    public static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        int from = 0;
        while (from <= path.length()) {
            int end = path.indexOf('/', from);
            end = end < 0 ? path.length() : end;
            steps.add(path.substring(from, end).replace("~1", "/").replace("~0", "~"));
            from = end + 1;
        }
        if (steps.size() > DEPTH) {
            throw SetFault.invalidPatch("too deep a path");
        }
        return steps;
    }

    private static void refuseOverlap(String path, Set<String> paths) {
        for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
            if (paths.contains(path.substring(0, at))) {
                throw SetFault.invalidPatch(path + " is inside another path");
            }
        }
    }
}
