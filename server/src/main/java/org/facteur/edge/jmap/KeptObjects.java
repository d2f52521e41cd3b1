package org.facteur.edge.jmap;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.Shelf;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.PatchObject;
import org.facteur.wire.jmap.SetFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// /get, /changes and /set of small flat objects that are kept as they are: labels
/// (`urn:facteur:labels`) and templates (`urn:facteur:templates`).
final class KeptObjects {
    static final KeptObjects LABELS =
            new KeptObjects(
                    ItemKind.LABEL,
                    'K',
                    Shapes.LABEL,
                    Map.of(
                            "keyword", new Text("", 100),
                            "name", new Text("", 100),
                            "color", new Text("blue", 20),
                            "sortOrder", new Count(1_000_000)),
                    KeptObjects::checkLabel);
    static final KeptObjects TEMPLATES =
            new KeptObjects(
                    ItemKind.TEMPLATE,
                    'M',
                    Shapes.TEMPLATE,
                    Map.of(
                            "name", new Text("", 100),
                            "subject", new Text("", 900),
                            "textBody", new Text("", 12_000),
                            "htmlBody", new Text("", 24_000)),
                    (object, _) -> requireName(object));

    private static final Set<String> COLORS =
            Set.of("blue", "green", "yellow", "orange", "red", "pink", "purple", "grey");

    private final ItemKind kind;
    private final char prefix;
    private final Shapes.Shape shape;
    private final Map<String, Field> fields;
    private final BiConsumer<ObjectNode, List<ObjectNode>> check;

    /// What a property holds.
    private sealed interface Field {}

    /// @param longest in characters
    private record Text(String standard, int longest) implements Field {}

    /// @param most the largest; 0 is the smallest
    private record Count(long most) implements Field {}

    /// @param check is given an object and all others of its kind
    private KeptObjects(
            ItemKind kind,
            char prefix,
            Shapes.Shape shape,
            Map<String, Field> fields,
            BiConsumer<ObjectNode, List<ObjectNode>> check) {
        this.kind = kind;
        this.prefix = prefix;
        this.shape = shape;
        this.fields = fields;
        this.check = check;
    }

    private static void requireName(ObjectNode object) {
        if (object.get("name").stringValue().isBlank()) {
            throw SetFault.invalidProperties("a name is wanted", "name");
        }
    }

    /// A keyword stands for one label (RFC 8621 §4.1.1).
    private static void checkLabel(ObjectNode label, List<ObjectNode> others) {
        requireName(label);
        String keyword = label.get("keyword").stringValue();
        boolean atom =
                !keyword.isEmpty()
                        && !keyword.startsWith("$")
                        && keyword.chars()
                                .allMatch(
                                        c ->
                                                c > ' '
                                                        && c < 0x7f
                                                        && !(c >= 'A' && c <= 'Z')
                                                        && "(){]%*\"\\".indexOf(c) < 0);
        if (!atom) {
            throw SetFault.invalidProperties("a keyword is wanted", "keyword");
        }
        if (!COLORS.contains(label.get("color").stringValue())) {
            throw SetFault.invalidProperties("one of " + COLORS, "color");
        }
        if (others.stream()
                .anyMatch(each -> each.get("keyword").stringValue().equalsIgnoreCase(keyword))) {
            throw new SetFault("alreadyExists", "another label has this keyword");
        }
    }

    ObjectNode get(Call call) {
        LetterBox box = call.ownBox();
        ObjectGet get = new ObjectGet(call, shape::has);
        call.arguments().end();
        String state = States.of(box.version());
        Shelf shelf = call.services().extras().shelf();
        Set<String> ids = get.ids();
        if (ids == null) {
            shelf.list(box.owner(), kind).forEach(each -> get.foundWhole(json(each)));
        } else {
            for (String id : ids) {
                OptionalLong number = ObjectIds.number(prefix, id);
                Optional<ShelfItem> found =
                        number.isPresent()
                                ? shelf.find(box.owner(), kind, number.getAsLong())
                                : Optional.empty();
                if (found.isPresent()) {
                    get.foundWhole(json(found.get()));
                } else {
                    get.missing(id);
                }
            }
        }
        return get.answer(ObjectIds.of(box.owner()), state);
    }

    private ObjectNode json(ShelfItem item) {
        ObjectNode named = JmapText.object().put("id", id(item.number()));
        named.setAll(content(item));
        return named;
    }

