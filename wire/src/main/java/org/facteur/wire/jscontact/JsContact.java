package org.facteur.wire.jscontact;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facteur.wire.jmap.JmapText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a card may look like (RFC 9553 §2): the types of the properties the standard knows. Others
/// are left alone. Pure.
public final class JsContact {
    /// The largest card, in octets of its JSON, pictures inside it included.
    public static final int OCTETS = 256 << 10;

    private static final int DEPTH = 16;
    private static final int ENTRIES = 1000;
    private static final int UID_LENGTH = 500;

    private static final Map<String, Map<String, String>> TYPES = read();

    private JsContact() {}

    /// Types of properties by object, in the order of the standard; the codes are those of this
    /// class: `T` a text, `U` a whole number from 0, `B` true or false, `D` a UTC date, `P` a
    /// preference, `S` a set, `?X` an object X, `*X` objects X by name, `[X` a list of objects X,
    /// `*T` texts by name; `!` behind one that must be there.
    public static Map<String, Map<String, String>> types() {
        return TYPES;
    }

    private static Map<String, Map<String, String>> read() {
        String common = " contexts S pref P label T";
        String resource = "kind T uri T! mediaType T" + common;
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        type(
                all,
                "Card",
                "version T created D kind T language T members S prodId T relatedTo *Relation"
                        + " uid T! updated D name ?Name nicknames *Nickname organizations"
                        + " *Organization speakToAs ?SpeakToAs titles *Title emails *EmailAddress"
                        + " onlineServices *OnlineService phones *Phone preferredLanguages"
                        + " *LanguagePref calendars *Calendar schedulingAddresses"
                        + " *SchedulingAddress addresses *Address cryptoKeys *CryptoKey directories"
                        + " *Directory links *Link media *Media anniversaries *Anniversary keywords"
                        + " S notes *Note personalInfo *PersonalInfo");
        type(
                all,
                "Name",
                "components [NameComponent isOrdered B defaultSeparator T full T sortAs *T"
                        + " phoneticScript T phoneticSystem T");
        type(all, "NameComponent", "value T! kind T! phonetic T");
        type(all, "Nickname", "name T! contexts S pref P");
        type(all, "Organization", "name T units [OrgUnit sortAs T contexts S");
        type(all, "OrgUnit", "name T! sortAs T");
        type(all, "SpeakToAs", "grammaticalGender T pronouns *Pronouns");
        type(all, "Pronouns", "pronouns T! contexts S pref P");
        type(all, "Title", "name T! kind T organizationId T");
        type(all, "EmailAddress", "address T!" + common);
        type(all, "OnlineService", "service T uri T user T" + common);
        type(all, "Phone", "number T! features S" + common);
        type(all, "LanguagePref", "language T! contexts S pref P");
        type(all, "SchedulingAddress", "uri T!" + common);
        type(
                all,
                "Address",
                "components [AddressComponent isOrdered B countryCode T coordinates T timeZone T"
                        + " contexts S full T defaultSeparator T pref P phoneticScript T"
                        + " phoneticSystem T");
        type(all, "AddressComponent", "value T! kind T! phonetic T");
        type(all, "Calendar", resource);
        type(all, "CryptoKey", resource);
        type(all, "Directory", resource + " listAs U");
        type(all, "Link", resource);
        type(all, "Media", "kind T! uri T blobId T mediaType T" + common);
        type(all, "Anniversary", "kind T! date ?Date! place ?Address");
        type(all, "Date", "utc D year U month U day U calendarScale T");
        type(all, "Note", "note T! created D author ?Author");
        type(all, "Author", "name T uri T");
        type(all, "PersonalInfo", "kind T! value T! level T listAs U label T");
        type(all, "Relation", "relation S");
        return Collections.unmodifiableMap(all);
    }

    private static void type(Map<String, Map<String, String>> all, String name, String properties) {
        Map<String, String> types = new LinkedHashMap<>();
        String[] words = properties.split(" ", -1);
        for (int i = 0; i + 1 < words.length; i += 2) {
            types.put(words[i], words[i + 1]);
        }
        all.put(name, types);
    }

    /// The properties of a card that the standard knows.
    public static java.util.Set<String> properties() {
        return TYPES.getOrDefault("Card", Map.of()).keySet();
    }

