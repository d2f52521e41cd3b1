package org.facteur.edge.jmap;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.Shelf;
import org.facteur.core.shelf.ShelfChanges;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.PatchObject;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who an account writes as (RFC 8621 §6). The first identity is the account's own, made when
/// somebody first looks; it stays. One call.
final class Identities {
    private static final Set<String> PROPERTIES = Shapes.IDENTITY.names();
    private static final int LONGEST_SIGNATURE = 20_000;
    private static final int LONGEST_NAME = 500;

    private final Call call;
    private final LetterBox box;
    private final Shelf shelf;

    private Identities(Call call, LetterBox box) {
        this.call = call;
        this.box = box;
        this.shelf = call.services().extras().shelf();
    }

    private static Identities of(Call call) {
        return new Identities(call, call.ownBox());
    }

    static ObjectNode get(Call call) {
        Identities all = of(call);
        ObjectGet get = new ObjectGet(call, PROPERTIES::contains);
        call.arguments().end();
        Map<String, ObjectNode> known = all.read();
        String state = States.of(all.box.version());
        for (String id : get.idsOr(known.keySet())) {
            ObjectNode identity = known.get(id);
            if (identity == null) {
                get.missing(id);
            } else {
                get.foundWhole(identity);
            }
        }
        return get.answer(ObjectIds.of(all.box.owner()), state);
    }

    static ObjectNode changes(Call call) {
        Identities all = of(call);
        return shelved(call, all.box, ItemKind.IDENTITY, "I");
    }

    /// /changes of items of a kind.
    ///
    /// @param prefix of their ids
    static ObjectNode shelved(Call call, LetterBox box, ItemKind kind, String prefix) {
        String since = call.arguments().text("sinceState");
        Long most = call.arguments().findUnsigned("maxChanges");
        call.arguments().end();
        ShelfChanges changes =
                call.services()
                        .extras()
                        .shelf()
                        .changesSince(box.owner(), kind, States.parse(since))
                        .orElseThrow(States::cannotCalculate);
        int count =
                changes.created().size() + changes.updated().size() + changes.destroyed().size();
        if (most != null && count > most) {
            throw States.cannotCalculate();
        }
        ObjectNode answer =
                JmapText.object()
                        .put("accountId", ObjectIds.of(box.owner()))
                        .put("oldState", since)
                        .put("newState", States.of(changes.to()))
                        .put("hasMoreChanges", false);
        answer.set("created", names(prefix, changes.created()));
        answer.set("updated", names(prefix, changes.updated()));
        answer.set("destroyed", names(prefix, changes.destroyed()));
        return answer;
    }

    private static tools.jackson.databind.node.ArrayNode names(String prefix, List<Long> numbers) {
        return JmapText.array(numbers.stream().map(each -> prefix + each).toList());
    }

    /// Identities by id; the first is made when there is none.
    private Map<String, ObjectNode> read() {
        List<ShelfItem> items = shelf.list(box.owner(), ItemKind.IDENTITY);
        if (items.isEmpty()) {
            shelf.change(
                    box.actor(),
                    box.owner(),
                    editing -> {
                        if (editing.list(ItemKind.IDENTITY).isEmpty()) {
                            editing.add(ItemKind.IDENTITY, null, octets(first()));
                        }
                        return true;
                    });
            items = shelf.list(box.owner(), ItemKind.IDENTITY);
        }
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        long own = items.getFirst().number();
        for (ShelfItem item : items) {
            ObjectNode identity = json(item).put("mayDelete", item.number() != own);
            ObjectNode named = JmapText.object().put("id", "I" + item.number());
            identity.properties().forEach(each -> named.set(each.getKey(), each.getValue()));
            all.put("I" + item.number(), named);
        }
        return all;
    }

    private ObjectNode first() {
        Account account = call.caller().account();
        return empty().put("name", account.name()).put("email", account.address().toString());
    }

    private static ObjectNode empty() {
        ObjectNode identity = JmapText.object().put("name", "").put("email", "");
        identity.putNull("replyTo").putNull("bcc");
        return identity.put("textSignature", "").put("htmlSignature", "");
    }

    private static byte[] octets(ObjectNode identity) {
        return JmapText.writeText(identity).getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode json(ShelfItem item) {
        return (ObjectNode) JmapText.read(item.content());
    }

    /// The address of an identity, and its number.
    record Chosen(long number, EmailAddress address) {}

    /// An identity of the caller's.
    static Optional<Chosen> find(Call call, LetterBox box, String id) {
        Identities all = new Identities(call, box);
        ObjectNode identity = all.read().get(id);
        OptionalLong number = ObjectIds.number('I', id);
        return identity == null || number.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Chosen(
                                number.getAsLong(),
                                EmailAddress.parse(identity.get("email").stringValue())));
    }

    static ObjectNode set(Call call) {
        Identities all = of(call);
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        return all.run(asked);
    }

