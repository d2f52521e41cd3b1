package org.facteur.edge.jmap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.Right;
import org.facteur.core.mailbox.Role;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.PatchObject;
import org.facteur.wire.jmap.SetFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Mailbox/set (RFC 8621 §2.5). One call.
final class MailboxSet {
    private static final Set<String> SETTABLE =
            Set.of("name", "parentId", "role", "isSubscribed", "sortOrder");
    private static final Set<String> OURS =
            Set.of(
                    "id",
                    "totalEmails",
                    "unreadEmails",
                    "totalThreads",
                    "unreadThreads",
                    "myRights");

    /// Roles that no client gives or takes.
    private static final Set<String> FIXED = Set.of("inbox", "collected");

    private final Call call;
    private final LetterBox box;
    private final SetAnswer answer;

    private MailboxSet(Call call, LetterBox box) {
        this.call = call;
        this.box = box;
        this.answer = new SetAnswer(call);
    }

    static ObjectNode run(Call call) {
        LetterBox box = call.box();
        boolean withLetters = call.arguments().flag("onDestroyRemoveEmails", false);
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        String before = States.of(box.version());
        States.require(asked.ifInState(), box, changes -> !changes.mailboxes().isEmpty());
        MailboxSet one = new MailboxSet(call, box);
        one.create(asked.create());
        asked.update().forEach(one::update);
        one.destroy(asked.destroy(), withLetters);
        return one.answer.json(ObjectIds.of(box.owner()), before, States.of(box.version()));
    }

    /// Parents before children, whatever their order.
    private void create(Map<String, ObjectNode> objects) {
        Map<String, ObjectNode> waiting = new LinkedHashMap<>(objects);
        boolean moved = true;
        while (!waiting.isEmpty() && moved) {
            moved = false;
            for (Map.Entry<String, ObjectNode> each : List.copyOf(waiting.entrySet())) {
                JsonNode parent = each.getValue().get("parentId");
                String name =
                        parent != null && parent.isString() && parent.stringValue().startsWith("#")
                                ? parent.stringValue().substring(1)
                                : "";
                if (!waiting.containsKey(name) || name.equals(each.getKey())) {
                    waiting.remove(each.getKey());
                    createOne(each.getKey(), each.getValue());
                    moved = true;
                }
            }
        }
        waiting.keySet()
                .forEach(
                        name ->
                                answer.notCreated(
                                        name,
                                        SetFault.invalidProperties(
                                                "a mailbox inside itself", "parentId")));
    }

    private void createOne(String name, ObjectNode object) {
        try {
            check(object, null);
            MailboxName full = name(object.get("name"), parent(object.get("parentId")));
            Role role = role(object.get("role"));
            Mailbox made = box.create(full, role);
            JsonNode subscribed = object.get("isSubscribed");
            boolean wanted =
                    subscribed != null && subscribed.isBoolean() && subscribed.booleanValue();
            if (!box.guest() && made.subscribed() != wanted) {
                box.subscribe(full, wanted);
            }
            ObjectNode told =
                    JmapText.object()
                            .put("id", ObjectIds.of(made.id()))
                            .put("sortOrder", MailboxGet.sortOrder(made))
                            .put("totalEmails", 0)
                            .put("unreadEmails", 0)
                            .put("totalThreads", 0)
                            .put("unreadThreads", 0)
                            .put("isSubscribed", wanted);
            told.set("myRights", MailboxGet.rights(box, made));
            answer.created(name, told);
        } catch (SetFault fault) {
            answer.notCreated(name, fault);
        } catch (Refusal refusal) {
            answer.notCreated(name, SetAnswer.fault(refusal));
        }
    }

    /// @param before null for one that is made
    private void check(ObjectNode object, @Nullable Mailbox before) {
        for (String property : object.propertyNames()) {
            if (OURS.contains(property) && before == null) {
                throw SetFault.invalidProperties("it is the server's to say", property);
            }
            if (!OURS.contains(property) && !SETTABLE.contains(property)) {
                throw SetFault.invalidProperties("there is no such property", property);
            }
        }
        JsonNode order = object.get("sortOrder");
        boolean same =
                order == null
                        || order.isNull()
                        || (before == null
                                ? order.isIntegralNumber()
                                : order.asLong(-1) == MailboxGet.sortOrder(before));
        if (!same) {
            throw SetFault.invalidProperties("the server chooses it by purpose", "sortOrder");
        }
    }

    private @Nullable MailboxName parent(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        String real = value.isString() ? call.resolve(value.stringValue()) : null;
        Optional<Mailbox> parent = real == null ? Optional.empty() : find(real);
        return box.mailboxes()
                .name(
                        parent.orElseThrow(
                                        () ->
                                                SetFault.invalidProperties(
                                                        "there is no such mailbox", "parentId"))
                                .id());
    }

