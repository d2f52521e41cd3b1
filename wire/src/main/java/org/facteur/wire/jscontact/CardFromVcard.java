package org.facteur.wire.jscontact;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.text.SyntaxFault;
import org.facteur.wire.vcard.Vcard;
import org.facteur.wire.vcard.VcardProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A card as a vCard tells it, in JSContact (RFC 9555 §2). One card; one thread.
///
/// A property nothing is known of, and a variant of one that came before, goes into `vCardProps`.
public final class CardFromVcard {
    private static final Set<String> FEATURES =
            Set.of("voice", "fax", "pager", "video", "text", "textphone", "main-number");
    private static final String[] NAME_KINDS = {
        "surname", "given", "given2", "title", "credential", "surname2", "generation"
    };
    private static final String[] ADDRESS_KINDS = {
        "postOfficeBox",
        "apartment",
        "name",
        "locality",
        "region",
        "postcode",
        "country",
        "room",
        "apartment",
        "floor",
        "number",
        "name",
        "building",
        "block",
        "subdistrict",
        "district",
        "landmark",
        "direction"
    };

    private final ObjectNode card = JmapText.object();
    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final ArrayNode rest = JmapText.array();

    private CardFromVcard() {}

    /// @return a card; without uid where the vCard has none
    public static ObjectNode read(Vcard vcard) {
        CardFromVcard one = new CardFromVcard();
        one.card.put("@type", "Card").put("version", "1.0");
        for (VcardProperty each : vcard.properties()) {
            if (each.name().equals("X-ABLABEL") && each.group() != null) {
                one.labels.put(each.group(), label(each.text()));
            }
        }
        for (VcardProperty each : vcard.properties()) {
            if (each.group() == null || !each.name().equals("X-ABLABEL")) {
                boolean variant = each.find("ALTID").isPresent() && one.variant(each);
                if (variant || !one.take(each)) {
                    one.keep(each);
                }
            }
        }
        if (!one.rest.isEmpty()) {
            one.card.set("vCardProps", one.rest);
        }
        return one.card;
    }

    /// Apple writes `_$!<Home>!$_` for what it can say in every language.
    private static String label(String text) {
        boolean marked = text.startsWith("_$!<") && text.endsWith(">!$_") && text.length() > 8;
        return marked ? text.substring(4, text.length() - 4) : text;
    }

    /// Whether something with this name and number came before.
    private boolean variant(VcardProperty property) {
        String key = "altid " + property.name() + " " + property.find("ALTID").orElse("");
        return counts.merge(key, 1, Integer::sum) > 1;
    }

    private boolean take(VcardProperty it) {
        return switch (it.name()) {
            case "UID" -> text("uid", it);
            case "KIND", "X-ADDRESSBOOKSERVER-KIND" -> kind(it);
            case "PRODID" -> text("prodId", it);
            case "LANGUAGE" -> text("language", it);
            case "REV" -> date("updated", it);
            case "CREATED" -> date("created", it);
            case "FN", "N", "NICKNAME", "ORG", "TITLE", "ROLE", "GRAMGENDER", "PRONOUNS" ->
                    names(it);
            case "EMAIL", "TEL", "IMPP", "SOCIALPROFILE", "X-SOCIALPROFILE", "LANG" -> ways(it);
            case "ADR" -> address(it);
            case "BDAY" -> anniversary("birth", it);
            case "DEATHDATE" -> anniversary("death", it);
            case "ANNIVERSARY", "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY" ->
                    anniversary("wedding", it);
            case "NOTE" -> note(it);
            case "CATEGORIES" -> categories(it);
            case "MEMBER", "X-ADDRESSBOOKSERVER-MEMBER" -> member(it);
            case "RELATED" -> related(it);
            case "EXPERTISE" -> personal("expertise", it);
            case "HOBBY" -> personal("hobby", it);
            case "INTEREST" -> personal("interest", it);
            case "JSPROP" -> property(it);
            default -> resource(it);
        };
    }

    /// A property of JSContact that went through a vCard (RFC 9555 §3.2.1); one of the card itself.
    private boolean property(VcardProperty it) {
        String pointer = it.find("JSPTR").orElse("");
        String name = pointer.replace("~1", "/").replace("~0", "~");
        if (name.isEmpty()
                || pointer.indexOf('/') >= 0
                || name.length() > 200
                || card.has(name)
                || JsContact.properties().contains(name)) {
            return false;
        }
        try {
            card.set(name, JmapText.read(it.text()));
            return true;
        } catch (SyntaxFault _) {
            return false;
        }
    }

    private boolean text(String name, VcardProperty it) {
        String text = it.text().strip();
        if (text.isEmpty() || card.has(name)) {
            return false;
        }
        card.put(name, text);
        return true;
    }

