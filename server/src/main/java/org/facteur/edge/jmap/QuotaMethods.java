package org.facteur.edge.jmap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.Usage;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import tools.jackson.databind.node.ObjectNode;

/// Quota/get, /changes and /query (RFC 9425 §4): how many octets and letters an account may hold.
final class QuotaMethods {
    private static final Set<String> PROPERTIES = Shapes.QUOTA.names();

    /// A part in a hundred from which people are warned.
    private static final long WARN = 90;

    private QuotaMethods() {}

    private static Map<String, ObjectNode> read(LetterBox box) {
        Usage usage = box.usage();
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        all.put("Qbytes", one("Qbytes", "octets", usage.bytes(), usage.quota().bytes()));
        all.put("Qletters", one("Qletters", "count", usage.letters(), usage.quota().letters()));
        return all;
    }

    private static ObjectNode one(String id, String resource, long used, long most) {
        ObjectNode quota =
                JmapText.object()
                        .put("id", id)
                        .put("resourceType", resource)
                        .put("used", used)
                        .put("hardLimit", most)
                        .put("warnLimit", most / 100 * WARN)
                        .putNull("softLimit")
                        .put("scope", "account")
                        .put("name", resource.equals("octets") ? "Size" : "Letters")
                        .putNull("description");
        quota.set("types", JmapText.array(List.of("Email")));
        return quota;
    }

    static ObjectNode get(Call call) {
        LetterBox box = call.ownBox();
        ObjectGet get = new ObjectGet(call, PROPERTIES::contains);
        call.arguments().end();
        String state = States.of(box.version());
        Map<String, ObjectNode> all = read(box);
        for (String id : get.idsOr(all.keySet())) {
            ObjectNode quota = all.get(id);
            if (quota == null) {
                get.missing(id);
            } else {
                get.foundWhole(quota);
            }
        }
        return get.answer(ObjectIds.of(box.owner()), state);
    }

    static ObjectNode changes(Call call) {
        LetterBox box = call.ownBox();
        ObjectChanges asked = new ObjectChanges(call);
        call.arguments().end();
        var changes = asked.read(box, Integer.MAX_VALUE);
        if (!changes.letters().isEmpty()) {
            read(box)
                    .keySet()
                    .forEach(
                            id ->
                                    asked.add(
                                            org.facteur.core.mailbox.CatalogChanges.Fate.UPDATED,
                                            id));
        }
        ObjectNode answer = asked.answer(ObjectIds.of(box.owner()), changes);
        answer.set("updatedProperties", JmapText.array(List.of("used")));
        return answer;
    }

    static ObjectNode query(Call call) {
        LetterBox box = call.ownBox();
        ObjectNode filter = call.arguments().findObject("filter");
        call.arguments().findList("sort");
        QueryWindow window = QueryWindow.take(call.arguments());
        call.arguments().end();
        List<String> found =
                read(box).values().stream()
                        .filter(each -> filter == null || fits(each, filter))
                        .map(each -> each.get("id").stringValue())
                        .toList();
        ObjectNode answer =
                JmapText.object()
                        .put("accountId", ObjectIds.of(box.owner()))
                        .put("queryState", States.of(box.version()))
                        .put("canCalculateChanges", false);
        window.cut(found, answer);
        return answer;
    }

    private static boolean fits(ObjectNode quota, ObjectNode filter) {
        for (String property : filter.propertyNames()) {
            String wanted = filter.get(property).asString("");
            boolean fits =
                    switch (property) {
                        case "name" -> quota.get("name").stringValue().contains(wanted);
                        case "scope", "resourceType" ->
                                quota.get(property).stringValue().equals(wanted);
                        case "type" -> wanted.equals("Email");
                        default ->
                                throw new MethodFault(
                                        "unsupportedFilter", property + " is not known");
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
