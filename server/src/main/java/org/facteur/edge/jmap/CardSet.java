package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.facteur.base.fault.Refusal;
import org.facteur.core.contact.AddressBook;
import org.facteur.core.contact.Card;
import org.facteur.core.contact.Contacts;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.Usage;
import org.facteur.core.shelf.ItemKind;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.PatchObject;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.jmap.UtcDate;
import org.facteur.wire.jscontact.CardFacts;
import org.facteur.wire.jscontact.JsContact;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// ContactCard/set and /copy (RFC 9610 §3.5, §3.6). One call.
///
/// Pictures that were uploaded become part of the card.
final class CardSet {
    private static final int FAULTS_TOLD = 20;
    private static final int PICTURE_OCTETS = 150 << 10;

    private final Call call;
    private final LetterBox box;
    private final Contacts contacts;

    private CardSet(Call call, LetterBox box) {
        this.call = call;
        this.box = box;
        this.contacts = call.services().extras().people().contacts();
    }

    static ObjectNode run(Call call) throws IOException {
        CardSet one = new CardSet(call, call.ownBox());
        LetterBox box = one.box;
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        one.contacts.books(box.actor());
        String before = States.of(box.version());
        Identities.requireState(
                call.services().extras().shelf(), box, ItemKind.CARD, asked.ifInState());
        SetAnswer answer = new SetAnswer(call);
        for (Map.Entry<String, ObjectNode> each : asked.create().entrySet()) {
            one.create(answer, each.getKey(), each.getValue());
        }
        for (Map.Entry<String, ObjectNode> each : asked.update().entrySet()) {
            one.update(answer, each.getKey(), each.getValue());
        }
        asked.destroy().forEach(id -> one.destroy(answer, id));
        return answer.json(ObjectIds.of(box.owner()), before, States.of(box.version()));
    }

    /// Cards are shared with nobody, so there is never another account to copy from.
    static ObjectNode copy(Call call) {
        LetterBox box = call.ownBox();
        LetterBox from = call.box("fromAccountId");
        if (from.owner().equals(box.owner())) {
            throw MethodFault.invalidArguments("fromAccountId is accountId");
        }
        throw new MethodFault("fromAccountNotSupportedByMethod", null);
    }

    private void create(SetAnswer answer, String name, ObjectNode object) throws IOException {
        try {
            if (object.has("id")) {
                throw SetFault.invalidProperties("it cannot be set", "id");
            }
            ObjectNode content = object.deepCopy();
            JsonNode wanted = content.remove("addressBookIds");
            Set<Long> books = books(wanted);
            ObjectNode told = JmapText.object();
            String now = UtcDate.of(call.services().clock().instant());
            complete(content, told, "@type", "Card");
            complete(content, told, "version", "1.0");
            complete(content, told, "uid", Contacts.newUid());
            complete(content, told, "created", now);
            complete(content, told, "updated", now);
            check(content);
            embed(content);
            told.put("id", CardMethods.id(contacts.add(box.actor(), books, content)));
            answer.created(name, told);
        } catch (SetFault fault) {
            answer.notCreated(name, fault);
        } catch (Refusal refusal) {
            answer.notCreated(name, exists(refusal, object));
        }
    }

    private static void complete(
            ObjectNode content, ObjectNode told, String property, String value) {
        if (!content.has(property)) {
            content.put(property, value);
            told.put(property, value);
        }
    }

    private SetFault exists(Refusal refusal, ObjectNode object) {
        SetFault fault = SetAnswer.fault(refusal);
        if (refusal.reason() == Refusal.Reason.ALREADY_EXISTS) {
            Optional<Card> known = contacts.findByUid(box.owner(), CardFacts.uid(object));
            if (known.isPresent()) {
                return fault.with(
                        "existingId",
                        tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(
                                CardMethods.id(known.get().number())));
            }
        }
        return fault;
    }

    private static void check(ObjectNode content) {
        List<String> faults = JsContact.faults(content);
        if (!faults.isEmpty()) {
            throw new SetFault(
                    "invalidProperties",
                    "not as RFC 9553 wants it, or too large",
                    faults.stream().distinct().limit(FAULTS_TOLD).toList());
        }
    }

