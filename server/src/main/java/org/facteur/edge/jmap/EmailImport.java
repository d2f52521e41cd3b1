package org.facteur.edge.jmap;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.CatalogChanges;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.text.SyntaxFault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Email/import, and Email/copy, which imports from another account (RFC 8621 §4.7, RFC 8621 §4.8).
/// One call.
final class EmailImport {
    private static final Set<String> KNOWN =
            Set.of("blobId", "mailboxIds", "keywords", "receivedAt");

    private final Call call;
    private final LetterBox box;
    private final ObjectNode created = JmapText.object();
    private final ObjectNode notCreated = JmapText.object();

    private EmailImport(Call call, LetterBox box) {
        this.call = call;
        this.box = box;
    }

    static ObjectNode run(Call call) throws IOException {
        LetterBox box = call.box();
        String state = call.arguments().findText("ifInState");
        Map<String, ObjectNode> emails = call.arguments().objects("emails");
        call.arguments().end();
        if (emails.size() > call.settings().objects()) {
            throw MethodFault.requestTooLarge("at most " + call.settings().objects() + " emails");
        }
        String before = States.of(box.version());
        States.require(state, box, EmailImport::touched);
        EmailImport one = new EmailImport(call, box);
        for (Map.Entry<String, ObjectNode> each : emails.entrySet()) {
            one.take(each.getKey(), each.getValue());
        }
        return one.answer(JmapText.object().put("accountId", ObjectIds.of(box.owner())), before);
    }

    static boolean touched(CatalogChanges changes) {
        return !changes.letters().isEmpty();
    }

    private ObjectNode answer(ObjectNode answer, String before) {
        answer.put("oldState", before).put("newState", States.of(box.version()));
        answer.set("created", created.isEmpty() ? null : created);
        answer.set("notCreated", notCreated.isEmpty() ? null : notCreated);
        return answer;
    }

    private void take(String name, ObjectNode object) throws IOException {
        JsonNode id = object.get("blobId");
        try {
            for (String property : object.propertyNames()) {
                if (!KNOWN.contains(property)) {
                    throw SetFault.invalidProperties("there is no such property", property);
                }
            }
            if (id == null || !id.isString()) {
                throw SetFault.invalidProperties("a blob is wanted", "blobId");
            }
            String real = call.resolve(id.stringValue());
            try (OpenBlob blob = call.blobs().find(box, real == null ? "" : real).orElse(null)) {
                if (blob == null) {
                    throw SetFault.invalidProperties("there is no such blob", "blobId");
                }
                keep(name, object, blob);
            }
        } catch (SetFault fault) {
            notCreated.set(name, fault.toJson());
        } catch (SyntaxFault fault) {
            notCreated.set(name, new SetFault("invalidEmail", fault.getMessage()).toJson());
        } catch (Refusal refusal) {
            notCreated.set(name, EmailSet.fault(refusal).toJson());
        }
    }

    private void keep(String name, ObjectNode object, OpenBlob blob) throws IOException {
        JsonNode mailboxes = object.get("mailboxIds");
        JsonNode keywords = object.get("keywords");
        if (mailboxes == null) {
            throw SetFault.invalidProperties("a letter lies in a mailbox", "mailboxIds");
        }
        Set<MailboxId> where = EmailPatch.mailboxes(call, mailboxes);
        Set<Keyword> marks =
                keywords == null || keywords.isNull() ? Set.of() : EmailPatch.keywords(keywords);
        ObjectNode told =
                new LetterImport(box, call.services().letters())
                        .keep(
                                blob,
                                where,
                                marks,
                                EmailDraft.received(
                                        object.get("receivedAt"),
                                        call.services().clock().instant()));
        created.set(name, told);
        call.createdIds().put(name, told.get("id").stringValue());
    }

    /// Email/copy.
    static ObjectNode copy(Call call) throws IOException {
        LetterBox from = call.box("fromAccountId");
        LetterBox box = call.box();
        if (from.owner().equals(box.owner())) {
            throw MethodFault.invalidArguments("a copy goes to another account");
        }
        String fromState = call.arguments().findText("ifFromInState");
        String state = call.arguments().findText("ifInState");
        Map<String, ObjectNode> create = call.arguments().objects("create");
        boolean end = call.arguments().flag("onSuccessDestroyOriginal", false);
        String destroyState = call.arguments().findText("destroyFromIfInState");
        call.arguments().end();
        if (create.size() > call.settings().objects()) {
            throw MethodFault.requestTooLarge("at most " + call.settings().objects() + " emails");
        }
        States.require(fromState, from, EmailImport::touched);
        States.require(state, box, EmailImport::touched);
        String before = States.of(box.version());
        EmailImport one = new EmailImport(call, box);
        java.util.LinkedHashSet<String> done = new java.util.LinkedHashSet<>();
        for (Map.Entry<String, ObjectNode> each : create.entrySet()) {
            String id = one.copy(from, each.getKey(), each.getValue());
            if (!id.isEmpty()) {
                done.add(id);
            }
        }
        if (end && !done.isEmpty()) {
            call.also()
                    .accept(
                            "Email/set",
                            EmailSet.run(
                                    call,
                                    from,
                                    new SetArguments(destroyState, Map.of(), Map.of(), done)));
        }
        return one.answer(
                JmapText.object()
                        .put("fromAccountId", ObjectIds.of(from.owner()))
                        .put("accountId", ObjectIds.of(box.owner())),
                before);
    }

    /// @return the original's id, or nothing when it was not copied
    private String copy(LetterBox from, String name, ObjectNode object) throws IOException {
        JsonNode id = object.get("id");
        try {
            String real = id == null || !id.isString() ? null : call.resolve(id.stringValue());
            var letter = real == null ? null : ObjectIds.letter(real).orElse(null);
            var found =
                    letter == null
                            ? null
                            : from.catalog().find(java.util.List.of(letter)).letters().getFirst();
            if (found == null || real == null) {
                throw SetFault.notFound();
            }
            ObjectNode wanted = object.deepCopy();
            wanted.remove("id");
            if (!wanted.has("keywords")) {
                ObjectNode keywords = JmapText.object();
                found.keywords().forEach(each -> keywords.put(each.name(), true));
                wanted.set("keywords", keywords);
            }
            if (!wanted.has("receivedAt")) {
                wanted.put("receivedAt", org.facteur.wire.jmap.UtcDate.of(found.received()));
            }
            try (OpenBlob blob =
                    call.blobs().find(from, BlobIds.of(found.letter().id())).orElse(null)) {
                if (blob == null) {
                    throw SetFault.notFound();
                }
                keep(name, wanted, blob);
            }
            return real;
        } catch (SetFault fault) {
            notCreated.set(name, fault.toJson());
        } catch (Refusal refusal) {
            notCreated.set(name, EmailSet.fault(refusal).toJson());
        }
        return "";
    }
}
