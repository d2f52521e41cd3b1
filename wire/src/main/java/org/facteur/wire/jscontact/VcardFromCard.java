package org.facteur.wire.jscontact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.vcard.Vcard;
import org.facteur.wire.vcard.VcardProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A card as vCard 4.0 (RFC 9555 §3). One card; one thread.
///
/// What vCard has no property for goes out as JSPROP (RFC 9555 §3.2.1), so that reading the vCard
/// again loses nothing but ids.
public final class VcardFromCard {
    private static final List<String> ADDRESS_KINDS =
            List.of(
                    "postOfficeBox",
                    "",
                    "",
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
                    "direction");
    private static final Set<String> MAPPED =
            Set.of(
                    "@type",
                    "version",
                    "id",
                    "addressBookIds",
                    "uid",
                    "kind",
                    "prodId",
                    "language",
                    "updated",
                    "created",
                    "name",
                    "nicknames",
                    "organizations",
                    "titles",
                    "speakToAs",
                    "emails",
                    "phones",
                    "onlineServices",
                    "preferredLanguages",
                    "addresses",
                    "anniversaries",
                    "notes",
                    "keywords",
                    "members",
                    "relatedTo",
                    "personalInfo",
                    "media",
                    "cryptoKeys",
                    "links",
                    "calendars",
                    "schedulingAddresses",
                    "directories",
                    "vCardProps");

    private final JsonNode card;
    private final List<VcardProperty> out = new ArrayList<>();
    private int groups;

    private VcardFromCard(JsonNode card) {
        this.card = card;
    }

    public static Vcard write(ObjectNode card) {
        VcardFromCard one = new VcardFromCard(card);
        one.head();
        one.names();
        one.ways();
        one.addresses();
        one.anniversaries();
        one.rest();
        one.resources();
        one.kept();
        return new Vcard("4.0", one.out);
    }

    private static String text(JsonNode node) {
        return CardFacts.text(node);
    }

    private static VcardProperty.Parameter parameter(String name, String value) {
        return new VcardProperty.Parameter(name, List.of(value));
    }

    private void add(String name, String value, VcardProperty.Parameter... parameters) {
        out.add(VcardProperty.of(name, value, parameters));
    }

    private void simple(String name, String property) {
        String value = text(card.path(property));
        if (!value.isEmpty()) {
            add(name, VcardProperty.escape(value));
        }
    }

    private void head() {
        simple("UID", "uid");
        simple("KIND", "kind");
        simple("PRODID", "prodId");
        simple("LANGUAGE", "language");
        for (String[] each : new String[][] {{"CREATED", "created"}, {"REV", "updated"}}) {
            String when = VcardDates.write(JmapText.object().put("utc", text(card.path(each[1]))));
            if (!when.isEmpty()) {
                add(each[0], when);
            }
        }
    }

    private void names() {
        String shown = CardFacts.name(card);
        add(
                "FN",
                VcardProperty.escape(shown),
                text(card.path("name").path("full")).isBlank()
                        ? new VcardProperty.Parameter[] {parameter("DERIVED", "true")}
                        : new VcardProperty.Parameter[0]);
        if (!card.path("name").path("components").isEmpty()) {
            add("N", components());
        }
        for (Map.Entry<String, JsonNode> each : card.path("nicknames").properties()) {
            item("NICKNAME", VcardProperty.escape(text(each.getValue().path("name"))), each);
        }
        for (Map.Entry<String, JsonNode> each : card.path("organizations").properties()) {
            StringBuilder value =
                    new StringBuilder(VcardProperty.escape(text(each.getValue().path("name"))));
            for (JsonNode unit : each.getValue().path("units")) {
                value.append(';').append(VcardProperty.escape(text(unit.path("name"))));
            }
            item("ORG", value.toString(), each);
        }
        for (Map.Entry<String, JsonNode> each : card.path("titles").properties()) {
            boolean role = text(each.getValue().path("kind")).equals("role");
            item(
                    role ? "ROLE" : "TITLE",
                    VcardProperty.escape(text(each.getValue().path("name"))),
                    each);
        }
        String gender = text(card.path("speakToAs").path("grammaticalGender"));
        if (!gender.isEmpty()) {
            add("GRAMGENDER", VcardProperty.escape(gender));
        }
        for (Map.Entry<String, JsonNode> each :
                card.path("speakToAs").path("pronouns").properties()) {
            item("PRONOUNS", VcardProperty.escape(text(each.getValue().path("pronouns"))), each);
        }
    }

