package org.facteur.edge.jmap;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.RecoverableLetter;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.UtcDate;
import org.facteur.wire.mime.Summary;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Recoverable/get and Recoverable/restore: letters that POP devices took (`urn:facteur:recover`).
final class RecoverMethods {
    private static final Set<String> PROPERTIES = Shapes.RECOVERABLE.names();
    private static final int MOST = 1000;

    private RecoverMethods() {}

    static ObjectNode get(Call call) {
        LetterBox box = call.ownBox();
        ObjectGet get = new ObjectGet(call, PROPERTIES::contains);
        Instant since = call.arguments().findDate("since");
        call.arguments().end();
        String state = States.of(box.version());
        Map<String, RecoverableLetter> all = new LinkedHashMap<>();
        box.recoverable(since == null ? Instant.EPOCH : since, MOST)
                .forEach(each -> all.put("R" + each.id(), each));
        for (String id : get.idsOr(all.keySet())) {
            RecoverableLetter letter = all.get(id);
            if (letter == null) {
                get.missing(id);
            } else {
                get.foundWhole(json(box, letter));
            }
        }
        return get.answer(ObjectIds.of(box.owner()), state);
    }

    private static ObjectNode json(LetterBox box, RecoverableLetter each) {
        Summary summary = box.listing(each.letter()).summary();
        ObjectNode json =
                JmapText.object()
                        .put("id", "R" + each.id())
                        .put("takenAt", UtcDate.of(each.taken()))
                        .put("deviceId", "D" + each.credential())
                        .put("mailboxName", each.from().toString())
                        .put("receivedAt", UtcDate.of(each.received()))
                        .put("subject", summary.subject())
                        .put("preview", summary.preview())
                        .put("size", each.letter().sizeBytes());
        json.set("from", HeaderValues.addresses(summary.correspondents().from()));
        return json;
    }

    static ObjectNode restore(Call call) {
        LetterBox box = call.ownBox();
        List<String> ids = call.arguments().findIds("ids");
        call.arguments().end();
        if (ids == null || ids.size() > MOST) {
            throw MethodFault.invalidArguments("ids: at most " + MOST + " are wanted");
        }
        Map<Long, String> numbers = new LinkedHashMap<>();
        ArrayNode notFound = JmapText.array();
        for (String id : ids) {
            OptionalLong number = ObjectIds.number('R', id);
            if (number.isPresent()) {
                numbers.put(number.getAsLong(), id);
            } else {
                notFound.add(id);
            }
        }
        ArrayNode restored = JmapText.array();
        for (long each : box.restore(List.copyOf(numbers.keySet()))) {
            restored.add("R" + each);
            numbers.remove(each);
        }
        numbers.values().forEach(notFound::add);
        ObjectNode answer =
                JmapText.object()
                        .put("accountId", ObjectIds.of(box.owner()))
                        .put("newState", States.of(box.version()));
        answer.set("restored", restored);
        answer.set("notFound", notFound);
        return answer;
    }
}
