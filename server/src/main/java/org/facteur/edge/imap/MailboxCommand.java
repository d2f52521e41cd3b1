package org.facteur.edge.imap;

import java.util.Optional;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.MailboxTree;
import org.facteur.core.mailbox.Role;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.imap.ResponseCode;

/// CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE (RFC 9051 §6.3.4 to §6.3.8).
final class MailboxCommand {
    private final ImapSession session;

    MailboxCommand(ImapSession session) {
        this.session = session;
    }

    Answer create(ImapCommand.Create create) {
        Role role = null;
        if (!create.specialUse().isEmpty()) {
            Optional<Role> wanted = ListedMailboxes.role(create.specialUse().getFirst());
            if (wanted.isEmpty()
                    || create.specialUse().size() > 1
                    || session.box().mailboxes().find(wanted.get()).isPresent()) {
                return Answer.no(ResponseCode.Word.USEATTR, "No mailbox can have this use now.");
            }
            role = wanted.get();
        }
        Mailbox mailbox = session.box().create(name(create.mailbox()), role);
        return Answer.ok(new ResponseCode.MailboxId(ObjectIds.of(mailbox.id())), "Made.");
    }

    Answer delete(MailboxPath path) {
        MailboxName name = name(path);
        MailboxTree tree = session.box().mailboxes();
        if (tree.hasChildren(tree.get(name).id())) {
            return Answer.no(
                    ResponseCode.Word.HASCHILDREN, "This mailbox holds others; remove them first.");
        }
        if (session.state() instanceof ImapState.Selected(var _, var mailbox)
                && mailbox.id().equals(tree.get(name).id())
                && !name.inbox()) {
            session.unselect();
        }
        session.box().delete(name);
        return Answer.ok("Removed.");
    }

    Answer rename(MailboxPath from, MailboxPath to) {
        session.box().rename(name(from), name(to));
        return Answer.ok("Renamed.");
    }

    Answer subscribe(MailboxPath path, boolean subscribed) {
        session.box().subscribe(name(path), subscribed);
        return Answer.ok(subscribed ? "Subscribed." : "Unsubscribed.");
    }

    private static MailboxName name(MailboxPath path) {
        return MailboxName.parse(path.text());
    }
}