    private String part(String kind) {
        List<String> values = new ArrayList<>();
        for (JsonNode each : card.path("name").path("components")) {
            if (text(each.path("kind")).equals(kind)) {
                values.add(VcardProperty.escape(text(each.path("value"))));
            }
        }
        return String.join(",", values);
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "," + second;
    }

    /// Second surnames and generations stand twice, for those who know five parts (RFC 9554 §2.2).
    private String components() {
        String second = part("surname2");
        String generation = part("generation");
        String five =
                String.join(
                        ";",
                        joined(part("surname"), second),
                        part("given"),
                        part("given2"),
                        part("title"),
                        joined(part("credential"), generation));
        return second.isEmpty() && generation.isEmpty()
                ? five
                : five + ";" + second + ";" + generation;
    }

    /// One of several, with what all of them can say.
    private void item(String name, String value, Map.Entry<String, JsonNode> entry) {
        item(name, value, entry, List.of());
    }

    private void item(
            String name,
            String value,
            Map.Entry<String, JsonNode> entry,
            List<VcardProperty.Parameter> more) {
        JsonNode node = entry.getValue();
        List<VcardProperty.Parameter> parameters = new ArrayList<>(more);
        parameters.add(parameter("PROP-ID", entry.getKey()));
        List<String> types = new ArrayList<>();
        for (String context : node.path("contexts").propertyNames()) {
            types.add(context.equals("private") ? "home" : context.toLowerCase(Locale.ROOT));
        }
        if (!types.isEmpty()) {
            parameters.add(new VcardProperty.Parameter("TYPE", types));
        }
        if (node.path("pref").isInt()) {
            parameters.add(parameter("PREF", Integer.toString(node.path("pref").intValue())));
        }
        String media = text(node.path("mediaType"));
        if (!media.isEmpty() && !value.startsWith("data:")) {
            parameters.add(parameter("MEDIATYPE", media));
        }
        String label = text(node.path("label"));
        String group = null;
        if (!label.isEmpty()) {
            groups++;
            group = "g" + groups;
        }
        out.add(new VcardProperty(group, name, parameters, value));
        if (group != null) {
            out.add(new VcardProperty(group, "X-ABLabel", List.of(), VcardProperty.escape(label)));
        }
    }

    private void ways() {
        for (Map.Entry<String, JsonNode> each : card.path("emails").properties()) {
            item("EMAIL", VcardProperty.escape(text(each.getValue().path("address"))), each);
        }
        for (Map.Entry<String, JsonNode> each : card.path("phones").properties()) {
            phone(each);
        }
        for (Map.Entry<String, JsonNode> each : card.path("onlineServices").properties()) {
            service(each);
        }
        for (Map.Entry<String, JsonNode> each : card.path("preferredLanguages").properties()) {
            item("LANG", VcardProperty.escape(text(each.getValue().path("language"))), each);
        }
    }

    private void phone(Map.Entry<String, JsonNode> each) {
        String number = text(each.getValue().path("number"));
        List<VcardProperty.Parameter> more = new ArrayList<>();
        boolean uri = number.regionMatches(true, 0, "tel:", 0, 4);
        if (uri) {
            more.add(parameter("VALUE", "uri"));
        }
        List<String> types = new ArrayList<>();
        for (String feature : each.getValue().path("features").propertyNames()) {
            types.add(feature.equals("mobile") ? "cell" : feature.toLowerCase(Locale.ROOT));
        }
        if (!types.isEmpty()) {
            more.add(new VcardProperty.Parameter("TYPE", types));
        }
        item("TEL", uri ? number : VcardProperty.escape(number), each, more);
    }

