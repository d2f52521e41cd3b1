package org.facteur.edge.jmap;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Door;
import org.facteur.core.account.PopRule;
import org.facteur.core.login.Credential;
import org.facteur.core.login.CredentialEditor;
import org.facteur.core.login.Purpose;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.jmap.UtcDate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Device/get and Device/set: passwords of devices (`urn:facteur:devices`). One call.
///
/// Only who came in with the main password may ask: what a device can do never grows.
final class DeviceMethods {
    private static final Set<String> PROPERTIES = Shapes.DEVICE.names();
    private static final Map<Door, String> PROTOCOLS = new EnumMap<>(Door.class);

    static {
        PROTOCOLS.put(Door.IMAP, "imap");
        PROTOCOLS.put(Door.POP3, "pop3");
        PROTOCOLS.put(Door.SUBMISSION, "smtp");
        PROTOCOLS.put(Door.JMAP, "jmap");
        PROTOCOLS.put(Door.DAV, "dav");
        PROTOCOLS.put(Door.SIEVE, "sieve");
    }

    private final Call call;
    private final LetterBox box;
    private final CredentialEditor editor;

    private DeviceMethods(Call call) {
        this.call = call;
        this.box = call.ownBox();
        this.editor = call.services().extras().devices();
        if (call.caller().actor().credential() != Credential.MAIN) {
            throw new MethodFault("forbidden", "sign in with the main password");
        }
    }

    static ObjectNode get(Call call) {
        DeviceMethods one = new DeviceMethods(call);
        ObjectGet get = new ObjectGet(call, PROPERTIES::contains);
        call.arguments().end();
        Map<String, ObjectNode> all = one.read();
        for (String id : get.idsOr(all.keySet())) {
            ObjectNode device = all.get(id);
            if (device == null) {
                get.missing(id);
            } else {
                get.foundWhole(device);
            }
        }
        return get.answer(
                ObjectIds.of(one.box.owner()),
                Long.toString(call.services().directory().version()));
    }

    private Map<String, ObjectNode> read() {
        Map<String, ObjectNode> all = new java.util.LinkedHashMap<>();
        for (Credential each : editor.list(box.owner())) {
            if (!each.main()) {
                String id = "D" + each.number();
                ObjectNode json =
                        JmapText.object()
                                .put("id", id)
                                .put("name", each.name())
                                .put("created", UtcDate.of(each.created()))
                                .put(
                                        "popDelete",
                                        each.purpose()
                                                .pop()
                                                .onDelete()
                                                .name()
                                                .toLowerCase(java.util.Locale.ROOT)
                                                .replace('_', '-'));
                List<String> protocols =
                        each.doors().stream()
                                .map(PROTOCOLS::get)
                                .filter(java.util.Objects::nonNull)
                                .sorted()
                                .toList();
                json.set("protocols", JmapText.array(protocols));
                all.put(id, json);
            }
        }
        return all;
    }

    static ObjectNode set(Call call) {
        DeviceMethods one = new DeviceMethods(call);
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        String before = Long.toString(call.services().directory().version());
        if (asked.ifInState() != null && !asked.ifInState().equals(before)) {
            throw States.mismatch();
        }
        SetAnswer answer = new SetAnswer(call);
        asked.create().forEach((name, object) -> one.create(answer, name, object));
        asked.update().forEach((id, patch) -> one.update(answer, id, patch));
        asked.destroy().forEach(id -> one.destroy(answer, id));
        return answer.json(
                ObjectIds.of(one.box.owner()),
                before,
                Long.toString(call.services().directory().version()));
    }

    private void create(SetAnswer answer, String name, ObjectNode object) {
        try {
            Purpose purpose = new Purpose(text(object), doors(object), rule(object));
            Set<Long> before = numbers();
            String password = editor.addDevice(call.caller().account(), purpose);
            long number =
                    numbers().stream()
                            .filter(each -> !before.contains(each))
                            .max(Long::compare)
                            .orElseThrow();
            answer.created(
                    name, JmapText.object().put("id", "D" + number).put("password", password));
        } catch (SetFault fault) {
            answer.notCreated(name, fault);
        } catch (Refusal refusal) {
            answer.notCreated(name, SetAnswer.fault(refusal));
        }
    }

    private Set<Long> numbers() {
        Set<Long> all = new java.util.TreeSet<>();
        editor.list(box.owner()).forEach(each -> all.add(each.number()));
        return all;
    }

    private static String text(ObjectNode object) {
        for (String property : object.propertyNames()) {
            if (!PROPERTIES.contains(property)
                    || property.equals("id")
                    || property.equals("created")) {
                throw SetFault.invalidProperties("it cannot be set", property);
            }
        }
        JsonNode name = object.get("name");
        if (name == null || !name.isString()) {
            throw SetFault.invalidProperties("a name is wanted", "name");
        }
        return name.stringValue();
    }

    private static Set<Door> doors(ObjectNode object) {
        Set<Door> doors = EnumSet.noneOf(Door.class);
        JsonNode list = object.get("protocols");
        if (list != null && list.isArray()) {
            for (JsonNode each : list) {
                Door found =
                        PROTOCOLS.entrySet().stream()
                                .filter(known -> known.getValue().equals(each.asString("")))
                                .map(Map.Entry::getKey)
                                .findFirst()
                                .orElseThrow(
                                        () ->
                                                SetFault.invalidProperties(
                                                        "there is no such protocol", "protocols"));
                doors.add(found);
            }
        }
        return doors;
    }

    private static PopRule rule(ObjectNode object) {
        JsonNode word = object.get("popDelete");
        if (word == null || word.isNull()) {
            return PopRule.STANDARD;
        }
        for (PopRule.OnDelete each : PopRule.OnDelete.values()) {
            if (each.name()
                    .toLowerCase(java.util.Locale.ROOT)
                    .replace('_', '-')
                    .equals(word.asString(""))) {
                return new PopRule(PopRule.STANDARD.sees(), PopRule.STANDARD.days(), each);
            }
        }
        throw SetFault.invalidProperties("there is no such rule", "popDelete");
    }

    private void update(SetAnswer answer, String id, ObjectNode patch) {
        try {
            ObjectNode known = read().get(id);
            if (known == null) {
                throw SetFault.notFound();
            }
            known.remove("id");
            known.remove("created");
            ObjectNode after = org.facteur.wire.jmap.PatchObject.apply(known, patch);
            editor.setPurpose(
                    box.owner(),
                    Long.parseLong(id.substring(1)),
                    new Purpose(text(after), doors(after), rule(after)));
            answer.updated(id, null);
        } catch (SetFault fault) {
            answer.notUpdated(id, fault);
        } catch (Refusal refusal) {
            answer.notUpdated(id, SetAnswer.fault(refusal));
        }
    }

    private void destroy(SetAnswer answer, String id) {
        OptionalLong number = ObjectIds.number('D', id);
        try {
            if (number.isEmpty()) {
                throw SetFault.notFound();
            }
            editor.revoke(box.owner(), number.getAsLong());
            answer.destroyed(id);
        } catch (SetFault fault) {
            answer.notDestroyed(id, fault);
        } catch (Refusal refusal) {
            answer.notDestroyed(id, SetAnswer.fault(refusal));
        }
    }
}
