package org.facteur.edge.jmap;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.sieve.ScriptName;
import org.facteur.core.sieve.Scripts;
import org.facteur.core.sieve.StoredScript;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.PatchObject;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.jmap.UtcDate;
import org.facteur.wire.sieve.SieveCompilation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// VacationResponse/get and /set (RFC 8621 §8). One call.
///
/// The response is a script like any other, named `vacation`, that says in its first line what it
/// was made of. While it is active it does first what the script did that was active before.
final class VacationMethods {
    static final ScriptName NAME = new ScriptName("vacation");

    private static final String ID = "singleton";
    private static final String MARK = "# vacation: ";
    private static final Set<String> PROPERTIES = Shapes.VACATION.names();
    private static final int LONGEST = 100_000;
    private static final String BOUNDARY = "=_facteur_vacation";

    private final LetterBox box;
    private final Scripts scripts;

    private VacationMethods(Call call) {
        this.box = call.ownBox();
        this.scripts = call.services().extras().scripts();
    }

    static ObjectNode get(Call call) {
        VacationMethods one = new VacationMethods(call);
        ObjectGet get = new ObjectGet(call, PROPERTIES::contains);
        call.arguments().end();
        String state = States.of(one.box.version());
        for (String id : get.idsOr(Set.of(ID))) {
            if (id.equals(ID)) {
                get.foundWhole(one.read());
            } else {
                get.missing(id);
            }
        }
        return get.answer(ObjectIds.of(one.box.owner()), state);
    }

    private ObjectNode read() {
        ObjectNode known = kept().map(Kept::values).orElseGet(VacationMethods::empty);
        ObjectNode json = JmapText.object().put("id", ID).put("isEnabled", enabled());
        known.properties().forEach(each -> json.set(each.getKey(), each.getValue()));
        return json;
    }

    private static ObjectNode empty() {
        ObjectNode empty = JmapText.object().putNull("fromDate").putNull("toDate");
        return empty.putNull("subject").putNull("textBody").putNull("htmlBody");
    }

    private boolean enabled() {
        return scripts.list(box.actor()).stream()
                .anyMatch(each -> each.active() && each.name().equals(NAME));
    }

    /// What the script says it was made of.
    ///
    /// @param before the script that was active before; null for none
    private record Kept(ObjectNode values, @Nullable String before) {}

