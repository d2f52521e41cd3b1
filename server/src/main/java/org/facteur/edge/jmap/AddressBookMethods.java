package org.facteur.edge.jmap;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.contact.AddressBook;
import org.facteur.core.contact.Contacts;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.shelf.ItemKind;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.PatchObject;
import org.facteur.wire.jmap.SetFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// AddressBook/get, /changes and /set (RFC 9610 §2). One call.
final class AddressBookMethods {
    static final String PREFIX = "K";

    private static final Set<String> SETTABLE =
            Set.of("name", "description", "sortOrder", "isSubscribed");

    private final Call call;
    private final LetterBox box;
    private final Contacts contacts;

    private AddressBookMethods(Call call) {
        this.call = call;
        this.box = call.ownBox();
        this.contacts = call.services().extras().people().contacts();
    }

    static ObjectNode get(Call call) {
        AddressBookMethods one = new AddressBookMethods(call);
        ObjectGet get = new ObjectGet(call, Shapes.ADDRESS_BOOK::has);
        call.arguments().end();
        List<AddressBook> books = one.contacts.books(one.box.actor());
        String state = States.of(one.box.version());
        Set<String> ids = get.ids();
        for (AddressBook book : books) {
            if (ids == null || ids.contains(id(book.number()))) {
                get.foundWhole(json(book));
            }
        }
        if (ids != null) {
            Set<String> known =
                    books.stream()
                            .map(each -> id(each.number()))
                            .collect(java.util.stream.Collectors.toSet());
            ids.stream().filter(each -> !known.contains(each)).forEach(get::missing);
        }
        return get.answer(ObjectIds.of(one.box.owner()), state);
    }

    static String id(long number) {
        return PREFIX + number;
    }

    static ObjectNode json(AddressBook book) {
        ObjectNode json =
                JmapText.object()
                        .put("id", id(book.number()))
                        .put("name", book.label().name())
                        .put("description", book.label().description())
                        .put("sortOrder", book.label().sortOrder())
                        .put("isDefault", book.isDefault())
                        .put("isSubscribed", book.isSubscribed())
                        .putNull("shareWith");
        ObjectNode rights =
                JmapText.object()
                        .put("mayRead", true)
                        .put("mayWrite", true)
                        .put("mayShare", false)
                        .put("mayDelete", true);
        json.set("myRights", rights);
        return json;
    }

    static ObjectNode changes(Call call) {
        return Identities.shelved(call, call.ownBox(), ItemKind.ADDRESS_BOOK, PREFIX);
    }

    static ObjectNode set(Call call) {
        AddressBookMethods one = new AddressBookMethods(call);
        boolean withCards = call.arguments().flag("onDestroyRemoveContents", false);
        String isDefault = call.arguments().findText("onSuccessSetIsDefault");
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        one.contacts.books(one.box.actor());
        String before = States.of(one.box.version());
        Identities.requireState(
                call.services().extras().shelf(),
                one.box,
                ItemKind.ADDRESS_BOOK,
                asked.ifInState());
        SetAnswer answer = new SetAnswer(call);
        asked.create().forEach((name, object) -> one.create(answer, name, object));
        asked.update().forEach((id, patch) -> one.update(answer, id, patch));
        asked.destroy().forEach(id -> one.destroy(answer, id, withCards));
        if (isDefault != null && !answer.failed()) {
            one.makeDefault(answer, isDefault);
        }
        return answer.json(ObjectIds.of(one.box.owner()), before, States.of(one.box.version()));
    }

    private void create(SetAnswer answer, String name, ObjectNode object) {
        try {
            checkSettable(object);
            AddressBook.Label label = label(object);
            boolean subscribed = flag(object, "isSubscribed", true);
            long number = contacts.addBook(box.actor(), label, subscribed);
            ObjectNode told = json(new AddressBook(number, label, false, subscribed));
            object.propertyNames().forEach(told::remove);
            answer.created(name, told);
        } catch (SetFault fault) {
            answer.notCreated(name, fault);
        } catch (Refusal refusal) {
            answer.notCreated(name, SetAnswer.fault(refusal));
        }
    }