    private boolean kind(VcardProperty it) {
        String kind = it.text().strip().toLowerCase(Locale.ROOT);
        if (kind.isEmpty() || card.has("kind")) {
            return false;
        }
        card.put("kind", kind);
        return true;
    }

    private boolean date(String name, VcardProperty it) {
        String when = VcardDates.timestamp(it.text().strip());
        if (when == null || card.has(name)) {
            return false;
        }
        card.put(name, when);
        return true;
    }

    private boolean names(VcardProperty it) {
        return switch (it.name()) {
            case "FN" -> fullName(it);
            case "N" -> components(it);
            case "NICKNAME" -> {
                boolean any = false;
                for (String each : it.list()) {
                    if (!each.isBlank()) {
                        add("nicknames", it).put("name", each.strip());
                        any = true;
                    }
                }
                yield any;
            }
            case "ORG" -> organization(it);
            case "TITLE", "ROLE" -> {
                if (it.text().isBlank()) {
                    yield false;
                }
                ObjectNode title = add("titles", it).put("name", it.text());
                if (it.name().equals("ROLE")) {
                    title.put("kind", "role");
                }
                yield true;
            }
            case "GRAMGENDER" -> {
                speak().put("grammaticalGender", it.text().strip().toLowerCase(Locale.ROOT));
                yield true;
            }
            default -> {
                ObjectNode all = speak();
                ObjectNode known =
                        all.get("pronouns") instanceof ObjectNode old ? old : JmapText.object();
                all.set("pronouns", known);
                ObjectNode one = JmapText.object().put("pronouns", it.text());
                common(one, it);
                known.set("k" + (known.size() + 1), one);
                yield true;
            }
        };
    }

    private ObjectNode speak() {
        if (!(card.get("speakToAs") instanceof ObjectNode)) {
            card.set("speakToAs", JmapText.object());
        }
        return (ObjectNode) card.get("speakToAs");
    }

    private ObjectNode name() {
        if (!(card.get("name") instanceof ObjectNode)) {
            card.set("name", JmapText.object());
        }
        return (ObjectNode) card.get("name");
    }

    private boolean fullName(VcardProperty it) {
        if (it.text().isBlank() || card.path("name").has("full")) {
            return false;
        }
        name().put("full", it.text().strip());
        return true;
    }

    private boolean components(VcardProperty it) {
        if (card.path("name").has("components")) {
            return false;
        }
        ArrayNode list = JmapText.array();
        List<List<String>> parts = it.components();
        for (int i = 0; i < Math.min(parts.size(), NAME_KINDS.length); i++) {
            for (String each : parts.get(i)) {
                boolean again = i < 5 && later(parts, i == 0 ? 5 : i == 4 ? 6 : -1, each);
                if (!each.isBlank() && !again) {
                    list.add(
                            JmapText.object()
                                    .put("kind", NAME_KINDS[i])
                                    .put("value", each.strip()));
                }
            }
        }
        if (list.isEmpty()) {
            return true;
        }
        ObjectNode name = name();
        name.set("components", list);
        List<String> sort = it.values("SORT-AS");
        if (!sort.isEmpty()) {
            ObjectNode as = JmapText.object();
            String[] words = String.join(",", sort).split(",", 3);
            as.put("surname", words[0].strip());
            if (words.length > 1) {
                as.put("given", words[1].strip());
            }
            name.set("sortAs", as);
        }
        return true;
    }

    /// Surnames and suffixes that stand again in their own place (RFC 9554 §2.2).
    private static boolean later(List<List<String>> parts, int at, String value) {
        return at > 0 && at < parts.size() && parts.get(at).contains(value);
    }

    private boolean organization(VcardProperty it) {
        List<List<String>> parts = it.components();
        ObjectNode one = JmapText.object();
        String name = String.join(", ", parts.getFirst()).strip();
        if (!name.isEmpty()) {
            one.put("name", name);
        }
        ArrayNode units = JmapText.array();
        for (List<String> each : parts.subList(1, parts.size())) {
            String unit = String.join(", ", each).strip();
            if (!unit.isEmpty()) {
                units.add(JmapText.object().put("name", unit));
            }
        }
        if (!units.isEmpty()) {
            one.set("units", units);
        }
        if (one.isEmpty()) {
            return true;
        }
        it.find("SORT-AS").ifPresent(as -> one.put("sortAs", as));
        add("organizations", it).setAll(one);
        return true;
    }

