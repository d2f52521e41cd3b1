package org.facteur.edge.jmap;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.facteur.core.mailbox.CatalogChanges;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.Usage;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Quota/get, /changes, /query and /queryChanges (RFC 9425 §4): how many octets and letters an
/// account may hold.
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
            read(box).keySet().forEach(id -> asked.add(CatalogChanges.Fate.UPDATED, id));
        }
        ObjectNode answer = asked.answer(ObjectIds.of(box.owner()), changes);
        answer.set("updatedProperties", JmapText.array(List.of("used")));
        return answer;
    }

    /// Filter and sort of a query.
    private record Asked(Predicate<ObjectNode> filter, Comparator<ObjectNode> order) {
        static Asked take(Call call) {
            Predicate<ObjectNode> filter =
                    FilterProgram.of(
                            call.arguments().findObject("filter"), QuotaMethods::condition);
            return new Asked(filter, QuotaMethods.order(call.arguments().findList("sort")));
        }

        List<String> find(LetterBox box) {
            return read(box).values().stream()
                    .filter(filter)
                    .sorted(order)
                    .map(each -> each.get("id").stringValue())
                    .toList();
        }
    }

    static ObjectNode query(Call call) {
        LetterBox box = call.ownBox();
        Asked asked = Asked.take(call);
        QueryWindow window = QueryWindow.take(call.arguments());
        call.arguments().end();
        ObjectNode answer =
                JmapText.object()
                        .put("accountId", ObjectIds.of(box.owner()))
                        .put("queryState", States.of(box.version()))
                        .put("canCalculateChanges", true);
        window.cut(asked.find(box), answer);
        return answer;
    }

    /// What is used changes with every letter, and with it the order.
    static ObjectNode queryChanges(Call call) {
        LetterBox box = call.ownBox();
        Asked query = Asked.take(call);
        QueryChanges asked = QueryChanges.take(call.arguments());
        call.arguments().end();
        CatalogChanges changes =
                box.catalog()
                        .changesSince(asked.version(), Integer.MAX_VALUE)
                        .orElseThrow(States::cannotCalculate);
        Set<String> touched = changes.letters().isEmpty() ? Set.of() : read(box).keySet();
        return asked.answer(box, changes.to(), touched, query.find(box));
    }

    private static Predicate<ObjectNode> condition(Arguments condition) {
        String name = condition.findText("name");
        String scope = condition.findText("scope");
        String resource = condition.findText("resourceType");
        String type = condition.findText("type");
        return quota ->
                (name == null || quota.get("name").stringValue().contains(name))
                        && (scope == null || quota.get("scope").stringValue().equals(scope))
                        && (resource == null
                                || quota.get("resourceType").stringValue().equals(resource))
                        && (type == null || type.equals("Email"));
    }

    private static Comparator<ObjectNode> order(@Nullable List<JsonNode> list) {
        Comparator<ObjectNode> all = Comparator.comparingInt(_ -> 0);
        for (JsonNode each : list == null ? List.<JsonNode>of() : list) {
            if (!(each instanceof ObjectNode object)) {
                throw MethodFault.invalidArguments("a comparator is an object");
            }
            Arguments arguments = new Arguments(object);
            String property = arguments.text("property");
            boolean ascending = arguments.flag("isAscending", true);
            arguments.findText("collation");
            arguments.end();
            Comparator<ObjectNode> one =
                    switch (property) {
                        case "name" ->
                                Comparator.comparing(quota -> quota.get("name").stringValue());
                        case "used" -> Comparator.comparing(quota -> quota.get("used").longValue());
                        default ->
                                throw new MethodFault(
                                        "unsupportedSort", "there is no order by " + property);
                    };
            all = all.thenComparing(ascending ? one : one.reversed());
        }
        return all;
    }
}
