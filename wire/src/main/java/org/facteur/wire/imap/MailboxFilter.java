package org.facteur.wire.imap;

import java.util.List;
import java.util.Objects;

/// Which mailboxes NOTIFY or a search over several is about (RFC 5465 §6, RFC 7377 §2.2).
///
/// @param mailboxes the names, where the kind takes some; else empty
public record MailboxFilter(Kind kind, List<MailboxPath> mailboxes) {
    /// How they are named.
    public enum Kind {
        SELECTED,
        /// What would renumber letters waits for a command that allows it.
        SELECTED_DELAYED,
        INBOXES,
        PERSONAL,
        SUBSCRIBED,
        /// Those named and all below.
        SUBTREE,
        /// Those named and the ones right below.
        SUBTREE_ONE,
        /// Those named alone.
        MAILBOXES;

        /// As on the wire.
        public String keyword() {
            return name().replace('_', '-');
        }

        /// Whether names follow.
        boolean takesNames() {
            return this == SUBTREE || this == SUBTREE_ONE || this == MAILBOXES;
        }

        /// Whether it means the open mailbox, whichever that is.
        public boolean selected() {
            return this == SELECTED || this == SELECTED_DELAYED;
        }
    }

    public MailboxFilter {
        Objects.requireNonNull(kind);
        mailboxes = List.copyOf(mailboxes);
        if (kind.takesNames() == mailboxes.isEmpty()) {
            throw new IllegalArgumentException("names where the kind takes some");
        }
    }
}