    private boolean ways(VcardProperty it) {
        String value = it.text().strip();
        if (value.isEmpty()) {
            return true;
        }
        switch (it.name()) {
            case "EMAIL" -> add("emails", it).put("address", without(value, "mailto:"));
            case "TEL" -> telephone(it, value);
            case "LANG" -> add("preferredLanguages", it).put("language", value);
            case "IMPP" -> add("onlineServices", it).put("uri", value).put("vCardName", "impp");
            default -> {
                ObjectNode one = add("onlineServices", it);
                it.find("SERVICE-TYPE").ifPresent(service -> one.put("service", service));
                if (it.name().equals("X-SOCIALPROFILE")) {
                    it.types().stream()
                            .filter(each -> !each.equals("pref"))
                            .findFirst()
                            .ifPresent(service -> one.put("service", service));
                }
                boolean uri = value.indexOf(':') > 0;
                one.put(uri ? "uri" : "user", value);
                it.find("USERNAME").ifPresent(user -> one.put("user", user));
            }
        }
        return true;
    }

    private void telephone(VcardProperty it, String value) {
        ObjectNode phone = add("phones", it).put("number", value);
        ObjectNode features = JmapText.object();
        for (String type : it.types()) {
            if (type.equals("cell")) {
                features.put("mobile", true);
            } else if (FEATURES.contains(type)) {
                features.put(type, true);
            }
        }
        if (!features.isEmpty()) {
            phone.set("features", features);
        }
    }

    private static String without(String text, String scheme) {
        return text.regionMatches(true, 0, scheme, 0, scheme.length())
                ? text.substring(scheme.length())
                : text;
    }

    private boolean address(VcardProperty it) {
        ObjectNode one = add("addresses", it);
        ArrayNode list = JmapText.array();
        List<List<String>> parts = it.components();
        for (int i = 0; i < Math.min(parts.size(), ADDRESS_KINDS.length); i++) {
            for (String each : parts.get(i)) {
                if (!each.isBlank() && !(i < 3 && extended(parts))) {
                    list.add(
                            JmapText.object()
                                    .put("kind", ADDRESS_KINDS[i])
                                    .put("value", each.strip()));
                }
            }
        }
        if (!list.isEmpty()) {
            one.set("components", list);
        }
        it.find("LABEL").ifPresent(label -> one.put("full", label.replace("\\n", "\n")));
        it.find("GEO").ifPresent(geo -> one.put("coordinates", geo));
        it.find("TZ").ifPresent(zone -> one.put("timeZone", zone));
        it.find("CC").ifPresent(country -> one.put("countryCode", country));
        return true;
    }

    /// Whether the parts of a street stand apart too (RFC 9554 §2.1); then the street as a whole
    /// says nothing new.
    private static boolean extended(List<List<String>> parts) {
        for (int i = 7; i < parts.size(); i++) {
            if (parts.get(i).stream().anyMatch(each -> !each.isBlank())) {
                return true;
            }
        }
        return false;
    }

    private boolean anniversary(String kind, VcardProperty it) {
        ObjectNode date = VcardDates.date(it.text().strip());
        if (date == null) {
            return false;
        }
        add("anniversaries", it).put("kind", kind).set("date", date);
        return true;
    }

    private boolean note(VcardProperty it) {
        if (it.text().isBlank()) {
            return true;
        }
        ObjectNode note = add("notes", it).put("note", it.text());
        String created = it.find("CREATED").map(VcardDates::timestamp).orElse(null);
        if (created != null) {
            note.put("created", created);
        }
        ObjectNode author = JmapText.object();
        it.find("AUTHOR-NAME").ifPresent(name -> author.put("name", name));
        it.find("AUTHOR").ifPresent(uri -> author.put("uri", uri));
        if (!author.isEmpty()) {
            note.set("author", author);
        }
        return true;
    }

    private boolean categories(VcardProperty it) {
        ObjectNode words =
                card.get("keywords") instanceof ObjectNode known ? known : JmapText.object();
        it.list().stream()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .forEach(each -> words.put(each, true));
        if (!words.isEmpty()) {
            card.set("keywords", words);
        }
        return true;
    }

    private boolean member(VcardProperty it) {
        ObjectNode members =
                card.get("members") instanceof ObjectNode known ? known : JmapText.object();
        members.put(it.text().strip(), true);
        card.set("members", members);
        return true;
    }

    private boolean related(VcardProperty it) {
        ObjectNode all =
                card.get("relatedTo") instanceof ObjectNode known ? known : JmapText.object();
        ObjectNode relation = JmapText.object();
        ObjectNode kinds = JmapText.object();
        it.types().forEach(type -> kinds.put(type, true));
        if (!kinds.isEmpty()) {
            relation.set("relation", kinds);
        }
        all.set(it.text().strip(), relation);
        card.set("relatedTo", all);
        return true;
    }

    private boolean personal(String kind, VcardProperty it) {
        ObjectNode one = add("personalInfo", it).put("kind", kind).put("value", it.text());
        it.find("LEVEL")
                .map(level -> level.toLowerCase(Locale.ROOT))
                .ifPresent(level -> one.put("level", level(kind, level)));
        return true;
    }

