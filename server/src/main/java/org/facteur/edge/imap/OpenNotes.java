package org.facteur.edge.imap;

import java.io.IOException;
import java.util.Map;
import org.facteur.wire.imap.MailboxPath;

/// What a client knows of the notes of its open mailbox, when it wants to be told of changes (RFC
/// 5464 §4.1). One thread.
final class OpenNotes {
    private final MailboxPath path;
    private final SelectedMailbox mailbox;
    private Map<String, Integer> known;

    OpenNotes(MailboxPath path, SelectedMailbox mailbox) {
        this.path = path;
        this.mailbox = mailbox;
        this.known = marks();
    }

    private Map<String, Integer> marks() {
        return mailbox.box().noteMarks(mailbox.id());
    }

    /// @param own whether the client made the change itself, and need not be told
    void tell(ImapSession session, boolean own) throws IOException {
        Map<String, Integer> now = marks();
        Map<String, Integer> before = known;
        known = now;
        if (!own && !now.equals(before)) {
            Notifier.writeNotes(session, path, before, now);
        }
    }
}