    /// Books by id; the default one where nothing is said.
    private Set<Long> books(@Nullable JsonNode wanted) {
        List<AddressBook> known = contacts.books(box.actor());
        Set<Long> books = new TreeSet<>();
        if (wanted == null) {
            known.stream().filter(AddressBook::isDefault).forEach(each -> books.add(each.number()));
            return books;
        }
        if (!(wanted instanceof ObjectNode ids) || ids.isEmpty()) {
            throw SetFault.invalidProperties("a card stands in a book", "addressBookIds");
        }
        for (Map.Entry<String, JsonNode> each : ids.properties()) {
            String id = call.resolve(each.getKey());
            OptionalLong number = ObjectIds.number('K', id == null ? "" : id);
            boolean there =
                    number.isPresent()
                            && known.stream().anyMatch(b -> b.number() == number.getAsLong());
            boolean said = each.getValue().isBoolean() && each.getValue().booleanValue();
            if (!there || !said) {
                throw SetFault.invalidProperties("there is no such book", "addressBookIds");
            }
            books.add(number.getAsLong());
        }
        return books;
    }

    /// Puts the octets of pictures where their blobs are named.
    private void embed(ObjectNode content) throws IOException {
        for (JsonNode each : content.path("media")) {
            if (!(each instanceof ObjectNode media) || !media.has("blobId")) {
                if (!each.has("uri")) {
                    throw SetFault.invalidProperties("uri or blobId is wanted", "media");
                }
                continue;
            }
            String id = media.remove("blobId").asString("");
            try (OpenBlob blob =
                    call.blobs()
                            .find(box, id)
                            .orElseThrow(
                                    () ->
                                            SetFault.invalidProperties(
                                                    "there is no such blob", "media"))) {
                byte[] octets;
                try (InputStream in = blob.open()) {
                    octets = in.readNBytes(PICTURE_OCTETS + 1);
                }
                if (octets.length > PICTURE_OCTETS) {
                    throw new SetFault("tooLarge", "a picture has at most 150 kB");
                }
                checkRoom(octets.length);
                String type = media.path("mediaType").asString(blob.type());
                media.put("mediaType", type);
                media.put(
                        "uri",
                        "data:" + type + ";base64," + Base64.getEncoder().encodeToString(octets));
            }
        }
    }

    private void checkRoom(long octets) {
        Usage usage = box.usage();
        if (usage.bytes() + octets > usage.quota().bytes()) {
            throw new SetFault("overQuota", "this letter box is full");
        }
    }

    private void update(SetAnswer answer, String id, ObjectNode patch) throws IOException {
        try {
            Card card = CardMethods.find(contacts, box, id).orElseThrow(SetFault::notFound);
            ObjectNode before = CardMethods.json(card);
            ObjectNode after = PatchObject.apply(before, patch);
            if (!before.get("id").equals(after.remove("id"))) {
                throw SetFault.invalidProperties("it cannot be set", "id");
            }
            Set<Long> books = books(after.remove("addressBookIds"), card);
            ObjectNode told = null;
            if (!patch.has("updated")) {
                String now = UtcDate.of(call.services().clock().instant());
                after.put("updated", now);
                told = JmapText.object().put("updated", now);
            }
            if (!CardFacts.uid(after).equals(CardFacts.uid(card.content()))) {
                throw SetFault.invalidProperties("it stays", "uid");
            }
            check(after);
            embed(after);
            contacts.put(box.actor(), card.number(), books, after);
            answer.updated(id, told);
        } catch (SetFault fault) {
            answer.notUpdated(id, fault);
        } catch (Refusal refusal) {
            answer.notUpdated(id, SetAnswer.fault(refusal));
        }
    }

    private Set<Long> books(@Nullable JsonNode wanted, Card card) {
        if (wanted == null) {
            throw SetFault.invalidProperties("a card stands in a book", "addressBookIds");
        }
        Set<String> now = new java.util.HashSet<>();
        card.books().forEach(each -> now.add(AddressBookMethods.id(each)));
        return wanted instanceof ObjectNode ids && now.equals(Set.copyOf(ids.propertyNames()))
                ? card.books()
                : books(wanted);
    }

    private void destroy(SetAnswer answer, String id) {
        try {
            Card card = CardMethods.find(contacts, box, id).orElseThrow(SetFault::notFound);
            contacts.remove(box.actor(), card.number());
            answer.destroyed(id);
        } catch (SetFault fault) {
            answer.notDestroyed(id, fault);
        } catch (Refusal refusal) {
            answer.notDestroyed(id, SetAnswer.fault(refusal));
        }
    }
}
