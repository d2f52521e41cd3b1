package org.facteur.edge.imap;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.facteur.core.mailbox.KeywordTable;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.MailboxState;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.imap.StatusItem;

/// STATUS (RFC 9051 §6.3.11).
final class StatusCommand {
    private final ImapSession session;

    StatusCommand(ImapSession session) {
        this.session = session;
    }

    Answer run(MailboxPath path, Set<StatusItem> items) throws IOException {
        Mailbox mailbox = session.box().mailboxes().get(MailboxName.parse(path.text()));
        write(path, mailbox, items);
        return Answer.ok("That is how it stands.");
    }

    /// One STATUS response.
    void write(MailboxPath path, Mailbox mailbox, Set<StatusItem> items) throws IOException {
        Map<StatusItem, Long> values = new EnumMap<>(StatusItem.class);
        for (StatusItem item : items) {
            if (item != StatusItem.MAILBOXID) {
                values.put(item, value(mailbox, item));
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

    private long value(Mailbox mailbox, StatusItem item) {
        MailboxState state = mailbox.state();
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
            case DELETED_STORAGE -> deletedBytes(mailbox);
        };
    }

    private long deletedBytes(Mailbox mailbox) {
        if (mailbox.state().counts().deleted() == 0) {
            return 0;
        }
        MailboxView view = session.box().view(mailbox.id());
        long bytes = 0;
        for (int place = 0; place < view.size(); place++) {
            if ((view.keywords(place) & KeywordTable.DELETED) != 0) {
                bytes += view.sizeBytes(place);
            }
        }
        return bytes;
    }
}
