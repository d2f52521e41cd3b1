package org.facteur.wire.imap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the commands that name a mailbox, after their first word.
final class MailboxCommandParser {
    private static final Map<String, StatusItem> STATUS_ITEMS =
            ImapParser.words(StatusItem.values(), StatusItem::keyword);
    private static final Map<String, ListSelection> SELECTIONS =
            ImapParser.words(ListSelection.values(), ListSelection::keyword);
    private static final Map<String, ListReturn> RETURNS =
            ImapParser.words(ListReturn.values(), ListReturn::keyword);
    private static final String LIST_RULE = "RFC 5258 §6";
    private static final String QRESYNC_RULE = "RFC 7162 §7";

    private MailboxCommandParser() {}

    static ImapCommand command(String verb, ImapCursor cursor) {
        return switch (verb) {
            case "SELECT" ->
                    new ImapCommand.Select(spacedMailbox(cursor), selectParameters(cursor));
            case "EXAMINE" ->
                    new ImapCommand.Examine(spacedMailbox(cursor), selectParameters(cursor));
            case "CREATE" -> create(cursor);
            case "DELETE" -> new ImapCommand.Delete(spacedMailbox(cursor));
            case "RENAME" -> rename(cursor);
            case "SUBSCRIBE" -> new ImapCommand.Subscribe(spacedMailbox(cursor));
            case "UNSUBSCRIBE" -> new ImapCommand.Unsubscribe(spacedMailbox(cursor));
            case "LIST" -> list(cursor);
            case "LSUB" -> listSubscribed(cursor);
            case "STATUS" -> status(cursor);
            case "GETQUOTA" -> {
                cursor.space();
                yield new ImapCommand.GetQuota(cursor.text(cursor.astring()));
            }
            case "GETQUOTAROOT" -> new ImapCommand.GetQuotaRoot(spacedMailbox(cursor));
            default -> throw cursor.fault("a known command", Grammar.BASE);
        };
    }

    private static MailboxPath spacedMailbox(ImapCursor cursor) {
        cursor.space();
        return cursor.mailbox();
    }

    /// `select-params = SP "(" select-param *(SP select-param) ")"`
    private static SelectParameters selectParameters(ImapCursor cursor) {
        if (cursor.atCommandEnd()) {
            return SelectParameters.NONE;
        }
        cursor.space();
        cursor.expect('(');
        boolean condstore = false;
        SelectParameters.Resync resync = null;
        do {
            String word = cursor.keyword();
            if (word.equals("CONDSTORE") && !condstore) {
                condstore = true;
            } else if (word.equals("QRESYNC") && resync == null) {
                cursor.space();
                resync = resync(cursor);
            } else {
                throw cursor.fault("CONDSTORE or QRESYNC, once", QRESYNC_RULE);
            }
        } while (cursor.take(' '));
        cursor.expect(')');
        return new SelectParameters(condstore, resync);
    }

    /// `"(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"`
    private static SelectParameters.Resync resync(ImapCursor cursor) {
        cursor.expect('(');
        long uidValidity = cursor.nonZero(SequenceRange.MAX);
        cursor.space();
        long modSeq = cursor.nonZero(Long.MAX_VALUE);
        NumberSet knownUids = null;
        SelectParameters.SequenceMatch match = null;
        if (cursor.take(' ')) {
            if (cursor.peek() != '(') {
                knownUids = cursor.numberSet();
                if (cursor.take(' ')) {
                    match = sequenceMatch(cursor);
                }
            } else {
                match = sequenceMatch(cursor);
            }
        }
        cursor.expect(')');
        return new SelectParameters.Resync(uidValidity, modSeq, knownUids, match);
    }

    /// `seq-match-data = "(" known-sequence-set SP known-uid-set ")"`
    private static SelectParameters.SequenceMatch sequenceMatch(ImapCursor cursor) {
        cursor.expect('(');
        NumberSet numbers = cursor.numberSet();
        cursor.space();
        NumberSet uids = cursor.numberSet();
        if (numbers.size() != uids.size()) {
            throw cursor.fault("as many UIDs as message numbers", QRESYNC_RULE);
        }
        cursor.expect(')');
        return new SelectParameters.SequenceMatch(numbers, uids);
    }

    /// `create = "CREATE" SP mailbox [SP "(" "USE" SP "(" [use-attr *(SP use-attr)] ")" ")"]`
    private static ImapCommand create(ImapCursor cursor) {
        cursor.space();
        MailboxPath name = cursor.newMailbox();
        List<MailboxAttribute> uses = new ArrayList<>();
        if (!cursor.atCommandEnd()) {
            cursor.space();
            cursor.expect('(');
            if (!cursor.takeWord("USE")) {
                throw cursor.fault("USE", "RFC 6154 §6");
            }
            cursor.space();
            cursor.expect('(');
            if (!cursor.take(')')) {
                do {
                    if (uses.size() == cursor.limits().listItems()) {
                        throw cursor.tooMany("attributes");
                    }
                    cursor.expect('\\');
                    uses.add(new MailboxAttribute("\\" + cursor.atom()));
                } while (cursor.take(' '));
                cursor.expect(')');
            }
            cursor.expect(')');
        }
        return new ImapCommand.Create(name, uses);
    }

