package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ImapWriter;
import org.facteur.wire.imap.ListPattern;
import org.facteur.wire.imap.ListReturn;
import org.facteur.wire.imap.ListSelection;
import org.facteur.wire.imap.MailboxAttribute;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.text.SyntaxFault;

/// LIST (RFC 9051 §6.3.9) and LSUB (RFC 3501 §6.3.9).
final class ListCommand {
    private final ImapSession session;
    private final ImapWriter out;

    ListCommand(ImapSession session) {
        this.session = session;
        this.out = session.out();
    }

    Answer list(ImapCommand.ListMailboxes list) throws IOException {
        if (!list.extended() && list.patterns().getFirst().isEmpty()) {
            out.write(
                    new ImapResponse.ListData(
                            false,
                            List.of(MailboxAttribute.NO_SELECT),
                            MailboxPath.DELIMITER,
                            "",
                            null,
                            false));
            return Answer.ok("That is the delimiter.");
        }
        if (list.selection().contains(ListSelection.RECURSIVEMATCH)
                && !list.selection().contains(ListSelection.SUBSCRIBED)) {
            throw SyntaxFault.at(-1, "RECURSIVEMATCH with SUBSCRIBED", "RFC 9051 §6.3.9.1");
        }
        List<ListPattern> patterns =
                list.patterns().stream()
                        .filter(pattern -> !pattern.isEmpty())
                        .map(pattern -> new ListPattern(list.reference(), pattern))
                        .toList();
        ListedMailboxes mailboxes = new ListedMailboxes(session.box().mailboxes());
        for (Mailbox mailbox : mailboxes.all()) {
            MailboxPath path = mailboxes.path(mailbox);
            if (patterns.stream().anyMatch(pattern -> pattern.matches(path))) {
                listOne(list, mailboxes, mailbox, path);
            }
        }
        return Answer.ok("Those are the mailboxes.");
    }

    private void listOne(
            ImapCommand.ListMailboxes list,
            ListedMailboxes mailboxes,
            Mailbox mailbox,
            MailboxPath path)
            throws IOException {
        Set<ListSelection> selection = list.selection();
        boolean subscribedOnly = selection.contains(ListSelection.SUBSCRIBED);
        boolean below =
                selection.contains(ListSelection.RECURSIVEMATCH)
                        && mailboxes.isAboveSubscribed(mailbox);
        if (subscribedOnly && !mailbox.subscribed() && !below) {
            return;
        }
        if (selection.contains(ListSelection.SPECIAL_USE)
                && ListedMailboxes.use(mailbox).isEmpty()) {
            return;
        }
        List<MailboxAttribute> attributes = new ArrayList<>(mailboxes.attributes(mailbox));
        boolean tellSubscribed = subscribedOnly || list.returns().contains(ListReturn.SUBSCRIBED);
        if (tellSubscribed && mailbox.subscribed()) {
            attributes.add(MailboxAttribute.SUBSCRIBED);
        }
        out.write(
                new ImapResponse.ListData(
                        false, attributes, MailboxPath.DELIMITER, path.text(), null, below));
        if (!list.status().isEmpty()) {
            new StatusCommand(session).write(path, mailbox, list.status());
        }
    }

    Answer listSubscribed(String reference, String text) throws IOException {
        ListPattern pattern = new ListPattern(reference, text);
        ListedMailboxes mailboxes = new ListedMailboxes(session.box().mailboxes());
        for (Mailbox mailbox : mailboxes.all()) {
            MailboxPath path = mailboxes.path(mailbox);
            boolean matches = pattern.matches(path);
            if (matches && (mailbox.subscribed() || shownForBelow(text, mailboxes, mailbox))) {
                List<MailboxAttribute> attributes =
                        mailbox.subscribed()
                                ? mailboxes.attributes(mailbox)
                                : List.of(MailboxAttribute.NO_SELECT);
                out.write(
                        new ImapResponse.ListData(
                                true, attributes, MailboxPath.DELIMITER, path.text(), null, false));
            }
        }
        return Answer.ok("Those are the subscriptions.");
    }

    /// A pattern with `%` shows what is above a subscribed mailbox, not subscribed itself, as
    /// `\Noselect` (RFC 3501 §6.3.9).
    private static boolean shownForBelow(
            String pattern, ListedMailboxes mailboxes, Mailbox mailbox) {
        return pattern.endsWith("%") && mailboxes.isAboveSubscribed(mailbox);
    }
}
