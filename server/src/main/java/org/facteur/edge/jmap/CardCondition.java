package org.facteur.edge.jmap;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.facteur.core.contact.Card;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jscontact.CardFacts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A condition on cards (RFC 9610 §3.3.1).
final class CardCondition {
    /// Conditions that look for words in a property.
    private static final Map<String, String> PROPERTIES =
            Map.ofEntries(
                    Map.entry("name", "name"),
                    Map.entry("nickname", "nicknames"),
                    Map.entry("organization", "organizations"),
                    Map.entry("email", "emails"),
                    Map.entry("phone", "phones"),
                    Map.entry("onlineService", "onlineServices"),
                    Map.entry("address", "addresses"),
                    Map.entry("note", "notes"));

    private CardCondition() {}

    static Predicate<Card> read(Arguments condition) {
        Predicate<Card> all = _ -> true;
        String book = condition.findId("inAddressBook");
        if (book != null) {
            OptionalLong number = ObjectIds.number('K', book);
            all = all.and(card -> number.isPresent() && card.books().contains(number.getAsLong()));
        }
        String uid = condition.findText("uid");
        if (uid != null) {
            all = all.and(card -> CardFacts.uid(card.content()).equals(uid));
        }
        String member = condition.findText("hasMember");
        if (member != null) {
            all = all.and(card -> card.content().path("members").has(member));
        }
        String kind = condition.findText("kind");
        if (kind != null) {
            all = all.and(card -> card.content().path("kind").asString("individual").equals(kind));
        }
        return all.and(dates(condition)).and(texts(condition));
    }

    private static Predicate<Card> dates(Arguments condition) {
        Instant createdBefore = condition.findDate("createdBefore");
        Instant createdAfter = condition.findDate("createdAfter");
        Instant updatedBefore = condition.findDate("updatedBefore");
        Instant updatedAfter = condition.findDate("updatedAfter");
        return card ->
                within(card, "created", createdAfter, createdBefore)
                        && within(card, "updated", updatedAfter, updatedBefore);
    }

    private static boolean within(
            Card card, String property, @Nullable Instant from, @Nullable Instant to) {
        if (from == null && to == null) {
            return true;
        }
        Instant when;
        try {
            when = Instant.parse(card.content().path(property).asString(""));
        } catch (java.time.DateTimeException _) {
            return false;
        }
        return (from == null || !when.isBefore(from)) && (to == null || when.isBefore(to));
    }

    private static Predicate<Card> texts(Arguments condition) {
        Predicate<Card> all = _ -> true;
        String text = condition.findText("text");
        if (text != null) {
            all = all.and(card -> words(text).allMatch(card.content()));
        }
        for (Map.Entry<String, String> each : PROPERTIES.entrySet()) {
            String wanted = condition.findText(each.getKey());
            if (wanted != null) {
                Words words = words(wanted);
                all = all.and(card -> words.allMatch(card.content().path(each.getValue())));
            }
        }
        for (String part : List.of("given", "surname", "surname2")) {
            String wanted = condition.findText("name/" + part);
            if (wanted != null) {
                Words words = words(wanted);
                all =
                        all.and(
                                card ->
                                        words.allIn(
                                                CardFacts.namePart(card.content(), part)
                                                        .toLowerCase(Locale.ROOT)));
            }
        }
        return all;
    }

    /// What is looked for, in lower case: each word, and what stands in quotes as a whole.
    private record Words(List<String> words) {
        boolean allMatch(JsonNode node) {
            return words.stream().allMatch(each -> CardFacts.mentions(node, each));
        }

        boolean allIn(String text) {
            return words.stream().allMatch(text::contains);
        }
    }

    private static Words words(String text) {
        List<String> words = new java.util.ArrayList<>();
        String lower = text.toLowerCase(Locale.ROOT);
        int from = 0;
        while (from < lower.length() && words.size() < 20) {
            char first = lower.charAt(from);
            boolean quoted = first == '"' || first == '\'';
            int start = quoted ? from + 1 : from;
            int end = lower.indexOf(quoted ? first : ' ', start);
            end = end < 0 ? lower.length() : end;
            if (end > start) {
                words.add(lower.substring(start, end));
            }
            from = end + 1;
        }
        return new Words(List.copyOf(words));
    }
}
