package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.facteur.core.mailbox.Right;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ImapWriter;
import org.facteur.wire.imap.ListPattern;
import org.facteur.wire.imap.ListReturn;
import org.facteur.wire.imap.ListSelection;
import org.facteur.wire.imap.MailboxAttribute;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.imap.MetadataOptions;
import org.facteur.wire.text.SyntaxFault;

/// LIST (RFC 9051 §6.3.9), with RFC 5258, RFC 5819, RFC 8440 and RFC 9590, and LSUB (RFC 3501
/// §6.3.9).
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
        ListedMailboxes mailboxes = session.listed();
        for (ListedMailboxes.Listed listed : mailboxes.all()) {
            if (patterns.stream().anyMatch(pattern -> pattern.matches(listed.path()))) {
                listOne(list, mailboxes, listed);
            }
        }
        return Answer.ok("Those are the mailboxes.");
    }

    private void listOne(
            ImapCommand.ListMailboxes list,
            ListedMailboxes mailboxes,
            ListedMailboxes.Listed listed)
            throws IOException {
        Set<ListSelection> selection = list.selection();
        ListedMailboxes.Known known = listed.known();
        boolean subscribedOnly = selection.contains(ListSelection.SUBSCRIBED);
        boolean below =
                selection.contains(ListSelection.RECURSIVEMATCH)
                        && mailboxes.isAboveSubscribed(listed);
        boolean wanted =
                subscribedOnly ? listed.subscribed() || below : known != null || listed.level();
        if (!wanted) {
            return;
        }
        if (selection.contains(ListSelection.SPECIAL_USE)
                && (known == null || ListedMailboxes.use(known.mailbox()).isEmpty())) {
            return;
        }
        List<MailboxAttribute> attributes = new ArrayList<>(mailboxes.attributes(listed));
        boolean tellSubscribed = subscribedOnly || list.returns().contains(ListReturn.SUBSCRIBED);
        if (tellSubscribed && listed.subscribed()) {
            attributes.add(MailboxAttribute.SUBSCRIBED);
        }
        out.write(
                new ImapResponse.ListData(
                        false,
                        attributes,
                        MailboxPath.DELIMITER,
                        listed.path().text(),
                        null,
                        below));
        if (known != null) {
            more(list, listed.path(), known);
        }
    }

    /// What else was asked about a mailbox, as far as it may be told.
    private void more(ImapCommand.ListMailboxes list, MailboxPath path, ListedMailboxes.Known known)
            throws IOException {
        if (!list.status().isEmpty() && known.box().rights(known.mailbox().id()).has(Right.READ)) {
            new StatusCommand(session).write(path, known, list.status());
        }
        if (list.returns().contains(ListReturn.MYRIGHTS)) {
            new RightsCommand(session).writeMine(path, known);
        }
        if (!list.metadata().isEmpty()) {
            new MetadataCommand(session)
                    .writeListed(path, known, list.metadata(), MetadataOptions.NONE);
        }
    }

    Answer listSubscribed(String reference, String text) throws IOException {
        ListPattern pattern = new ListPattern(reference, text);
        ListedMailboxes mailboxes = session.listed();
        for (ListedMailboxes.Listed listed : mailboxes.all()) {
            boolean matches = pattern.matches(listed.path());
            if (matches && (listed.subscribed() || shownForBelow(text, mailboxes, listed))) {
                List<MailboxAttribute> attributes =
                        listed.subscribed() && listed.known() != null
                                ? mailboxes.attributes(listed)
                                : List.of(MailboxAttribute.NO_SELECT);
                out.write(
                        new ImapResponse.ListData(
                                true,
                                attributes,
                                MailboxPath.DELIMITER,
                                listed.path().text(),
                                null,
                                false));
            }
        }
        return Answer.ok("Those are the subscriptions.");
    }

    /// A pattern with `%` shows what is above a subscribed mailbox, not subscribed itself, as
    /// `\Noselect` (RFC 3501 §6.3.9).
    private static boolean shownForBelow(
            String pattern, ListedMailboxes mailboxes, ListedMailboxes.Listed listed) {
        return pattern.endsWith("%") && mailboxes.isAboveSubscribed(listed);
    }
}