    private void service(Map.Entry<String, JsonNode> each) {
        JsonNode node = each.getValue();
        String uri = text(node.path("uri"));
        String user = text(node.path("user"));
        if (text(node.path("vCardName")).equals("impp") && !uri.isEmpty()) {
            item("IMPP", uri, each);
            return;
        }
        List<VcardProperty.Parameter> more = new ArrayList<>();
        String service = text(node.path("service"));
        if (!service.isEmpty()) {
            more.add(parameter("SERVICE-TYPE", service));
        }
        if (uri.isEmpty()) {
            more.add(parameter("VALUE", "text"));
            item("SOCIALPROFILE", VcardProperty.escape(user), each, more);
        } else {
            if (!user.isEmpty()) {
                more.add(parameter("USERNAME", user));
            }
            item("SOCIALPROFILE", uri, each, more);
        }
    }

    private void addresses() {
        for (Map.Entry<String, JsonNode> each : card.path("addresses").properties()) {
            JsonNode node = each.getValue();
            List<VcardProperty.Parameter> more = new ArrayList<>();
            for (String[] one :
                    new String[][] {
                        {"LABEL", "full"},
                        {"GEO", "coordinates"},
                        {"TZ", "timeZone"},
                        {"CC", "countryCode"}
                    }) {
                String value = text(node.path(one[1]));
                if (!value.isEmpty()) {
                    more.add(parameter(one[0], value));
                }
            }
            item("ADR", address(node.path("components")), each, more);
        }
    }

    /// Seven parts for everybody, and eleven more where there is more to say (RFC 9554 §2.1).
    private static String address(JsonNode components) {
        List<String> parts = new ArrayList<>();
        boolean more = false;
        for (int i = 0; i < ADDRESS_KINDS.size(); i++) {
            String part =
                    switch (i) {
                        case 1 -> values(components, "apartment", "floor", "room", "building");
                        case 2 -> values(components, "number", "name", "block", "direction");
                        default -> values(components, ADDRESS_KINDS.get(i));
                    };
            parts.add(part);
            more |= i > 6 && i != 8 && i != 11 && !part.isEmpty();
        }
        return String.join(";", more ? parts : parts.subList(0, 7));
    }

    private static String values(JsonNode components, String... kinds) {
        List<String> values = new ArrayList<>();
        for (JsonNode each : components) {
            if (Arrays.asList(kinds).contains(text(each.path("kind")))) {
                values.add(VcardProperty.escape(text(each.path("value"))));
            }
        }
        return String.join(",", values);
    }

    private void anniversaries() {
        for (Map.Entry<String, JsonNode> each : card.path("anniversaries").properties()) {
            String name =
                    switch (text(each.getValue().path("kind"))) {
                        case "birth" -> "BDAY";
                        case "death" -> "DEATHDATE";
                        default -> "ANNIVERSARY";
                    };
            String date = VcardDates.write(each.getValue().path("date"));
            if (!date.isEmpty()) {
                item(name, date, each);
            }
        }
    }

    private void rest() {
        for (Map.Entry<String, JsonNode> each : card.path("notes").properties()) {
            List<VcardProperty.Parameter> more = new ArrayList<>();
            String created =
                    VcardDates.write(
                            JmapText.object().put("utc", text(each.getValue().path("created"))));
            if (!created.isEmpty()) {
                more.add(parameter("CREATED", created));
            }
            String author = text(each.getValue().path("author").path("name"));
            if (!author.isEmpty()) {
                more.add(parameter("AUTHOR-NAME", author));
            }
            item("NOTE", VcardProperty.escape(text(each.getValue().path("note"))), each, more);
        }
        List<String> words = new ArrayList<>();
        card.path("keywords").propertyNames().forEach(w -> words.add(VcardProperty.escape(w)));
        if (!words.isEmpty()) {
            add("CATEGORIES", String.join(",", words));
        }
        card.path("members").propertyNames().forEach(uid -> add("MEMBER", uid));
        for (Map.Entry<String, JsonNode> each : card.path("relatedTo").properties()) {
            List<String> types = List.copyOf(each.getValue().path("relation").propertyNames());
            add(
                    "RELATED",
                    each.getKey(),
                    types.isEmpty()
                            ? new VcardProperty.Parameter[0]
                            : new VcardProperty.Parameter[] {
                                new VcardProperty.Parameter("TYPE", types)
                            });
        }
        for (Map.Entry<String, JsonNode> each : card.path("personalInfo").properties()) {
            personal(each);
        }
    }

