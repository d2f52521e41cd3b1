package org.facteur.edge.jmap;

import org.facteur.core.mailbox.CatalogChanges;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.wire.jmap.JmapText;
import tools.jackson.databind.node.ObjectNode;

/// Mailbox/changes (RFC 8621 §2.2).
final class MailboxChanges {
    private static final Iterable<String> COUNTS =
            java.util.List.of("totalEmails", "unreadEmails", "totalThreads", "unreadThreads");

    private MailboxChanges() {}

    static ObjectNode run(Call call) {
        LetterBox box = call.box();
        ObjectChanges asked = new ObjectChanges(call);
        call.arguments().end();
        CatalogChanges changes = asked.read(box, Integer.MAX_VALUE);
        boolean countsOnly = !changes.mailboxes().isEmpty();
        for (var each : changes.mailboxes().entrySet()) {
            asked.add(each.getValue().fate(), ObjectIds.of(each.getKey()));
            countsOnly &= each.getValue().countsOnly();
        }
        ObjectNode answer = asked.answer(ObjectIds.of(box.owner()), changes);
        if (countsOnly) {
            answer.set("updatedProperties", JmapText.array(COUNTS));
        } else {
            answer.putNull("updatedProperties");
        }
        return answer;
    }
}