    private ObjectNode run(SetArguments asked) {
        Map<String, ObjectNode> known = read();
        String before = States.of(box.version());
        requireState(shelf, box, ItemKind.IDENTITY, asked.ifInState());
        SetAnswer answer = new SetAnswer(call);
        asked.create()
                .forEach(
                        (name, object) -> {
                            try {
                                answer.created(name, create(object));
                            } catch (SetFault fault) {
                                answer.notCreated(name, fault);
                            } catch (Refusal refusal) {
                                answer.notCreated(name, SetAnswer.fault(refusal));
                            }
                        });
        asked.update()
                .forEach(
                        (id, patch) -> {
                            try {
                                update(id, known.get(id), patch);
                                answer.updated(id, null);
                            } catch (SetFault fault) {
                                answer.notUpdated(id, fault);
                            }
                        });
        for (String id : asked.destroy()) {
            try {
                destroy(id, known.get(id));
                answer.destroyed(id);
            } catch (SetFault fault) {
                answer.notDestroyed(id, fault);
            }
        }
        return answer.json(ObjectIds.of(box.owner()), before, States.of(box.version()));
    }

    /// Refuses a change under a state after which items of the kind changed.
    static void requireState(Shelf shelf, LetterBox box, ItemKind kind, @Nullable String wanted) {
        if (wanted == null) {
            return;
        }
        boolean same;
        try {
            same =
                    shelf.changesSince(box.owner(), kind, States.parse(wanted))
                            .map(ShelfChanges::none)
                            .orElse(false);
        } catch (org.facteur.wire.jmap.MethodFault _) {
            same = false;
        }
        if (!same) {
            throw States.mismatch();
        }
    }

    private ObjectNode create(ObjectNode object) {
        ObjectNode identity = empty();
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            if (!PROPERTIES.contains(each.getKey())
                    || each.getKey().equals("id")
                    || each.getKey().equals("mayDelete")) {
                throw SetFault.invalidProperties("it cannot be set", each.getKey());
            }
            identity.set(each.getKey(), each.getValue());
        }
        check(identity);
        JsonNode email = identity.get("email");
        try {
            EmailAddress address = EmailAddress.parse(email.stringValue());
            if (!call.services().directory().owns(box.owner(), address)) {
                throw new SetFault("forbiddenFrom", "this address is not yours");
            }
        } catch (SyntaxFault _) {
            throw SetFault.invalidProperties("an address is wanted", "email");
        }
        long number =
                shelf.change(
                                box.actor(),
                                box.owner(),
                                items -> items.add(ItemKind.IDENTITY, null, octets(identity)))
                        .value();
        ObjectNode told = JmapText.object().put("id", "I" + number).put("mayDelete", true);
        for (Map.Entry<String, JsonNode> each : identity.properties()) {
            if (!object.has(each.getKey())) {
                told.set(each.getKey(), each.getValue());
            }
        }
        return told;
    }

    private static void check(ObjectNode identity) {
        for (String text : List.of("name", "email", "textSignature", "htmlSignature")) {
            JsonNode value = identity.get(text);
            int most = text.endsWith("Signature") ? LONGEST_SIGNATURE : LONGEST_NAME;
            if (value == null || !value.isString() || value.stringValue().length() > most) {
                throw SetFault.invalidProperties("a text is wanted", text);
            }
        }
        for (String list : List.of("replyTo", "bcc")) {
            JsonNode value = identity.get(list);
            if (value == null || value.isNull()) {
                continue;
            }
            boolean fits = value.isArray();
            for (JsonNode each : value) {
                fits &=
                        each.isObject()
                                && each.get("email") != null
                                && each.get("email").isString();
            }
            if (!fits) {
                throw SetFault.invalidProperties("addresses are wanted", list);
            }
        }
    }

    private void update(String id, @Nullable ObjectNode known, ObjectNode patch) {
        if (known == null) {
            throw SetFault.notFound();
        }
        ObjectNode before = known.deepCopy();
        before.remove("id");
        before.remove("mayDelete");
        ObjectNode after = PatchObject.apply(before, patch);
        for (String property : after.propertyNames()) {
            if (!before.has(property)) {
                throw SetFault.invalidProperties("it cannot be set", property);
            }
        }
        for (String list : List.of("replyTo", "bcc")) {
            if (!after.has(list)) {
                after.putNull(list);
            }
        }
        if (!Objects.equals(before.get("email"), after.get("email"))) {
            throw SetFault.invalidProperties("the address stays", "email");
        }
        check(after);
        shelf.change(
                box.actor(),
                box.owner(),
                items -> {
                    items.put(ItemKind.IDENTITY, Long.parseLong(id.substring(1)), octets(after));
                    return true;
                });
    }

    private void destroy(String id, @Nullable ObjectNode known) {
        if (known == null) {
            throw SetFault.notFound();
        }
        if (!known.get("mayDelete").booleanValue()) {
            throw new SetFault("forbidden", "the account's own identity stays");
        }
        shelf.change(
                box.actor(),
                box.owner(),
                items -> {
                    items.remove(ItemKind.IDENTITY, Long.parseLong(id.substring(1)));
                    return true;
                });
    }
}