    private static MailboxName name(@Nullable JsonNode value, @Nullable MailboxName parent) {
        if (value == null || !value.isString()) {
            throw SetFault.invalidProperties("a name is wanted", "name");
        }
        try {
            return parent == null
                    ? new MailboxName(List.of(value.stringValue()))
                    : parent.child(value.stringValue());
        } catch (Refusal invalid) {
            throw SetFault.invalidProperties(invalid.sentence().english(), "name");
        }
    }

    private static @Nullable Role role(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        Role role = value.isString() ? new Role(value.stringValue()) : null;
        if (role == null || !role.known() || FIXED.contains(role.name())) {
            throw SetFault.invalidProperties("there is no such role to give", "role");
        }
        return role;
    }

    private Optional<Mailbox> find(String id) {
        return ObjectIds.mailbox(id)
                .flatMap(box.mailboxes()::find)
                .filter(mailbox -> !mailbox.hidden());
    }

    private void update(String id, ObjectNode patch) {
        try {
            Mailbox mailbox = find(id).orElseThrow(SetFault::notFound);
            ObjectNode before = settable(mailbox);
            ObjectNode after = PatchObject.apply(before, patch);
            check(after, mailbox);
            for (String property : patch.propertyNames()) {
                if (OURS.contains(property)) {
                    throw SetFault.invalidProperties("it is the server's to say", property);
                }
            }
            rename(mailbox, before, after);
            if (!Objects.equals(before.get("role"), nullable(after, "role"))) {
                box.assign(mailbox.id(), role(after.get("role")));
            }
            JsonNode subscribed = after.get("isSubscribed");
            if (subscribed != null && subscribed.asBoolean(false) != mailbox.subscribed()) {
                box.subscribe(box.mailboxes().name(mailbox.id()), !mailbox.subscribed());
            }
            answer.updated(id, null);
        } catch (SetFault fault) {
            answer.notUpdated(id, fault);
        } catch (Refusal refusal) {
            answer.notUpdated(id, SetAnswer.fault(refusal));
        }
    }

    private static JsonNode nullable(ObjectNode object, String name) {
        JsonNode value = object.get(name);
        return value == null
                ? tools.jackson.databind.node.JsonNodeFactory.instance.nullNode()
                : value;
    }

    private static ObjectNode settable(Mailbox mailbox) {
        MailboxId parent = mailbox.parent();
        Role role = mailbox.role();
        return JmapText.object()
                .put("name", mailbox.name())
                .put("parentId", parent == null ? null : ObjectIds.of(parent))
                .put("role", role == null ? null : role.name())
                .put("sortOrder", MailboxGet.sortOrder(mailbox))
                .put("isSubscribed", mailbox.subscribed());
    }

    private void rename(Mailbox mailbox, ObjectNode before, ObjectNode after) {
        boolean same =
                before.get("name").equals(nullable(after, "name"))
                        && before.get("parentId").equals(nullable(after, "parentId"));
        if (same) {
            return;
        }
        if (mailbox.is(Role.INBOX)) {
            throw new SetFault("forbidden", "the inbox keeps its name");
        }
        box.rename(
                box.mailboxes().name(mailbox.id()),
                name(after.get("name"), parent(after.get("parentId"))));
    }

    /// Children before parents, whatever their order.
    private void destroy(Set<String> ids, boolean withLetters) {
        List<String> ordered =
                ids.stream()
                        .sorted(
                                java.util.Comparator.comparingInt(
                                        (String id) ->
                                                -find(id).map(
                                                                each ->
                                                                        box.mailboxes()
                                                                                .name(each.id())
                                                                                .segments()
                                                                                .size())
                                                        .orElse(0)))
                        .toList();
        for (String id : ordered) {
            try {
                destroyOne(id, withLetters);
                answer.destroyed(id);
            } catch (SetFault fault) {
                answer.notDestroyed(id, fault);
            } catch (Refusal refusal) {
                answer.notDestroyed(id, SetAnswer.fault(refusal));
            }
        }
    }

    private void destroyOne(String id, boolean withLetters) {
        Mailbox mailbox = find(id).orElseThrow(SetFault::notFound);
        if (mailbox.is(Role.INBOX) || !box.rights(mailbox.id()).has(Right.DELETE_MAILBOX)) {
            throw new SetFault("forbidden", null);
        }
        if (box.mailboxes().hasChildren(mailbox.id())) {
            throw new SetFault("mailboxHasChild", null);
        }
        if (!withLetters && mailbox.state().counts().letters() > 0) {
            throw new SetFault("mailboxHasEmail", null);
        }
        box.delete(box.mailboxes().name(mailbox.id()));
    }
}
