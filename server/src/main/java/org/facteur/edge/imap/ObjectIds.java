package org.facteur.edge.imap;

import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.ThreadId;

/// Names of objects that hold as long as the objects (RFC 8474 §2). The letter in front keeps kinds
/// apart.
final class ObjectIds {
    private ObjectIds() {}

    static String of(MailboxId id) {
        return "B" + id;
    }

    static String of(LetterId id) {
        return "L" + id;
    }

    static String of(ThreadId id) {
        return "T" + id;
    }
}
