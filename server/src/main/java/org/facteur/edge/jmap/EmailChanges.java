package org.facteur.edge.jmap;

import org.facteur.core.mailbox.CatalogChanges;
import org.facteur.core.mailbox.LetterBox;
import tools.jackson.databind.node.ObjectNode;

/// Email/changes (RFC 8621 §4.3).
final class EmailChanges {
    private EmailChanges() {}

    static ObjectNode run(Call call) {
        LetterBox box = call.box();
        ObjectChanges asked = new ObjectChanges(call);
        call.arguments().end();
        CatalogChanges changes = asked.read(box, asked.most());
        changes.letters().forEach((id, fate) -> asked.add(fate.fate(), ObjectIds.of(id)));
        return asked.answer(ObjectIds.of(box.owner()), changes);
    }
}