    private record Open(JsonNode node, String type, String path, int depth) {}

    /// What is wrong with a card.
    ///
    /// @return paths of properties that are not as the standard wants them; none for a good card
    public static List<String> faults(ObjectNode card) {
        List<String> faults = new ArrayList<>();
        if (JmapText.writeText(card).getBytes(StandardCharsets.UTF_8).length > OCTETS) {
            return List.of("");
        }
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open(card, "Card", "", 0));
        while (!open.isEmpty()) {
            Open next = open.pop();
            if (next.depth() > DEPTH || next.node().size() > ENTRIES) {
                faults.add(next.path());
                continue;
            }
            Map<String, String> types = TYPES.get(next.type());
            if (types != null && next.node() instanceof ObjectNode object) {
                check(object, types, next, open, faults);
            }
            deeper(next, types, open);
        }
        JsonNode uid = card.get("uid");
        if (uid != null && uid.isString()) {
            String text = uid.stringValue();
            if (text.isBlank() || text.length() > UID_LENGTH) {
                faults.add("uid");
            }
        }
        return List.copyOf(faults);
    }

    /// What the standard does not know is followed for its depth alone.
    private static void deeper(Open next, @Nullable Map<String, String> types, Deque<Open> open) {
        if (next.node() instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                if ((types == null || !types.containsKey(each.getKey()))
                        && each.getValue().isContainer()) {
                    open.push(new Open(each.getValue(), "", next.path(), next.depth() + 1));
                }
            }
        } else {
            for (JsonNode each : next.node()) {
                if (each.isContainer()) {
                    open.push(new Open(each, "", next.path(), next.depth() + 1));
                }
            }
        }
    }

    private static void check(
            ObjectNode object,
            Map<String, String> types,
            Open at,
            Deque<Open> open,
            List<String> faults) {
        for (Map.Entry<String, String> each : types.entrySet()) {
            String type = each.getValue();
            boolean needed = type.endsWith("!");
            type = needed ? type.substring(0, type.length() - 1) : type;
            JsonNode value = object.get(each.getKey());
            String path = at.path().isEmpty() ? each.getKey() : at.path() + "/" + each.getKey();
            boolean fits = value == null ? !needed : fits(value, type, at.depth(), path, open);
            if (!fits) {
                faults.add(path);
            }
        }
        JsonNode said = object.get("@type");
        if (said != null && !said.isString()) {
            faults.add(at.path().isEmpty() ? "@type" : at.path() + "/@type");
        }
    }

    private static boolean fits(
            JsonNode value, String type, int depth, String path, Deque<Open> open) {
        return switch (type.charAt(0)) {
            case 'T' -> value.isString();
            case 'U' -> whole(value, 0, Integer.MAX_VALUE);
            case 'P' -> whole(value, 1, 100);
            case 'B' -> value.isBoolean();
            case 'D' -> value.isString() && date(value.stringValue());
            case 'S' -> set(value);
            case '?' -> {
                open.push(new Open(value, type.substring(1), path, depth + 1));
                yield value.isObject();
            }
            default -> entries(value, type, depth, path, open);
        };
    }

    private static boolean entries(
            JsonNode value, String type, int depth, String path, Deque<Open> open) {
        boolean list = type.charAt(0) == '[';
        String inner = type.substring(1);
        boolean fits = list ? value.isArray() : value.isObject();
        if (!fits || value.size() > ENTRIES) {
            return false;
        }
        for (JsonNode each : value) {
            if (inner.equals("T")) {
                fits &= each.isString();
            } else {
                fits &= each.isObject();
                open.push(new Open(each, inner, path, depth + 2));
            }
        }
        return fits;
    }

    private static boolean whole(JsonNode value, int least, int most) {
        return value.isIntegralNumber()
                && value.canConvertToInt()
                && value.intValue() >= least
                && value.intValue() <= most;
    }

    private static boolean set(JsonNode value) {
        boolean fits = value.isObject() && value.size() <= ENTRIES;
        for (JsonNode each : value) {
            fits &= each.isBoolean() && each.booleanValue();
        }
        return fits;
    }

    // UTCDateTime = date-time with "Z"
    private static boolean date(String text) {
        if (text.length() > 40 || !text.endsWith("Z") || text.indexOf('T') < 0) {
            return false;
        }
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }
}