    private void personal(Map.Entry<String, JsonNode> each) {
        String kind = text(each.getValue().path("kind"));
        String name =
                switch (kind) {
                    case "expertise" -> "EXPERTISE";
                    case "hobby" -> "HOBBY";
                    default -> "INTEREST";
                };
        String level = text(each.getValue().path("level"));
        if (kind.equals("expertise")) {
            level =
                    switch (level) {
                        case "low" -> "beginner";
                        case "medium" -> "average";
                        case "high" -> "expert";
                        default -> level;
                    };
        }
        item(
                name,
                VcardProperty.escape(text(each.getValue().path("value"))),
                each,
                level.isEmpty() ? List.of() : List.of(parameter("LEVEL", level)));
    }

    private void resources() {
        for (String property :
                List.of(
                        "media",
                        "cryptoKeys",
                        "links",
                        "calendars",
                        "schedulingAddresses",
                        "directories")) {
            for (Map.Entry<String, JsonNode> each : card.path(property).properties()) {
                String uri = text(each.getValue().path("uri"));
                if (!uri.isEmpty()) {
                    item(resource(property, text(each.getValue().path("kind"))), uri, each);
                }
            }
        }
    }

    private static String resource(String property, String kind) {
        return switch (property) {
            case "media" ->
                    switch (kind) {
                        case "logo" -> "LOGO";
                        case "sound" -> "SOUND";
                        default -> "PHOTO";
                    };
            case "cryptoKeys" -> "KEY";
            case "links" -> kind.equals("contact") ? "CONTACT-URI" : "URL";
            case "calendars" -> kind.equals("freeBusy") ? "FBURL" : "CALURI";
            case "schedulingAddresses" -> "CALADRURI";
            default -> kind.equals("directory") ? "ORG-DIRECTORY" : "SOURCE";
        };
    }

    /// What came from a vCard and was not understood, and what vCard does not know.
    private void kept() {
        for (JsonNode each : card.path("vCardProps")) {
            if (each.size() < 4 || !each.get(1).isObject() || !each.get(3).isString()) {
                continue;
            }
            String group = null;
            List<VcardProperty.Parameter> parameters = new ArrayList<>();
            for (Map.Entry<String, JsonNode> one : each.get(1).properties()) {
                List<String> values = new ArrayList<>();
                if (one.getValue().isArray()) {
                    one.getValue().forEach(value -> values.add(text(value)));
                } else {
                    values.add(text(one.getValue()));
                }
                if (one.getKey().equals("group")) {
                    group = name(values.getFirst());
                } else if (!name(one.getKey()).isEmpty()) {
                    parameters.add(new VcardProperty.Parameter(name(one.getKey()), values));
                }
            }
            String type = text(each.get(2));
            if (!type.isEmpty() && !type.equals("unknown") && !name(type).isEmpty()) {
                parameters.add(parameter("VALUE", name(type)));
            }
            String name = name(text(each.get(0)));
            if (!name.isEmpty()
                    && !name.equalsIgnoreCase("BEGIN")
                    && !name.equalsIgnoreCase("END")) {
                out.add(
                        new VcardProperty(
                                group == null || group.isEmpty() ? null : group,
                                name,
                                parameters,
                                each.get(3).stringValue()));
            }
        }
        for (Map.Entry<String, JsonNode> each : card.properties()) {
            if (!MAPPED.contains(each.getKey())) {
                add(
                        "JSPROP",
                        VcardProperty.escape(JmapText.writeText(each.getValue())),
                        parameter("JSPTR", each.getKey().replace("~", "~0").replace("/", "~1")));
            }
        }
    }

    /// A name of a vCard, or nothing for what cannot be one.
    private static String name(String text) {
        boolean fits = !text.isEmpty() && text.length() <= 100;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            fits &= letter || (c >= '0' && c <= '9') || c == '-';
        }
        return fits ? text : "";
    }
}
