package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.sieve.ScriptName;
import org.facteur.core.sieve.Scripts;
import org.facteur.core.sieve.StoredScript;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.sieve.SieveCompilation;
import org.facteur.wire.sieve.SieveProblem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// SieveScript/get, /set, /query and /validate (RFC 9661 §2). One call.
final class ScriptMethods {
    private static final Set<String> SETTABLE = Set.of("name", "blobId");

    private final Call call;
    private final LetterBox box;
    private final Scripts scripts;

    private ScriptMethods(Call call) {
        this.call = call;
        this.box = call.ownBox();
        this.scripts = call.services().extras().scripts();
    }

    static String id(StoredScript script) {
        return "Y" + script.number();
    }

    private ObjectNode json(StoredScript script) {
        return JmapText.object()
                .put("id", id(script))
                .put("name", script.name().value())
                .put("blobId", ScriptBlob.id(script, scripts.get(box.actor(), script.name())))
                .put("isActive", script.active());
    }

    private Optional<StoredScript> find(@Nullable String id) {
        OptionalLong number = ObjectIds.number('Y', id == null ? "" : id);
        return scripts.list(box.actor()).stream()
                .filter(each -> number.isPresent() && each.number() == number.getAsLong())
                .findFirst();
    }

    static ObjectNode get(Call call) {
        ScriptMethods one = new ScriptMethods(call);
        ObjectGet get = new ObjectGet(call, Shapes.SCRIPT::has);
        call.arguments().end();
        String state = States.of(one.box.version());
        List<StoredScript> all = one.scripts.list(one.box.actor());
        for (String id : get.idsOr(all.stream().map(ScriptMethods::id).toList())) {
            Optional<StoredScript> found =
                    all.stream().filter(each -> id(each).equals(id)).findFirst();
            if (found.isPresent()) {
                get.foundWhole(one.json(found.get()));
            } else {
                get.missing(id);
            }
        }
        return get.answer(ObjectIds.of(one.box.owner()), state);
    }

    static ObjectNode query(Call call) {
        ScriptMethods one = new ScriptMethods(call);
        Predicate<StoredScript> filter =
                FilterProgram.of(call.arguments().findObject("filter"), ScriptMethods::condition);
        Comparator<StoredScript> order = order(call.arguments().findList("sort"));
        QueryWindow window = QueryWindow.take(call.arguments());
        call.arguments().end();
        String state = States.of(one.box.version());
        List<String> found =
                one.scripts.list(one.box.actor()).stream()
                        .filter(filter)
                        .sorted(order)
                        .map(ScriptMethods::id)
                        .toList();
        ObjectNode answer =
                JmapText.object()
                        .put("accountId", ObjectIds.of(one.box.owner()))
                        .put("queryState", state)
                        .put("canCalculateChanges", false);
        window.cut(found, answer);
        return answer;
    }

    private static Predicate<StoredScript> condition(Arguments condition) {
        String name = condition.findText("name");
        Boolean active = condition.has("isActive") ? condition.flag("isActive", true) : null;
        return script ->
                (name == null || script.name().value().contains(name))
                        && (active == null || active == script.active());
    }

    private static Comparator<StoredScript> order(@Nullable List<JsonNode> list) {
        Comparator<StoredScript> all = Comparator.comparingInt(_ -> 0);
        for (JsonNode each : list == null ? List.<JsonNode>of() : list) {
            if (!(each instanceof ObjectNode object)) {
                throw MethodFault.invalidArguments("a comparator is an object");
            }
            Arguments arguments = new Arguments(object);
            String property = arguments.text("property");
            boolean ascending = arguments.flag("isAscending", true);
            Collation collation = Collation.of(arguments.findText("collation"));
            arguments.end();
            Comparator<StoredScript> one =
                    switch (property) {
                        case "name" -> Comparator.comparing(s -> collation.key(s.name().value()));
                        case "isActive" -> Comparator.comparing(StoredScript::active);
                        default ->
                                throw new MethodFault(
                                        "unsupportedSort", "there is no order by " + property);
                    };
            all = all.thenComparing(ascending ? one : one.reversed());
        }
        return all.thenComparing(s -> s.name().value());
    }

    static ObjectNode validate(Call call) throws IOException {
        ScriptMethods one = new ScriptMethods(call);
        String blobId = call.arguments().text("blobId");
        call.arguments().end();
        ObjectNode answer = JmapText.object().put("accountId", ObjectIds.of(one.box.owner()));
        try {
            one.octets(blobId);
            answer.putNull("error");
        } catch (SetFault fault) {
            if (fault.type().equals("blobNotFound")) {
                throw new MethodFault("blobNotFound", null);
            }
            answer.set("error", fault.toJson());
        }
        return answer;
    }

    /// Octets of a blob that are a script.
    private byte[] octets(String blobId) throws IOException {
        String real = call.resolve(blobId);
        int most = scripts.limits().scriptOctets();
        byte[] octets;
        try (OpenBlob blob =
                call.blobs()
                        .find(box, real == null ? "" : real)
                        .orElseThrow(() -> new SetFault("blobNotFound", null))) {
            try (InputStream in = blob.open()) {
                octets = in.readNBytes(most + 1);
            }
        }
        if (octets.length > most) {
            throw new SetFault("tooLarge", "a script has at most " + most + " octets");
        }
        if (scripts.compile(octets) instanceof SieveCompilation.Faulty(List<SieveProblem> found)) {
            throw new SetFault(
                    "invalidSieve",
                    String.join("\n", found.stream().map(SieveProblem::english).toList()));
        }
        return octets;
    }