    private String id(long number) {
        return Character.toString(prefix) + number;
    }

    private static ObjectNode content(ShelfItem item) {
        return (ObjectNode) JmapText.read(item.content());
    }

    ObjectNode changes(Call call) {
        return Identities.shelved(call, call.ownBox(), kind, Character.toString(prefix));
    }

    ObjectNode set(Call call) {
        LetterBox box = call.ownBox();
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        Shelf shelf = call.services().extras().shelf();
        String before = States.of(box.version());
        Identities.requireState(shelf, box, kind, asked.ifInState());
        SetAnswer answer = new SetAnswer(call);
        asked.create()
                .forEach(
                        (name, object) -> {
                            try {
                                answer.created(name, create(shelf, box, object));
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
                                update(shelf, box, number(id), patch);
                                answer.updated(id, null);
                            } catch (SetFault fault) {
                                answer.notUpdated(id, fault);
                            } catch (Refusal refusal) {
                                answer.notUpdated(id, SetAnswer.fault(refusal));
                            }
                        });
        for (String id : asked.destroy()) {
            try {
                long number = number(id);
                shelf.change(
                        box.actor(),
                        box.owner(),
                        items -> {
                            items.remove(kind, number);
                            return true;
                        });
                answer.destroyed(id);
            } catch (SetFault fault) {
                answer.notDestroyed(id, fault);
            } catch (Refusal refusal) {
                answer.notDestroyed(id, SetAnswer.fault(refusal));
            }
        }
        return answer.json(ObjectIds.of(box.owner()), before, States.of(box.version()));
    }

    private long number(String id) {
        OptionalLong number = ObjectIds.number(prefix, id);
        if (number.isEmpty()) {
            throw SetFault.notFound();
        }
        return number.getAsLong();
    }

    private ObjectNode create(Shelf shelf, LetterBox box, ObjectNode given) {
        ObjectNode object = JmapText.object();
        fields.forEach(
                (name, field) -> {
                    switch (field) {
                        case Text text -> object.put(name, text.standard());
                        case Count _ -> object.put(name, 0);
                    }
                });
        for (Map.Entry<String, JsonNode> each : given.properties()) {
            if (!fields.containsKey(each.getKey())) {
                throw SetFault.invalidProperties("it cannot be set", each.getKey());
            }
            object.set(each.getKey(), each.getValue());
        }
        long number =
                shelf.change(
                                box.actor(),
                                box.owner(),
                                items -> {
                                    checkAll(object, items.list(kind), 0);
                                    return items.add(kind, null, octets(object));
                                })
                        .value();
        ObjectNode told = JmapText.object().put("id", id(number));
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            if (!given.has(each.getKey())) {
                told.set(each.getKey(), each.getValue());
            }
        }
        return told;
    }

    private void update(Shelf shelf, LetterBox box, long number, ObjectNode patch) {
        shelf.change(
                box.actor(),
                box.owner(),
                items -> {
                    ShelfItem known = items.find(kind, number).orElseThrow(SetFault::notFound);
                    ObjectNode after = PatchObject.apply(content(known), patch);
                    checkAll(after, items.list(kind), number);
                    items.put(kind, number, octets(after));
                    return true;
                });
    }

    private void checkAll(ObjectNode object, List<ShelfItem> items, long self) {
        for (String name : object.propertyNames()) {
            if (!fields.containsKey(name)) {
                throw SetFault.invalidProperties("it cannot be set", name);
            }
        }
        fields.forEach((name, field) -> checkField(name, field, object.get(name)));
        check.accept(
                object,
                items.stream()
                        .filter(each -> each.number() != self)
                        .map(KeptObjects::content)
                        .toList());
    }

    private static void checkField(String name, Field field, @Nullable JsonNode value) {
        boolean fits =
                value != null
                        && switch (field) {
                            case Text text ->
                                    value.isString()
                                            && value.stringValue().length() <= text.longest();
                            case Count count ->
                                    value.isIntegralNumber()
                                            && value.canConvertToLong()
                                            && value.longValue() >= 0
                                            && value.longValue() <= count.most();
                        };
        if (!fits) {
            throw SetFault.invalidProperties("it does not fit", name);
        }
    }

    private static byte[] octets(ObjectNode object) {
        return JmapText.writeText(object).getBytes(StandardCharsets.UTF_8);
    }
}
