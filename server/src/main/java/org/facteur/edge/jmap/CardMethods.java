package org.facteur.edge.jmap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.facteur.core.contact.Card;
import org.facteur.core.contact.Contacts;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.ShelfChanges;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jscontact.CardFacts;
import org.facteur.wire.jscontact.JsContact;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// ContactCard/get, /changes, /query and /queryChanges (RFC 9610 §3).
final class CardMethods {
    static final String PREFIX = "C";

    /// Kept beside what the standard lists.
    private static final Set<String> BESIDE =
            Set.of("id", "addressBookIds", "@type", "localizations", "vCardProps", "vCardName");

    private CardMethods() {}

    static boolean known(String property) {
        return BESIDE.contains(property)
                || property.indexOf(':') > 0
                || JsContact.properties().contains(property);
    }

    static String id(long number) {
        return PREFIX + number;
    }

    static Optional<Card> find(Contacts contacts, LetterBox box, String id) {
        OptionalLong number = ObjectIds.number('C', id);
        return number.isPresent()
                ? contacts.find(box.owner(), number.getAsLong())
                : Optional.empty();
    }

    static ObjectNode json(Card card) {
        ObjectNode json = JmapText.object().put("id", id(card.number()));
        ObjectNode books = JmapText.object();
        card.books().forEach(each -> books.put(AddressBookMethods.id(each), true));
        json.set("addressBookIds", books);
        card.content()
                .properties()
                .forEach(
                        each -> {
                            if (!json.has(each.getKey())) {
                                json.set(each.getKey(), each.getValue());
                            }
                        });
        return json;
    }

    static ObjectNode get(Call call) {
        LetterBox box = call.ownBox();
        Contacts contacts = call.services().extras().people().contacts();
        ObjectGet get = new ObjectGet(call, CardMethods::known);
        call.arguments().end();
        String state = States.of(box.version());
        Set<String> ids = get.ids();
        if (ids == null) {
            if (contacts.count(box.owner()) > call.settings().objects()) {
                throw MethodFault.requestTooLarge(
                        "there are more than " + call.settings().objects() + " cards");
            }
            contacts.cards(box.owner()).forEach(each -> get.foundWhole(json(each)));
        } else {
            for (String id : ids) {
                Optional<Card> card = find(contacts, box, id);
                if (card.isPresent()) {
                    get.foundWhole(json(card.get()));
                } else {
                    get.missing(id);
                }
            }
        }
        return get.answer(ObjectIds.of(box.owner()), state);
    }

    static ObjectNode changes(Call call) {
        return Identities.shelved(call, call.ownBox(), ItemKind.CARD, PREFIX);
    }

    /// Filter and sort of a query.
    private record Asked(Predicate<Card> filter, Comparator<Card> order) {
        static Asked take(Call call) {
            Predicate<Card> filter =
                    FilterProgram.of(call.arguments().findObject("filter"), CardCondition::read);
            return new Asked(filter, CardMethods.order(call.arguments().findList("sort")));
        }

        List<String> find(Contacts contacts, LetterBox box) {
            List<Card> found = new ArrayList<>();
            for (Card each : contacts.cards(box.owner())) {
                if (filter.test(each)) {
                    found.add(each);
                }
            }
            found.sort(order);
            return found.stream().map(each -> id(each.number())).toList();
        }
    }

    private static Comparator<Card> order(@Nullable List<JsonNode> list) {
        Comparator<Card> all = Comparator.comparingInt(_ -> 0);
        for (JsonNode each : list == null ? List.<JsonNode>of() : list) {
            if (!(each instanceof ObjectNode object)) {
                throw MethodFault.invalidArguments("a comparator is an object");
            }
            Arguments arguments = new Arguments(object);
            String property = arguments.text("property");
            boolean ascending = arguments.flag("isAscending", true);
            Collation collation = Collation.of(arguments.findText("collation"));
            arguments.end();
            Comparator<Card> one =
                    switch (property) {
                        case "created", "updated" ->
                                Comparator.comparing(card -> text(card, property));
                        case "name" ->
                                Comparator.comparing(
                                        card -> collation.key(CardFacts.name(card.content())));
                        case "name/given", "name/surname", "name/surname2" ->
                                Comparator.comparing(
                                        card ->
                                                collation.key(
                                                        CardFacts.namePart(
                                                                card.content(),
                                                                property.substring(5))));
                        default ->
                                throw new MethodFault(
                                        "unsupportedSort", "there is no order by " + property);
                    };
            all = all.thenComparing(ascending ? one : one.reversed());
        }
        return all.thenComparing(Card::number);
    }

    private static String text(Card card, String property) {
        return card.content().path(property).asString("");
    }

    static ObjectNode query(Call call) {
        LetterBox box = call.ownBox();
        Asked asked = Asked.take(call);
        QueryWindow window = QueryWindow.take(call.arguments());
        call.arguments().end();
        String state = States.of(box.version());
        ObjectNode answer =
                JmapText.object()
                        .put("accountId", ObjectIds.of(box.owner()))
                        .put("queryState", state)
                        .put("canCalculateChanges", true);
        window.cut(asked.find(call.services().extras().people().contacts(), box), answer);
        return answer;
    }

    static ObjectNode queryChanges(Call call) {
        LetterBox box = call.ownBox();
        Asked query = Asked.take(call);
        QueryChanges asked = QueryChanges.take(call.arguments());
        call.arguments().end();
        Contacts contacts = call.services().extras().people().contacts();
        ShelfChanges changes =
                contacts.cardsSince(box.owner(), asked.version())
                        .orElseThrow(States::cannotCalculate);
        return asked.answer(box, changes.to(), touched(changes, PREFIX), query.find(contacts, box));
    }

    /// Ids of all that was made, changed or removed.
    static Set<String> touched(ShelfChanges changes, String prefix) {
        Set<String> touched = new LinkedHashSet<>();
        changes.created().forEach(each -> touched.add(prefix + each));
        changes.updated().forEach(each -> touched.add(prefix + each));
        changes.destroyed().forEach(each -> touched.add(prefix + each));
        return touched;
    }
}