    private static void checkSettable(ObjectNode object) {
        for (String property : object.propertyNames()) {
            if (!SETTABLE.contains(property)) {
                throw SetFault.invalidProperties("it cannot be set", property);
            }
        }
    }

    private static AddressBook.Label label(ObjectNode object) {
        JsonNode name = object.get("name");
        if (name == null || !name.isString()) {
            throw SetFault.invalidProperties("a text is wanted", "name");
        }
        JsonNode description = object.get("description");
        if (description != null && !description.isNull() && !description.isString()) {
            throw SetFault.invalidProperties("a text is wanted", "description");
        }
        JsonNode order = object.get("sortOrder");
        if (order != null && (!order.isIntegralNumber() || !order.canConvertToInt())) {
            throw SetFault.invalidProperties("a number is wanted", "sortOrder");
        }
        return new AddressBook.Label(
                name.stringValue(), text(description), order == null ? 0 : order.intValue());
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node != null && node.isString() ? node.stringValue() : null;
    }

    private static boolean flag(ObjectNode object, String property, boolean otherwise) {
        JsonNode value = object.get(property);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw SetFault.invalidProperties("true or false is wanted", property);
        }
        return value.booleanValue();
    }

    private AddressBook known(String id) {
        OptionalLong number = ObjectIds.number('K', id);
        return contacts.books(box.actor()).stream()
                .filter(each -> number.isPresent() && each.number() == number.getAsLong())
                .findFirst()
                .orElseThrow(SetFault::notFound);
    }

    private void update(SetAnswer answer, String id, ObjectNode patch) {
        try {
            AddressBook book = known(id);
            ObjectNode before = json(book);
            ObjectNode after = PatchObject.apply(before, patch);
            for (String property : Shapes.ADDRESS_BOOK.names()) {
                JsonNode now = after.get(property);
                boolean same = java.util.Objects.equals(before.get(property), now);
                boolean emptied = now == null && before.path(property).isNull();
                if (!same && !emptied && !SETTABLE.contains(property)) {
                    throw SetFault.invalidProperties("it cannot be set", property);
                }
            }
            for (String property : after.propertyNames()) {
                if (!Shapes.ADDRESS_BOOK.has(property)) {
                    throw SetFault.invalidProperties("there is no such property", property);
                }
            }
            contacts.changeBook(
                    box.actor(), book.number(), label(after), flag(after, "isSubscribed", true));
            answer.updated(id, null);
        } catch (SetFault fault) {
            answer.notUpdated(id, fault);
        } catch (Refusal refusal) {
            answer.notUpdated(id, SetAnswer.fault(refusal));
        }
    }

    private void destroy(SetAnswer answer, String id, boolean withCards) {
        try {
            contacts.removeBook(box.actor(), known(id).number(), withCards);
            answer.destroyed(id);
        } catch (SetFault fault) {
            answer.notDestroyed(id, fault);
        } catch (Refusal refusal) {
            answer.notDestroyed(
                    id,
                    refusal.reason() == Refusal.Reason.ALREADY_EXISTS
                            ? new SetFault("addressBookHasContents", refusal.sentence().english())
                            : SetAnswer.fault(refusal));
        }
    }

    /// An id that leads nowhere is not looked at (RFC 9610 §2.3).
    private void makeDefault(SetAnswer answer, String wanted) {
        String id = call.resolve(wanted);
        OptionalLong number = ObjectIds.number('K', id == null ? "" : id);
        List<AddressBook> before = contacts.books(box.actor());
        if (number.isEmpty()
                || before.stream().noneMatch(each -> each.number() == number.getAsLong())) {
            return;
        }
        contacts.makeDefault(box.actor(), number.getAsLong());
        for (AddressBook each : before) {
            boolean it = each.number() == number.getAsLong();
            if (each.isDefault() != it) {
                answer.changed(id(each.number()), JmapText.object().put("isDefault", it));
            }
        }
    }
}
