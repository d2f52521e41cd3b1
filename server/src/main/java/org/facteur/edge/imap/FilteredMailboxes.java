package org.facteur.edge.imap;

import java.util.List;
import org.facteur.wire.imap.MailboxFilter;
import org.facteur.wire.imap.MailboxPath;

/// Which names a filter of NOTIFY or ESEARCH means (RFC 5465 §6, RFC 7377 §2.2). Letters can be
/// delivered to any personal mailbox, so INBOXES is PERSONAL.
final class FilteredMailboxes {
    private FilteredMailboxes() {}

    static boolean covers(
            MailboxFilter filter, ListedMailboxes.Listed listed, ImapSession session) {
        return switch (filter.kind()) {
            case SELECTED, SELECTED_DELAYED -> isSelected(listed, session);
            case INBOXES, PERSONAL ->
                    listed.known() != null && !NamedMailbox.isOther(listed.path());
            case SUBSCRIBED -> listed.subscribed();
            case MAILBOXES -> filter.mailboxes().contains(listed.path());
            case SUBTREE ->
                    filter.mailboxes().contains(listed.path())
                            || below(filter.mailboxes(), listed.path(), true);
            case SUBTREE_ONE ->
                    filter.mailboxes().contains(listed.path())
                            || below(filter.mailboxes(), listed.path(), false);
        };
    }

    private static boolean below(List<MailboxPath> roots, MailboxPath path, boolean deep) {
        for (MailboxPath root : roots) {
            String prefix = root.text() + MailboxPath.DELIMITER;
            if (path.text().startsWith(prefix)
                    && (deep || path.text().indexOf(MailboxPath.DELIMITER, prefix.length()) < 0)) {
                return true;
            }
        }
        return false;
    }

    static boolean isSelected(ListedMailboxes.Listed listed, ImapSession session) {
        ListedMailboxes.Known known = listed.known();
        return known != null
                && session.state() instanceof ImapState.Selected(var _, var open)
                && open.id().equals(known.mailbox().id())
                && open.box().owner().equals(known.box().owner());
    }
}