    static ObjectNode set(Call call) throws IOException {
        ScriptMethods one = new ScriptMethods(call);
        String activate = call.arguments().findText("onSuccessActivateScript");
        boolean deactivate = call.arguments().flag("onSuccessDeactivateScript", false);
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        String before = States.of(one.box.version());
        States.require(asked.ifInState(), one.box, changes -> changes.others().scripts());
        SetAnswer answer = new SetAnswer(call);
        for (Map.Entry<String, ObjectNode> each : asked.create().entrySet()) {
            one.create(answer, each.getKey(), each.getValue());
        }
        for (Map.Entry<String, ObjectNode> each : asked.update().entrySet()) {
            one.update(answer, each.getKey(), each.getValue());
        }
        for (String id : asked.destroy()) {
            one.destroy(answer, id);
        }
        if (!answer.failed()) {
            one.switchTo(answer, activate, deactivate);
        }
        return answer.json(ObjectIds.of(one.box.owner()), before, States.of(one.box.version()));
    }

    private void create(SetAnswer answer, String name, ObjectNode object) throws IOException {
        try {
            checkSettable(object);
            JsonNode blobId = object.get("blobId");
            if (blobId == null || !blobId.isString()) {
                throw SetFault.invalidProperties("a blob is wanted", "blobId");
            }
            byte[] octets = octets(blobId.stringValue());
            JsonNode wanted = object.get("name");
            ScriptName script = wanted == null || wanted.isNull() ? freeName() : scriptName(wanted);
            refuseSame(script, null);
            scripts.put(box.actor(), script, octets);
            StoredScript made = named(script);
            ObjectNode told = json(made);
            if (wanted != null && !wanted.isNull()) {
                told.remove("name");
            }
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

    private static ScriptName scriptName(JsonNode name) {
        if (!name.isString()) {
            throw SetFault.invalidProperties("a text is wanted", "name");
        }
        try {
            return new ScriptName(name.stringValue());
        } catch (Refusal refusal) {
            throw SetFault.invalidProperties(refusal.sentence().english(), "name");
        }
    }

    private ScriptName freeName() {
        Set<String> taken = new java.util.HashSet<>();
        scripts.list(box.actor()).forEach(each -> taken.add(each.name().value()));
        int number = 1;
        while (taken.contains("script-" + number)) {
            number++;
        }
        return new ScriptName("script-" + number);
    }

    private StoredScript named(ScriptName name) {
        return scripts.list(box.actor()).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(SetFault::notFound);
    }

    /// @param own the script that may have the name; null for none
    private void refuseSame(ScriptName name, @Nullable StoredScript own) {
        for (StoredScript each : scripts.list(box.actor())) {
            if (each.name().equals(name) && (own == null || own.number() != each.number())) {
                throw new SetFault("alreadyExists", "there is a script with this name")
                        .with(
                                "existingId",
                                tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(
                                        id(each)));
            }
        }
    }

    private void update(SetAnswer answer, String id, ObjectNode patch) throws IOException {
        try {
            StoredScript script = find(id).orElseThrow(SetFault::notFound);
            checkUnchanged(patch, script);
            JsonNode name = patch.get("name");
            JsonNode blobId = patch.get("blobId");
            ScriptName wanted = name == null ? script.name() : scriptName(name);
            refuseSame(wanted, script);
            ObjectNode told = null;
            if (blobId != null) {
                if (!blobId.isString()) {
                    throw SetFault.invalidProperties("a blob is wanted", "blobId");
                }
                byte[] octets = octets(blobId.stringValue());
                scripts.put(box.actor(), script.name(), octets);
                told = JmapText.object().put("blobId", ScriptBlob.id(script, octets));
            }
            if (!wanted.equals(script.name())) {
                scripts.rename(box.actor(), script.name(), wanted);
            }
            answer.updated(id, told);
        } catch (SetFault fault) {
            answer.notUpdated(id, fault);
        } catch (Refusal refusal) {
            answer.notUpdated(id, SetAnswer.fault(refusal));
        }
    }

    /// What cannot be set may be said again as it is.
    private void checkUnchanged(ObjectNode patch, StoredScript script) {
        ObjectNode known = json(script);
        for (Map.Entry<String, JsonNode> each : patch.properties()) {
            if (!SETTABLE.contains(each.getKey())
                    && !Objects.equals(known.get(each.getKey()), each.getValue())) {
                throw SetFault.invalidProperties("it cannot be set", each.getKey());
            }
        }
    }

    private void destroy(SetAnswer answer, String id) {
        try {
            StoredScript script = find(id).orElseThrow(SetFault::notFound);
            if (script.active()) {
                throw new SetFault("sieveIsActive", "the active script cannot be removed");
            }
            scripts.delete(box.actor(), script.name());
            answer.destroyed(id);
        } catch (SetFault fault) {
            answer.notDestroyed(id, fault);
        } catch (Refusal refusal) {
            answer.notDestroyed(id, SetAnswer.fault(refusal));
        }
    }

    /// An id that leads nowhere is not looked at (RFC 9661 §2.4).
    private void switchTo(SetAnswer answer, @Nullable String activate, boolean deactivate) {
        Optional<StoredScript> wanted =
                activate == null ? Optional.empty() : find(call.resolve(activate));
        if (wanted.isEmpty() && !deactivate) {
            return;
        }
        List<StoredScript> before = new ArrayList<>(scripts.list(box.actor()));
        scripts.activate(box.actor(), wanted.map(StoredScript::name).orElse(null));
        for (StoredScript each : before) {
            boolean now = wanted.isPresent() && wanted.get().number() == each.number();
            if (now != each.active()) {
                answer.changed(id(each), JmapText.object().put("isActive", now));
            }
        }
    }
}
