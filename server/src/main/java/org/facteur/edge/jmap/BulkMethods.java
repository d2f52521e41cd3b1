package org.facteur.edge.jmap;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.bulk.Bulk;
import org.facteur.core.bulk.BulkDesk;
import org.facteur.core.bulk.Deed;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterEdit;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.shelf.ItemKind;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.jmap.UtcDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Bulk/get, /changes and /set: one deed to all letters a query finds (`urn:facteur:bulk`). One
/// call.
final class BulkMethods {
    private static final String PREFIX = "M";
    private static final Set<String> SETTABLE = Set.of("filter", "update", "destroy");

    /// An edit is made for a letter; which one is said later.
    private static final LetterId ANY = new LetterId(1);

    private final Call call;
    private final LetterBox box;
    private final BulkDesk desk;

    private BulkMethods(Call call) {
        this.call = call;
        this.box = call.ownBox();
        this.desk = call.services().extras().bulk();
    }

    static ObjectNode get(Call call) {
        BulkMethods one = new BulkMethods(call);
        ObjectGet get = new ObjectGet(call, Shapes.BULK::has);
        call.arguments().end();
        String state = States.of(one.box.version());
        Set<String> ids = get.ids();
        if (ids == null) {
            one.desk.list(one.box.owner()).forEach(each -> get.foundWhole(json(each)));
        } else {
            for (String id : ids) {
                Optional<Bulk> found = one.find(id);
                if (found.isPresent()) {
                    get.foundWhole(json(found.get()));
                } else {
                    get.missing(id);
                }
            }
        }
        return get.answer(ObjectIds.of(one.box.owner()), state);
    }

    private Optional<Bulk> find(String id) {
        OptionalLong number = ObjectIds.number('M', id);
        return number.isPresent() ? desk.find(box.owner(), number.getAsLong()) : Optional.empty();
    }

    private static ObjectNode json(Bulk bulk) {
        Bulk.Progress progress = bulk.progress();
        boolean forward =
                progress.state() == Bulk.State.RUNNING || progress.state() == Bulk.State.DONE;
        return JmapText.object()
                .put("id", PREFIX + bulk.number())
                .put("state", state(progress.state()))
                .put("total", forward ? progress.total() : progress.reached())
                .put("done", progress.done())
                .put("refused", progress.refused())
                .put("startedAt", UtcDate.of(bulk.started()))
                .put("canUndo", forward && !bulk.deed().ends());
    }

    private static String state(Bulk.State state) {
        return switch (state) {
            case RUNNING -> "running";
            case DONE -> "done";
            case UNDOING -> "undoing";
            case UNDONE -> "undone";
        };
    }

    static ObjectNode changes(Call call) {
        return Identities.shelved(call, call.ownBox(), ItemKind.BULK, PREFIX);
    }

    static ObjectNode set(Call call) throws IOException {
        BulkMethods one = new BulkMethods(call);
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        String before = States.of(one.box.version());
        Identities.requireState(
                call.services().extras().shelf(), one.box, ItemKind.BULK, asked.ifInState());
        SetAnswer answer = new SetAnswer(call);
        for (Map.Entry<String, ObjectNode> each : asked.create().entrySet()) {
            one.create(answer, each.getKey(), each.getValue());
        }
        asked.update().forEach((id, patch) -> one.update(answer, id, patch));
        asked.destroy().forEach(id -> one.destroy(answer, id));
        return answer.json(ObjectIds.of(one.box.owner()), before, States.of(one.box.version()));
    }

    private void create(SetAnswer answer, String name, ObjectNode object) throws IOException {
        try {
            for (String property : object.propertyNames()) {
                if (!SETTABLE.contains(property)) {
                    throw SetFault.invalidProperties("it cannot be set", property);
                }
            }
            Deed deed = deed(object);
            Bulk made = desk.start(box, letters(object.get("filter")), deed);
            answer.created(name, json(made));
        } catch (SetFault fault) {
            answer.notCreated(name, fault);
        } catch (MethodFault fault) {
            answer.notCreated(
                    name, SetFault.invalidProperties(String.valueOf(fault.getMessage()), "filter"));
        } catch (Refusal refusal) {
            answer.notCreated(name, SetAnswer.fault(refusal));
        }
    }

    private Deed deed(ObjectNode object) {
        JsonNode update = object.get("update");
        JsonNode destroy = object.get("destroy");
        boolean ends = destroy != null && destroy.isBoolean() && destroy.booleanValue();
        boolean changes = update != null && !update.isNull();
        if (ends == changes) {
            throw SetFault.invalidProperties(
                    "either update or destroy is wanted", "update", "destroy");
        }
        if (ends) {
            return Deed.ending();
        }
        if (!(update instanceof ObjectNode patch) || patch.isEmpty()) {
            throw SetFault.invalidProperties("a patch of Email is wanted", "update");
        }
        LetterEdit edit = EmailPatch.of(call, ANY, patch);
        return new Deed(edit.mailboxes(), edit.keywords(), false);
    }

    /// Which letters, found now, once and for all.
    private List<LetterId> letters(@Nullable JsonNode filter) throws IOException {
        if (!(filter instanceof ObjectNode)) {
            throw SetFault.invalidProperties("a filter of Email/query is wanted", "filter");
        }
        ObjectNode query = JmapText.object();
        query.set("filter", filter);
        Call asking =
                new Call(
                        call.services(),
                        call.settings(),
                        call.caller(),
                        new Arguments(query),
                        call.createdIds(),
                        call.also());
        return new EmailQuery(asking, box).find();
    }

    private void update(SetAnswer answer, String id, ObjectNode patch) {
        try {
            Bulk bulk = find(id).orElseThrow(SetFault::notFound);
            JsonNode state = patch.get("state");
            if (patch.size() != 1 || state == null || !state.asString("").equals("undoing")) {
                throw SetFault.invalidProperties("only state can be set, to undoing", "state");
            }
            desk.undo(box, bulk.number());
            answer.updated(id, null);
        } catch (SetFault fault) {
            answer.notUpdated(id, fault);
        } catch (Refusal refusal) {
            answer.notUpdated(
                    id,
                    refusal.reason() == Refusal.Reason.CANNOT
                            ? new SetFault("cannotUndo", refusal.sentence().english())
                            : SetAnswer.fault(refusal));
        }
    }

    private void destroy(SetAnswer answer, String id) {
        try {
            desk.forget(box, find(id).orElseThrow(SetFault::notFound).number());
            answer.destroyed(id);
        } catch (SetFault fault) {
            answer.notDestroyed(id, fault);
        } catch (Refusal refusal) {
            answer.notDestroyed(id, SetAnswer.fault(refusal));
        }
    }
}
