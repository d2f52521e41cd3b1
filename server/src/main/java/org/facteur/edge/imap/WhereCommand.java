package org.facteur.edge.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.MailboxPath;

/// Where mailboxes and letters are to be found: NAMESPACE (RFC 2342 §5) and GETJMAPACCESS (RFC 9698
/// §4).
final class WhereCommand {
    private final ImapSession session;

    WhereCommand(ImapSession session) {
        this.session = session;
    }

    Answer namespace() throws IOException {
        session.box();
        session.out()
                .write(
                        new ImapResponse.NamespaceData(
                                List.of(new ImapResponse.Space("", MailboxPath.DELIMITER)),
                                List.of(
                                        new ImapResponse.Space(
                                                NamedMailbox.OTHERS + MailboxPath.DELIMITER,
                                                MailboxPath.DELIMITER)),
                                List.of()));
        return Answer.ok("These are the namespaces.");
    }

    Answer jmap() throws IOException {
        session.box();
        Optional<String> jmap = session.services().beside().jmap().get();
        if (jmap.isEmpty()) {
            return Answer.bad("There is no JMAP here.");
        }
        session.out().write(new ImapResponse.JmapAccess(jmap.get()));
        return Answer.ok("That is where.");
    }
}