    /// `rename = "RENAME" SP mailbox SP mailbox`
    private static ImapCommand rename(ImapCursor cursor) {
        MailboxPath from = spacedMailbox(cursor);
        cursor.space();
        return new ImapCommand.Rename(from, cursor.newMailbox());
    }

    /// `list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]`
    private static ImapCommand list(ImapCursor cursor) {
        cursor.space();
        boolean extended = false;
        Set<ListSelection> selection = EnumSet.noneOf(ListSelection.class);
        if (cursor.take('(')) {
            extended = true;
            selectionOptions(cursor, selection);
            cursor.space();
        }
        String reference = cursor.mailboxText(cursor.astring());
        cursor.space();
        List<String> patterns = new ArrayList<>();
        if (cursor.take('(')) {
            extended = true;
            do {
                if (patterns.size() == cursor.limits().listItems()) {
                    throw cursor.tooMany("patterns");
                }
                patterns.add(cursor.mailboxText(cursor.listMailbox()));
            } while (cursor.take(' '));
            cursor.expect(')');
        } else {
            patterns.add(cursor.mailboxText(cursor.listMailbox()));
        }
        Set<ListReturn> returns = EnumSet.noneOf(ListReturn.class);
        Set<StatusItem> status = EnumSet.noneOf(StatusItem.class);
        List<String> metadata = new ArrayList<>();
        if (!cursor.atCommandEnd()) {
            extended = true;
            cursor.space();
            returnOptions(cursor, returns, status, metadata);
        }
        return new ImapCommand.ListMailboxes(
                extended, selection, reference, patterns, returns, status, metadata);
    }

    /// `list-select-opts = "(" [list-select-opt *(SP list-select-opt)] ")"`, after the parenthesis
    private static void selectionOptions(ImapCursor cursor, Set<ListSelection> selection) {
        if (!cursor.take(')')) {
            do {
                ListSelection option = SELECTIONS.get(cursor.keyword());
                if (option == null) {
                    throw cursor.fault("a known selection option", LIST_RULE);
                }
                selection.add(option);
            } while (cursor.take(' '));
            cursor.expect(')');
        }
        if (selection.contains(ListSelection.RECURSIVEMATCH)
                && !selection.contains(ListSelection.SUBSCRIBED)
                && !selection.contains(ListSelection.SPECIAL_USE)) {
            throw cursor.fault("RECURSIVEMATCH beside another option", "RFC 5258 §3.1");
        }
    }

    /// `list-return-opts = "RETURN" SP "(" [return-option *(SP return-option)] ")"`
    private static void returnOptions(
            ImapCursor cursor,
            Set<ListReturn> returns,
            Set<StatusItem> status,
            List<String> metadata) {
        if (!cursor.takeWord("RETURN")) {
            throw cursor.fault("RETURN", LIST_RULE);
        }
        cursor.space();
        cursor.expect('(');
        if (!cursor.take(')')) {
            do {
                String word = cursor.keyword();
                ListReturn option = RETURNS.get(word);
                if (option != null) {
                    returns.add(option);
                } else if (word.equals("STATUS")) {
                    cursor.space();
                    status.addAll(statusItems(cursor));
                } else if (word.equals("METADATA")) {
                    cursor.space();
                    metadata.addAll(new SharingCommandParser(cursor).entries());
                } else {
                    throw cursor.fault("a known return option", LIST_RULE);
                }
            } while (cursor.take(' '));
            cursor.expect(')');
        }
    }

    /// `lsub = "LSUB" SP mailbox SP list-mailbox`
    private static ImapCommand listSubscribed(ImapCursor cursor) {
        cursor.space();
        String reference = cursor.mailboxText(cursor.astring());
        cursor.space();
        return new ImapCommand.ListSubscribed(reference, cursor.mailboxText(cursor.listMailbox()));
    }

    /// `status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"`
    private static ImapCommand status(ImapCursor cursor) {
        MailboxPath name = spacedMailbox(cursor);
        cursor.space();
        return new ImapCommand.Status(name, statusItems(cursor));
    }

    private static Set<StatusItem> statusItems(ImapCursor cursor) {
        cursor.expect('(');
        Set<StatusItem> items = EnumSet.noneOf(StatusItem.class);
        do {
            @Nullable StatusItem item = STATUS_ITEMS.get(cursor.keyword());
            if (item == null) {
                throw cursor.fault("a known status item", "RFC 9051 §6.3.11");
            }
            items.add(item);
        } while (cursor.take(' '));
        cursor.expect(')');
        return items;
    }
}
