package org.facteur.wire.jscontact;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What is asked of a card most. Pure; a broken card gives less, never a fault.
public final class CardFacts {
    private CardFacts() {}

    /// A way to write to somebody.
    ///
    /// @param pref 1 to 100, the lower the better; 101 where nothing is said
    public record Reach(String address, int pref) {}

    /// The name to show: as it stands in full, or its parts in order, or what else there is.
    public static String name(JsonNode card) {
        JsonNode name = card.path("name");
        String full = text(name.path("full"));
        if (!full.isBlank()) {
            return full.strip();
        }
        String parts = parts(name);
        if (!parts.isEmpty()) {
            return parts;
        }
        for (String other : List.of("nicknames", "organizations")) {
            for (JsonNode each : card.path(other)) {
                String text = text(each.path("name"));
                if (!text.isBlank()) {
                    return text.strip();
                }
            }
        }
        return "";
    }

    /// The components of a name, one after the other; those that are not ordered in the order of
    /// most people.
    private static String parts(JsonNode name) {
        JsonNode components = name.path("components");
        boolean ordered = name.path("isOrdered").asBoolean(false);
        StringBuilder out = new StringBuilder();
        if (ordered) {
            boolean apart = false;
            for (JsonNode each : components) {
                boolean separator = text(each.path("kind")).equals("separator");
                if (apart && !separator) {
                    out.append(' ');
                }
                out.append(text(each.path("value")));
                apart = !separator;
            }
        } else {
            for (String kind :
                    List.of("title", "given", "given2", "surname", "surname2", "generation")) {
                for (String each : values(components, kind)) {
                    out.append(out.isEmpty() ? "" : " ").append(each);
                }
            }
        }
        return out.toString().strip();
    }

    private static List<String> values(JsonNode components, String kind) {
        List<String> values = new ArrayList<>();
        for (JsonNode each : components) {
            String value = text(each.path("value"));
            if (text(each.path("kind")).equals(kind) && !value.isBlank()) {
                values.add(value.strip());
            }
        }
        return values;
    }

    /// The components of a kind of the card's name, with a space between.
    public static String namePart(JsonNode card, String kind) {
        return String.join(" ", values(card.path("name").path("components"), kind));
    }

    /// Addresses for letters, the preferred first.
    public static List<Reach> emails(JsonNode card) {
        List<Reach> all = new ArrayList<>();
        for (JsonNode each : card.path("emails")) {
            String address = text(each.path("address")).strip();
            if (!address.isEmpty()) {
                JsonNode pref = each.path("pref");
                all.add(new Reach(address, pref.isInt() ? pref.intValue() : 101));
            }
        }
        all.sort(java.util.Comparator.comparingInt(Reach::pref));
        return List.copyOf(all);
    }

    public static String uid(JsonNode card) {
        return text(card.path("uid"));
    }

    /// A text, or nothing.
    static String text(@Nullable JsonNode node) {
        return node != null && node.isString() ? node.stringValue() : "";
    }

    /// Whether any text inside a value holds another, without case. Data of pictures is not looked
    /// at.
    ///
    /// @param wanted in lower case
    public static boolean mentions(JsonNode root, String wanted) {
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            JsonNode node = open.pop();
            if (node.isString()) {
                String text = node.stringValue();
                if (!text.startsWith("data:") && text.toLowerCase(Locale.ROOT).contains(wanted)) {
                    return true;
                }
            } else {
                node.forEach(open::push);
            }
        }
        return false;
    }
}
