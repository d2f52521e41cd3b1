package org.facteur.edge.imap;

import java.util.ArrayDeque;
import java.util.Deque;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.SearchKey;
import org.facteur.wire.imap.SelectParameters;

/// Which commands speak of letters by message number.
final class MessageNumbers {
    private MessageNumbers() {}

    /// Whether a command cannot be understood, or cannot be answered, without message numbers (RFC
    /// 9586 §3).
    static boolean usedBy(ImapCommand command) {
        return switch (command) {
            case ImapCommand.Fetch fetch -> !fetch.uid();
            case ImapCommand.Store store -> !store.uid();
            case ImapCommand.Copy copy -> !copy.uid();
            case ImapCommand.Move move -> !move.uid();
            case ImapCommand.Replace replace -> !replace.uid();
            case ImapCommand.Search search -> !search.uid() || usedBy(search.key());
            case ImapCommand.Sort sort -> !sort.uid() || usedBy(sort.key());
            case ImapCommand.ThreadLetters threads -> !threads.uid() || usedBy(threads.key());
            case ImapCommand.MultiSearch search -> usedBy(search.key());
            case ImapCommand.Select(var _, var parameters) -> usedBy(parameters);
            case ImapCommand.Examine(var _, var parameters) -> usedBy(parameters);
            case ImapCommand _ -> false;
        };
    }

    private static boolean usedBy(SelectParameters parameters) {
        SelectParameters.Resync resync = parameters.resync();
        return resync != null && resync.match() != null;
    }

    /// Whether a search names letters by number.
    static boolean usedBy(SearchKey root) {
        Deque<SearchKey> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            switch (open.pop()) {
                case SearchKey.Numbers(var set) -> {
                    if (!set.saved()) {
                        return true;
                    }
                }
                case SearchKey.Not(var inner) -> open.push(inner);
                case SearchKey.Or(var left, var right) -> {
                    open.push(left);
                    open.push(right);
                }
                case SearchKey.And(var keys) -> keys.forEach(open::push);
                case SearchKey _ -> {
                    // Nothing of the kind.
                }
            }
        }
        return false;
    }
}
