package org.facteur.edge.jmap;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.contact.Correspondent;
import org.facteur.core.contact.Correspondents;
import org.facteur.core.contact.People;
import org.facteur.core.contact.Person;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.shelf.ItemKind;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.jmap.UtcDate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Person/suggest, Correspondent/get, /changes, /set and PeopleWishes/get, /set
/// (`urn:facteur:people`). One call.
final class PeopleMethods {
    private static final String PREFIX = "W";
    private static final String SINGLETON = "singleton";
    private static final int MOST = 100;
    private static final int USUAL = 10;

    private final LetterBox box;
    private final People people;
    private final Correspondents correspondents;

    private PeopleMethods(Call call) {
        this.box = call.ownBox();
        this.people = call.services().extras().people();
        this.correspondents = people.correspondents();
    }

    static ObjectNode suggest(Call call) {
        PeopleMethods one = new PeopleMethods(call);
        String text = call.arguments().text("text");
        Long limit = call.arguments().findUnsigned("limit");
        call.arguments().end();
        int most = limit == null ? USUAL : (int) Math.min(limit, MOST);
        ArrayNode list = JmapText.array();
        for (Person each : one.people.suggest(one.box.owner(), text, most)) {
            ObjectNode json =
                    JmapText.object().put("name", each.name()).put("email", each.address());
            Long card = each.card();
            json.put("cardId", card == null ? null : CardMethods.id(card));
            json.put("letters", each.letters());
            json.put("lastAt", each.last() == null ? null : UtcDate.of(each.last()));
            list.add(json);
        }
        ObjectNode answer = JmapText.object().put("accountId", ObjectIds.of(one.box.owner()));
        answer.set("list", list);
        return answer;
    }

    static ObjectNode get(Call call) {
        PeopleMethods one = new PeopleMethods(call);
        ObjectGet get = new ObjectGet(call, Shapes.CORRESPONDENT::has);
        call.arguments().end();
        one.correspondents.settle(one.box.owner());
        String state = States.of(one.box.version());
        Set<String> ids = get.ids();
        if (ids == null) {
            one.correspondents.list(one.box.owner()).forEach(each -> get.foundWhole(json(each)));
        } else {
            for (String id : ids) {
                Optional<Correspondent> found = one.find(id);
                if (found.isPresent()) {
                    get.foundWhole(json(found.get()));
                } else {
                    get.missing(id);
                }
            }
        }
        return get.answer(ObjectIds.of(one.box.owner()), state);
    }

    private Optional<Correspondent> find(String id) {
        OptionalLong number = ObjectIds.number('W', id);
        return number.isPresent()
                ? correspondents.find(box.owner(), number.getAsLong())
                : Optional.empty();
    }

    private static ObjectNode json(Correspondent each) {
        return JmapText.object()
                .put("id", PREFIX + each.number())
                .put("email", each.address())
                .put("name", each.name())
                .put("letters", each.letters())
                .put("firstAt", UtcDate.of(each.first()))
                .put("lastAt", UtcDate.of(each.last()));
    }

    static ObjectNode changes(Call call) {
        PeopleMethods one = new PeopleMethods(call);
        one.correspondents.settle(one.box.owner());
        return Identities.shelved(call, one.box, ItemKind.CORRESPONDENT, PREFIX);
    }

    static ObjectNode set(Call call) {
        PeopleMethods one = new PeopleMethods(call);
        boolean all = call.arguments().flag("destroyAll", false);
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        one.correspondents.settle(one.box.owner());
        String before = States.of(one.box.version());
        Identities.requireState(
                call.services().extras().shelf(),
                one.box,
                ItemKind.CORRESPONDENT,
                asked.ifInState());
        SetAnswer answer = new SetAnswer(call);
        SetFault learned = new SetFault("forbidden", "correspondents are learned from letters");
        asked.create().keySet().forEach(name -> answer.notCreated(name, learned));
        asked.update().keySet().forEach(id -> answer.notUpdated(id, learned));
        for (String id : asked.destroy()) {
            one.forget(answer, id);
        }
        if (all) {
            List<Correspondent> known = one.correspondents.list(one.box.owner());
            one.correspondents.forgetAll(one.box.actor());
            known.forEach(each -> answer.destroyed(PREFIX + each.number()));
        }
        return answer.json(ObjectIds.of(one.box.owner()), before, States.of(one.box.version()));
    }

    private void forget(SetAnswer answer, String id) {
        try {
            correspondents.forget(box.actor(), find(id).orElseThrow(SetFault::notFound).number());
            answer.destroyed(id);
        } catch (SetFault fault) {
            answer.notDestroyed(id, fault);
        } catch (Refusal refusal) {
            answer.notDestroyed(id, SetAnswer.fault(refusal));
        }
    }

    static ObjectNode wishes(Call call) {
        PeopleMethods one = new PeopleMethods(call);
        ObjectGet get = new ObjectGet(call, Shapes.PEOPLE_WISHES::has);
        call.arguments().end();
        String state = States.of(one.box.version());
        for (String id : get.idsOr(Set.of(SINGLETON))) {
            if (id.equals(SINGLETON)) {
                get.foundWhole(
                        JmapText.object()
                                .put("id", SINGLETON)
                                .put("learn", one.correspondents.learns(one.box.owner())));
            } else {
                get.missing(id);
            }
        }
        return get.answer(ObjectIds.of(one.box.owner()), state);
    }

    static ObjectNode setWishes(Call call) {
        PeopleMethods one = new PeopleMethods(call);
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        String before = States.of(one.box.version());
        Identities.requireState(
                call.services().extras().shelf(),
                one.box,
                ItemKind.PEOPLE_WISHES,
                asked.ifInState());
        SetAnswer answer = new SetAnswer(call);
        SetFault singleton = new SetFault("singleton", null);
        asked.create().keySet().forEach(name -> answer.notCreated(name, singleton));
        asked.destroy().forEach(id -> answer.notDestroyed(id, singleton));
        asked.update()
                .forEach(
                        (id, patch) -> {
                            JsonNode learn = patch.get("learn");
                            if (!id.equals(SINGLETON)) {
                                answer.notUpdated(id, SetFault.notFound());
                            } else if (patch.size() != 1 || learn == null || !learn.isBoolean()) {
                                answer.notUpdated(
                                        id,
                                        SetFault.invalidProperties(
                                                "only learn can be set", "learn"));
                            } else {
                                one.correspondents.learn(one.box.actor(), learn.booleanValue());
                                answer.updated(id, null);
                            }
                        });
        return answer.json(ObjectIds.of(one.box.owner()), before, States.of(one.box.version()));
    }
}
