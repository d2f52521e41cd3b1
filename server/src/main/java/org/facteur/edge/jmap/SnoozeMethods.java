package org.facteur.edge.jmap;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.snooze.Snooze;
import org.facteur.core.snooze.SnoozeDesk;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.jmap.UtcDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Snooze/get, /changes and /set: letters that come back later (`urn:facteur:snooze`). One call.
final class SnoozeMethods {
    private static final String PREFIX = "Z";

    private final Call call;
    private final LetterBox box;
    private final SnoozeDesk desk;

    private SnoozeMethods(Call call) {
        this.call = call;
        this.box = call.ownBox();
        this.desk = call.services().extras().snoozes();
    }

    static ObjectNode get(Call call) {
        SnoozeMethods one = new SnoozeMethods(call);
        ObjectGet get = new ObjectGet(call, Shapes.SNOOZE::has);
        call.arguments().end();
        String state = States.of(one.box.version());
        Set<String> ids = get.ids();
        if (ids == null) {
            one.desk.list(one.box.owner()).forEach(each -> get.foundWhole(json(each)));
        } else {
            for (String id : ids) {
                OptionalLong number = ObjectIds.number('Z', id);
                Optional<Snooze> found =
                        number.isPresent()
                                ? one.desk.find(one.box.owner(), number.getAsLong())
                                : Optional.empty();
                if (found.isPresent()) {
                    get.foundWhole(json(found.get()));
                } else {
                    get.missing(id);
                }
            }
        }
        return get.answer(ObjectIds.of(one.box.owner()), state);
    }

    private static ObjectNode json(Snooze snooze) {
        return JmapText.object()
                .put("id", PREFIX + snooze.number())
                .put("emailId", ObjectIds.of(snooze.letter()))
                .put("until", UtcDate.of(snooze.until()));
    }

    static ObjectNode changes(Call call) {
        return Identities.shelved(call, call.ownBox(), ItemKind.SNOOZE, PREFIX);
    }

    static ObjectNode set(Call call) {
        SnoozeMethods one = new SnoozeMethods(call);
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        String before = States.of(one.box.version());
        Identities.requireState(
                call.services().extras().shelf(), one.box, ItemKind.SNOOZE, asked.ifInState());
        SetAnswer answer = new SetAnswer(call);
        asked.create().forEach((name, object) -> one.create(answer, name, object));
        asked.update().forEach((id, patch) -> one.update(answer, id, patch));
        asked.destroy().forEach(id -> one.destroy(answer, id));
        return answer.json(ObjectIds.of(one.box.owner()), before, States.of(one.box.version()));
    }

    private void create(SetAnswer answer, String name, ObjectNode object) {
        try {
            for (String property : object.propertyNames()) {
                if (!property.equals("emailId") && !property.equals("until")) {
                    throw SetFault.invalidProperties("it cannot be set", property);
                }
            }
            JsonNode id = object.get("emailId");
            String real = id == null || !id.isString() ? null : call.resolve(id.stringValue());
            LetterId letter =
                    ObjectIds.letter(real == null ? "" : real)
                            .orElseThrow(
                                    () ->
                                            SetFault.invalidProperties(
                                                    "there is no such email", "emailId"));
            Snooze made =
                    desk.put(
                            box,
                            letter,
                            until(object.get("until")),
                            call.caller().account().language());
            answer.created(name, JmapText.object().put("id", PREFIX + made.number()));
        } catch (SetFault fault) {
            answer.notCreated(name, fault);
        } catch (Refusal refusal) {
            answer.notCreated(name, SetAnswer.fault(refusal));
        }
    }

    private static Instant until(@Nullable JsonNode value) {
        try {
            return UtcDate.parse(value == null ? "" : value.asString(""));
        } catch (MethodFault _) {
            throw SetFault.invalidProperties("a UTC date is wanted", "until");
        }
    }

    private static long number(String id) {
        OptionalLong number = ObjectIds.number('Z', id);
        if (number.isEmpty()) {
            throw SetFault.notFound();
        }
        return number.getAsLong();
    }

    private void update(SetAnswer answer, String id, ObjectNode patch) {
        try {
            if (patch.size() != 1 || !patch.has("until")) {
                throw SetFault.invalidProperties("only until can be set");
            }
            desk.postpone(box, number(id), until(patch.get("until")));
            answer.updated(id, null);
        } catch (SetFault fault) {
            answer.notUpdated(id, fault);
        } catch (Refusal refusal) {
            answer.notUpdated(id, SetAnswer.fault(refusal));
        }
    }

    private void destroy(SetAnswer answer, String id) {
        try {
            desk.wake(box, number(id));
            answer.destroyed(id);
        } catch (SetFault fault) {
            answer.notDestroyed(id, fault);
        } catch (Refusal refusal) {
            answer.notDestroyed(id, SetAnswer.fault(refusal));
        }
    }
}
