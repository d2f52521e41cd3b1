package org.facteur.edge.imap;

import java.util.Optional;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxId;
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
        NamedMailbox named = session.named(create.mailbox());
        Mailbox mailbox = named.box().create(named.name(), role);
        return Answer.ok(new ResponseCode.MailboxId(ObjectIds.of(mailbox.id())), "Made.");
    }

    Answer delete(MailboxPath path) {
        NamedMailbox named = session.named(path);
        MailboxName name = named.name();
        MailboxTree tree = named.box().mailboxes();
        if (tree.hasChildren(tree.get(name).id())) {
            return Answer.no(
                    ResponseCode.Word.HASCHILDREN, "This mailbox holds others; remove them first.");
        }
        MailboxId id = tree.get(name).id();
        named.box().delete(name);
        if (session.state() instanceof ImapState.Selected(var _, var mailbox)
                && mailbox.box().owner().equals(named.box().owner())
                && mailbox.id().equals(id)) {
            session.unselect();
        }
        return Answer.ok("Removed.");
    }

    Answer rename(MailboxPath from, MailboxPath to) {
        NamedMailbox source = session.named(from);
        source.get();
        if (NamedMailbox.isOther(from) != NamedMailbox.isOther(to)) {
            return elsewhere();
        }
        NamedMailbox target = session.named(to);
        if (!source.box().owner().equals(target.box().owner())) {
            return elsewhere();
        }
        source.box().rename(source.name(), target.name());
        return Answer.ok("Renamed.");
    }

    Answer subscribe(MailboxPath path, boolean subscribed) {
        if (NamedMailbox.isOther(path)) {
            if (subscribed) {
                session.named(path).get();
            }
            session.box().subscribeElsewhere(MailboxName.parse(path.text()), subscribed);
        } else {
            session.box().subscribe(MailboxName.parse(path.text()), subscribed);
        }
        return Answer.ok(subscribed ? "Subscribed." : "Unsubscribed.");
    }

    private static Answer elsewhere() {
        return Answer.no(
                ResponseCode.Word.CANNOT, "A mailbox does not move to another's letter box.");
    }
}