    private static String level(String kind, String level) {
        if (!kind.equals("expertise")) {
            return level;
        }
        return switch (level) {
            case "beginner" -> "low";
            case "average" -> "medium";
            case "expert" -> "high";
            default -> level;
        };
    }

    /// What lies elsewhere, or inside the card as octets.
    private boolean resource(VcardProperty it) {
        String[] place =
                switch (it.name()) {
                    case "PHOTO" -> new String[] {"media", "photo"};
                    case "LOGO" -> new String[] {"media", "logo"};
                    case "SOUND" -> new String[] {"media", "sound"};
                    case "KEY" -> new String[] {"cryptoKeys", ""};
                    case "URL" -> new String[] {"links", ""};
                    case "CONTACT-URI" -> new String[] {"links", "contact"};
                    case "FBURL" -> new String[] {"calendars", "freeBusy"};
                    case "CALURI" -> new String[] {"calendars", "calendar"};
                    case "CALADRURI" -> new String[] {"schedulingAddresses", ""};
                    case "ORG-DIRECTORY" -> new String[] {"directories", "directory"};
                    case "SOURCE" -> new String[] {"directories", "entry"};
                    default -> new String[0];
                };
        String uri = place.length == 0 ? "" : uri(it);
        if (uri.isBlank()) {
            return place.length > 0;
        }
        ObjectNode one = add(place[0], it).put("uri", uri);
        if (!place[1].isEmpty()) {
            one.put("kind", place[1]);
        }
        it.find("MEDIATYPE").ifPresent(type -> one.put("mediaType", type));
        return true;
    }

    private static String uri(VcardProperty it) {
        if (it.find("ENCODING").isEmpty()) {
            return it.text().strip();
        }
        String family = it.name().equals("SOUND") ? "audio/" : "image/";
        String type =
                it.types().stream()
                        .filter(each -> !each.equals("home") && !each.equals("work"))
                        .filter(each -> !each.equals("pref"))
                        .findFirst()
                        .map(each -> each.indexOf('/') > 0 ? each : family + each)
                        .orElse(
                                it.name().equals("KEY")
                                        ? "application/octet-stream"
                                        : "image/jpeg");
        return "data:" + type + ";base64," + it.value();
    }

    /// A new entry of a property that holds several, with what all of them can say.
    private ObjectNode add(String property, VcardProperty it) {
        ObjectNode all = card.get(property) instanceof ObjectNode known ? known : JmapText.object();
        String wanted = it.find("PROP-ID").orElse("");
        boolean own = !wanted.isEmpty() && wanted.length() <= 100 && !all.has(wanted);
        String id = own ? wanted : "k" + counts.merge(property, 1, Integer::sum);
        while (all.has(id)) {
            id = "k" + counts.merge(property, 1, Integer::sum);
        }
        ObjectNode one = JmapText.object();
        common(one, it);
        all.set(id, one);
        card.set(property, all);
        return one;
    }

    private void common(ObjectNode one, VcardProperty it) {
        ObjectNode contexts = JmapText.object();
        for (String type : it.types()) {
            switch (type) {
                case "home" -> contexts.put("private", true);
                case "work" -> contexts.put("work", true);
                case "billing", "delivery" -> contexts.put(type, true);
                case "pref" -> one.put("pref", 1);
                default -> {
                    // Not where it is used.
                }
            }
        }
        if (!contexts.isEmpty()) {
            one.set("contexts", contexts);
        }
        Integer pref = it.find("PREF").map(CardFromVcard::preference).orElse(null);
        if (pref != null) {
            one.put("pref", pref);
        }
        String label = it.group() == null ? null : labels.get(it.group());
        if (label != null) {
            one.put("label", label);
        }
    }

    private static @Nullable Integer preference(String text) {
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > 2) {
                return null;
            }
            value = value * 10 + digit;
        }
        return value >= 1 && value <= 100 ? value : null;
    }

    // vCardProps = [ [name, {parameters}, type, value], ... ]
    private void keep(VcardProperty it) {
        ObjectNode parameters = JmapText.object();
        for (VcardProperty.Parameter each : it.parameters()) {
            if (each.name().equals("VALUE")) {
                continue;
            }
            String name = each.name().toLowerCase(Locale.ROOT);
            if (each.values().size() == 1) {
                parameters.put(name, each.values().getFirst());
            } else {
                parameters.set(name, JmapText.array(each.values()));
            }
        }
        if (it.group() != null) {
            parameters.put("group", it.group());
        }
        ArrayNode kept = JmapText.array();
        kept.add(it.name().toLowerCase(Locale.ROOT));
        kept.add(parameters);
        kept.add(it.find("VALUE").orElse("unknown").toLowerCase(Locale.ROOT));
        kept.add(it.value());
        rest.add(kept);
    }
}
