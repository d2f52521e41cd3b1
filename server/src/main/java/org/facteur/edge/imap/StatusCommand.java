package org.facteur.edge.imap;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.facteur.core.mailbox.KeywordTable;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxState;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.Right;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.imap.StatusItem;

/// STATUS (RFC 9051 §6.3.11).
final class StatusCommand {
    private final ImapSession session;

    StatusCommand(ImapSession session) {
        this.session = session;
    }

    Answer run(MailboxPath path, Set<StatusItem> items) throws IOException {
        NamedMailbox named = session.named(path);
        Mailbox mailbox = named.get();
        if (!named.box().rights(mailbox.id()).has(Right.READ)) {
            return Answer.no(ResponseCode.Word.NOPERM, "You may not read this mailbox.");
        }
        write(path, new ListedMailboxes.Known(named.box(), mailbox), items);
        return Answer.ok("That is how it stands.");
    }

    /// One STATUS response.
    void write(MailboxPath path, ListedMailboxes.Known known, Set<StatusItem> items)
            throws IOException {
        Mailbox mailbox = known.mailbox();
        Map<StatusItem, Long> values = new EnumMap<>(StatusItem.class);
        for (StatusItem item : items) {
            if (item != StatusItem.MAILBOXID) {
                values.put(item, value(known, item));
            }
        }
        session.out()
                .write(
                        new ImapResponse.StatusData(
                                path,
                                values,
                                items.contains(StatusItem.MAILBOXID)
                                        ? ObjectIds.of(mailbox.id())
                                        : null));
    }

    private long value(ListedMailboxes.Known known, StatusItem item) {
        MailboxState state = known.mailbox().state();
        return switch (item) {
            case MESSAGES -> state.counts().letters();
            case RECENT, MAILBOXID -> 0;
            case UIDNEXT -> state.uidNext();
            case UIDVALIDITY -> state.uidValidity();
            case UNSEEN -> state.counts().unseen();
            case DELETED -> state.counts().deleted();
            case SIZE -> state.counts().bytes();
            case HIGHESTMODSEQ -> {
                session.features().enableCondStore();
                yield state.highestModSeq();
            }
            case APPENDLIMIT -> session.settings().appendLimitBytes();
            case DELETED_STORAGE -> deletedBytes(known);
        };
    }

    private static long deletedBytes(ListedMailboxes.Known known) {
        if (known.mailbox().state().counts().deleted() == 0) {
            return 0;
        }
        MailboxView view = known.box().view(known.mailbox().id());
        long bytes = 0;
        for (int place = 0; place < view.size(); place++) {
            if ((view.keywords(place) & KeywordTable.DELETED) != 0) {
                bytes += view.sizeBytes(place);
            }
        }
        return bytes;
    }
}
