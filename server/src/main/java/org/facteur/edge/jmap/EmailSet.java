package org.facteur.edge.jmap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.CatalogChanges;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterEdit;
import org.facteur.core.mailbox.LetterEdits;
import org.facteur.core.mailbox.LetterId;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.text.SyntaxFault;
import tools.jackson.databind.node.ObjectNode;

/// Email/set (RFC 8621 §4.6). One call.
final class EmailSet {
    private final Call call;
    private final LetterBox box;
    private final SetAnswer answer;
    private final List<LetterEdit> edits = new ArrayList<>();
    private final Map<LetterId, Boolean> ends = new HashMap<>();

    private EmailSet(Call call, LetterBox box) {
        this.call = call;
        this.box = box;
        this.answer = new SetAnswer(call);
    }

    static ObjectNode run(Call call) throws IOException {
        LetterBox box = call.box();
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        return run(call, box, asked);
    }

    /// Does what is asked, also where another method asks for it.
    static ObjectNode run(Call call, LetterBox box, SetArguments asked) throws IOException {
        return new EmailSet(call, box).run(asked);
    }

    private ObjectNode run(SetArguments asked) throws IOException {
        String before = States.of(box.version());
        States.require(asked.ifInState(), box, EmailSet::touched);
        for (Map.Entry<String, ObjectNode> each : asked.create().entrySet()) {
            create(each.getKey(), each.getValue());
        }
        asked.update().forEach(this::update);
        asked.destroy().forEach(this::destroy);
        finish(asked);
        return answer.json(ObjectIds.of(box.owner()), before, States.of(box.version()));
    }

    private static boolean touched(CatalogChanges changes) {
        return !changes.letters().isEmpty();
    }

    private void create(String name, ObjectNode object) throws IOException {
        try {
            String messageId =
                    LetterImport.random() + "@" + call.caller().account().address().domain().name();
            EmailDraft draft = EmailDraft.of(call, box, object, messageId);
            answer.created(name, new LetterImport(box, call.services().letters()).create(draft));
        } catch (SetFault fault) {
            answer.notCreated(name, fault);
        } catch (SyntaxFault fault) {
            answer.notCreated(
                    name, new SetFault("invalidProperties", String.valueOf(fault.getMessage())));
        } catch (Refusal refusal) {
            answer.notCreated(name, fault(refusal));
        }
    }

    private void update(String id, ObjectNode patch) {
        Optional<LetterId> letter = ObjectIds.letter(id);
        if (letter.isEmpty()) {
            answer.notUpdated(id, SetFault.notFound());
            return;
        }
        try {
            edits.add(EmailPatch.of(call, letter.get(), patch));
        } catch (SetFault fault) {
            answer.notUpdated(id, fault);
        }
    }

    private void destroy(String id) {
        Optional<LetterId> letter = ObjectIds.letter(id);
        if (letter.isEmpty()) {
            answer.notDestroyed(id, SetFault.notFound());
            return;
        }
        boolean both = edits.removeIf(each -> each.letter().equals(letter.get()));
        if (both) {
            answer.notUpdated(id, new SetFault("willDestroy", null));
        }
        edits.add(LetterEdit.end(letter.get()));
        ends.put(letter.get(), true);
    }

    /// Of two who ask under the same state, the second is told so: it is looked at again in the
    /// transaction itself. What this call itself created is no reason.
    private void finish(SetArguments asked) {
        if (edits.isEmpty()) {
            return;
        }
        String state = asked.create().isEmpty() ? asked.ifInState() : null;
        LetterEdits.Outcome outcome =
                state == null
                        ? box.catalog().edit().run(edits)
                        : box.catalog().edit().run(edits, EmailSet::unchanged, States.parse(state));
        for (LetterEdit edit : edits) {
            String id = ObjectIds.of(edit.letter());
            Refusal refusal = outcome.refusals().get(edit.letter());
            boolean end = ends.containsKey(edit.letter());
            if (refusal == null && end) {
                answer.destroyed(id);
            } else if (refusal == null) {
                answer.updated(id, null);
            } else if (end) {
                answer.notDestroyed(id, fault(refusal));
            } else {
                answer.notUpdated(id, fault(refusal));
            }
        }
    }

    private static void unchanged(CatalogChanges since) {
        if (touched(since)) {
            throw States.mismatch();
        }
    }

    static SetFault fault(Refusal refusal) {
        return refusal.reason() == Refusal.Reason.LIMIT
                ? new SetFault("tooManyKeywords", refusal.sentence().english())
                : SetAnswer.fault(refusal);
    }
}
