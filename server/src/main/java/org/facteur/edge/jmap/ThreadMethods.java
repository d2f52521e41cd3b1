package org.facteur.edge.jmap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.core.mailbox.CatalogChanges;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterCatalog;
import org.facteur.core.mailbox.ThreadId;
import org.facteur.core.mailbox.WholeLetter;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Thread/get and Thread/changes (RFC 8621 §3.1, RFC 8621 §3.2).
final class ThreadMethods {
    private ThreadMethods() {}

    static ObjectNode get(Call call) {
        LetterBox box = call.box();
        ObjectGet get = new ObjectGet(call, Shapes.THREAD::has);
        call.arguments().end();
        Set<String> ids = get.ids();
        if (ids == null) {
            throw MethodFault.requestTooLarge("say which threads");
        }
        String state = States.of(box.version());
        LetterCatalog catalog = box.catalog();
        for (String id : ids) {
            List<WholeLetter> letters = ObjectIds.thread(id).map(catalog::thread).orElse(List.of());
            if (letters.isEmpty()) {
                get.missing(id);
            } else {
                ArrayNode emails = JmapText.array();
                letters.forEach(each -> emails.add(ObjectIds.of(each.letter().id())));
                ObjectNode thread = JmapText.object().put("id", id);
                thread.set("emailIds", emails);
                get.foundWhole(thread);
            }
        }
        return get.answer(ObjectIds.of(box.owner()), state);
    }

    static ObjectNode changes(Call call) {
        LetterBox box = call.box();
        ObjectChanges asked = new ObjectChanges(call);
        call.arguments().end();
        CatalogChanges changes = asked.read(box, asked.most());
        LetterCatalog catalog = box.catalog();
        LetterCatalog.Threads threads = catalog.threads();
        Map<ThreadId, Boolean> touched = new LinkedHashMap<>();
        changes.letters()
                .forEach(
                        (letter, fate) -> {
                            if (fate.fate() != CatalogChanges.Fate.UPDATED) {
                                Optional<ThreadId> thread = threads.find(letter);
                                if (thread.isEmpty()) {
                                    throw States.cannotCalculate();
                                }
                                touched.put(thread.get(), true);
                            }
                        });
        for (ThreadId thread : touched.keySet()) {
            asked.add(fate(catalog.thread(thread), changes), ObjectIds.of(thread));
        }
        return asked.answer(ObjectIds.of(box.owner()), changes);
    }

    /// A thread is new when all its letters are.
    private static CatalogChanges.Fate fate(List<WholeLetter> letters, CatalogChanges changes) {
        if (letters.isEmpty()) {
            return CatalogChanges.Fate.DESTROYED;
        }
        boolean fresh =
                letters.stream()
                        .map(each -> changes.letters().get(each.letter().id()))
                        .allMatch(
                                fate -> fate != null && fate.fate() == CatalogChanges.Fate.CREATED);
        return fresh ? CatalogChanges.Fate.CREATED : CatalogChanges.Fate.UPDATED;
    }
}
