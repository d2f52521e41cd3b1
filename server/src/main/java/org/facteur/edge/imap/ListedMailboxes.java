package org.facteur.edge.imap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.MailboxTree;
import org.facteur.core.mailbox.Role;
import org.facteur.wire.imap.MailboxAttribute;
import org.facteur.wire.imap.MailboxPath;

/// What LIST says of the mailboxes of one tree; computed in one walk over it.
final class ListedMailboxes {
    private static final Map<Role, MailboxAttribute> USES =
            Map.of(
                    Role.DRAFTS, MailboxAttribute.DRAFTS,
                    Role.SENT, MailboxAttribute.SENT,
                    Role.ARCHIVE, MailboxAttribute.ARCHIVE,
                    Role.JUNK, MailboxAttribute.JUNK,
                    Role.TRASH, MailboxAttribute.TRASH);

    private final MailboxTree tree;
    private final List<Mailbox> shown;
    private final Set<MailboxId> parents = new HashSet<>();
    private final Set<MailboxId> aboveSubscribed = new HashSet<>();

    ListedMailboxes(MailboxTree tree) {
        this.tree = tree;
        this.shown = tree.shown();
        for (Mailbox mailbox : shown) {
            MailboxId parent = mailbox.parent();
            if (parent != null) {
                parents.add(parent);
            }
            if (mailbox.subscribed()) {
                above(parent);
            }
        }
    }

    private void above(@org.jspecify.annotations.Nullable MailboxId first) {
        MailboxId at = first;
        while (at != null && aboveSubscribed.add(at)) {
            at = tree.get(at).parent();
        }
    }

    /// In order of their names.
    List<Mailbox> all() {
        return shown;
    }

    MailboxPath path(Mailbox mailbox) {
        return new MailboxPath(tree.name(mailbox.id()).toString());
    }

    /// Whether a mailbox somewhere below is subscribed.
    boolean isAboveSubscribed(Mailbox mailbox) {
        return aboveSubscribed.contains(mailbox.id());
    }

    /// Whether it has children, and its special use.
    List<MailboxAttribute> attributes(Mailbox mailbox) {
        List<MailboxAttribute> attributes = new ArrayList<>(2);
        attributes.add(
                parents.contains(mailbox.id())
                        ? MailboxAttribute.HAS_CHILDREN
                        : MailboxAttribute.HAS_NO_CHILDREN);
        use(mailbox).ifPresent(attributes::add);
        return List.copyOf(attributes);
    }

    /// What a mailbox is for.
    static Optional<MailboxAttribute> use(Mailbox mailbox) {
        Role role = mailbox.role();
        return role == null ? Optional.empty() : Optional.ofNullable(USES.get(role));
    }

    /// The role a special use stands for.
    static Optional<Role> role(MailboxAttribute use) {
        return USES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(use))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