    private Optional<Kept> kept() {
        Optional<byte[]> script = scripts.find(box.owner(), NAME);
        if (script.isEmpty()) {
            return Optional.empty();
        }
        String text = new String(script.get(), StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n");
        if (!text.startsWith(MARK) || end < 0) {
            return Optional.empty();
        }
        try {
            JsonNode json = JmapText.read(text.substring(MARK.length(), end));
            if (json.get("values") instanceof ObjectNode values) {
                JsonNode before = json.get("before");
                return Optional.of(
                        new Kept(
                                values,
                                before != null && before.isString() ? before.stringValue() : null));
            }
        } catch (org.facteur.wire.text.SyntaxFault _) {
            // Somebody else's script.
        }
        return Optional.empty();
    }

    static ObjectNode set(Call call) {
        VacationMethods one = new VacationMethods(call);
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        String before = States.of(one.box.version());
        States.require(asked.ifInState(), one.box, changes -> changes.others().scripts());
        SetAnswer answer = new SetAnswer(call);
        for (String name : asked.create().keySet()) {
            answer.notCreated(name, new SetFault("singleton", null));
        }
        for (String id : asked.destroy()) {
            answer.notDestroyed(id, new SetFault("singleton", null));
        }
        for (Map.Entry<String, ObjectNode> each : asked.update().entrySet()) {
            try {
                if (!each.getKey().equals(ID)) {
                    throw SetFault.notFound();
                }
                one.update(each.getValue());
                answer.updated(ID, null);
            } catch (SetFault fault) {
                answer.notUpdated(each.getKey(), fault);
            } catch (Refusal refusal) {
                answer.notUpdated(each.getKey(), SetAnswer.fault(refusal));
            }
        }
        return answer.json(ObjectIds.of(one.box.owner()), before, States.of(one.box.version()));
    }

    private void update(ObjectNode patch) {
        ObjectNode values = PatchObject.apply(read(), patch);
        check(values);
        boolean enable = values.get("isEnabled").booleanValue();
        values.remove("id");
        values.remove("isEnabled");
        ObjectNode all = empty();
        values.properties().forEach(each -> all.set(each.getKey(), each.getValue()));
        String active =
                scripts.list(box.actor()).stream()
                        .filter(StoredScript::active)
                        .map(each -> each.name().value())
                        .findFirst()
                        .orElse(null);
        boolean ours = NAME.value().equals(active);
        String before = ours ? kept().map(Kept::before).orElse(null) : active;
        byte[] script = script(all, before).getBytes(StandardCharsets.UTF_8);
        if (scripts.find(box.owner(), NAME).isPresent() && kept().isEmpty()) {
            throw new SetFault("forbidden", "a script of another hand is named vacation");
        }
        if (scripts.compile(script) instanceof SieveCompilation.Faulty) {
            throw new SetFault("invalidProperties", "no script can be made of this");
        }
        scripts.put(box.actor(), NAME, script);
        if (enable && !ours) {
            scripts.activate(box.actor(), NAME);
        } else if (!enable && ours) {
            ScriptName other = before == null ? null : new ScriptName(before);
            boolean there = other != null && scripts.find(box.owner(), other).isPresent();
            scripts.activate(box.actor(), there ? other : null);
        }
    }

    private static void check(ObjectNode values) {
        for (String property : values.propertyNames()) {
            if (!PROPERTIES.contains(property)) {
                throw SetFault.invalidProperties("there is no such property", property);
            }
        }
        if (!values.path("isEnabled").isBoolean()) {
            throw SetFault.invalidProperties("true or false is wanted", "isEnabled");
        }
        for (String date : new String[] {"fromDate", "toDate"}) {
            date(values.get(date), date);
        }
        for (String text : new String[] {"subject", "textBody", "htmlBody"}) {
            JsonNode value = values.get(text);
            boolean fits =
                    value == null
                            || value.isNull()
                            || (value.isString() && value.stringValue().length() <= LONGEST);
            if (!fits) {
                throw SetFault.invalidProperties("a text is wanted", text);
            }
        }
    }

    private static @Nullable Instant date(@Nullable JsonNode value, String property) {
        if (value == null || value.isNull()) {
            return null;
        }
        try {
            return UtcDate.parse(value.asString(""));
        } catch (MethodFault _) {
            throw SetFault.invalidProperties("a UTC date is wanted", property);
        }
    }

    private static String script(ObjectNode values, @Nullable String before) {
        ObjectNode mark = JmapText.object();
        mark.set("values", values);
        mark.put("before", before);
        StringBuilder out = new StringBuilder(MARK).append(JmapText.writeText(mark)).append("\r\n");
        out.append("require [\"vacation\", \"date\", \"relational\"");
        out.append(before == null ? "" : ", \"include\"").append("];\r\n");
        if (before != null) {
            out.append("include :personal :optional :once ").append(quoted(before)).append(";\r\n");
        }
        String from = condition("ge", date(values.get("fromDate"), "fromDate"));
        String to = condition("lt", date(values.get("toDate"), "toDate"));
        String both = from.isEmpty() || to.isEmpty() ? from + to : from + ", " + to;
        out.append(both.isEmpty() ? "" : "if allof(" + both + ") {\r\n");
        out.append("vacation :days 7");
        String subject = text(values, "subject");
        if (!subject.isEmpty()) {
            out.append(" :subject ").append(quoted(subject.replace('\n', ' ').replace('\r', ' ')));
        }
        out.append(reason(text(values, "textBody"), text(values, "htmlBody")));
        return out.append(both.isEmpty() ? "" : "}\r\n").toString();
    }

    private static String text(ObjectNode values, String name) {
        JsonNode value = values.get(name);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    private static String reason(String plain, String html) {
        if (html.isEmpty()) {
            return " " + quoted(plain.isEmpty() ? "-" : plain) + ";\r\n";
        }
        String body =
                "Content-Type: multipart/alternative; boundary=\""
                        + BOUNDARY
                        + "\"\r\n\r\n"
                        + part("plain", plain)
                        + part("html", html)
                        + "--"
                        + BOUNDARY
                        + "--\r\n";
        return " :mime " + quoted(body) + ";\r\n";
    }

    private static String part(String subtype, String text) {
        if (text.isEmpty()) {
            return "";
        }
        return "--"
                + BOUNDARY
                + "\r\nContent-Type: text/"
                + subtype
                + "; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                + text.replace("\r\n", "\n").replace("\n", "\r\n")
                + "\r\n";
    }

    /// Compared in UTC, to the second (RFC 5260 §4.2).
    private static String condition(String relation, @Nullable Instant when) {
        if (when == null) {
            return "";
        }
        String text =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", java.util.Locale.ROOT)
                        .format(when.atOffset(ZoneOffset.UTC));
        return "currentdate :zone \"+0000\" :value \""
                + relation
                + "\" \"iso8601\" "
                + quoted(text + "+00:00");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
