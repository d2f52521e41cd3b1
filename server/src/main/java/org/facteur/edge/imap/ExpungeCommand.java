package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.facteur.core.mailbox.KeywordTable;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.Right;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.imap.SequenceSet;

/// EXPUNGE, UID EXPUNGE and CLOSE (RFC 9051 §6.4.1, §6.4.3, RFC 4315 §2.1). What went is told as
/// all news is.
final class ExpungeCommand {
    private final ImapSession session;
    private final SelectedMailbox mailbox;

    ExpungeCommand(ImapSession session) {
        this.session = session;
        this.mailbox = session.selected();
    }

    Answer all() {
        if (mailbox.readOnly()) {
            return readOnly();
        }
        mailbox.box().expunge(mailbox.id(), deleted(mailbox.now()), true);
        return done();
    }

    Answer some(SequenceSet uids) throws IOException {
        if (mailbox.readOnly()) {
            return readOnly();
        }
        MessageLimit limit = new MessageLimit(session);
        MailboxView now = mailbox.now();
        List<Long> wanted = new ArrayList<>();
        for (int place : mailbox.places(uids, true)) {
            long uid = mailbox.shown().uid(place);
            int at = now.indexOf(uid);
            if (at >= 0 && (now.keywords(at) & KeywordTable.DELETED) != 0) {
                wanted.add(uid);
            }
        }
        mailbox.box().expunge(mailbox.id(), limit.cut(wanted), true);
        return limit.of(done());
    }

    Answer close() {
        if (!mailbox.readOnly() && mailbox.rights().has(Right.EXPUNGE)) {
            mailbox.box().expunge(mailbox.id(), deleted(mailbox.now()), true);
        }
        session.unselect();
        return Answer.ok("Closed.");
    }

    /// RFC 7162 §3.2.8 wants the MODSEQ with the answer.
    private Answer done() {
        return session.features().qResync()
                ? Answer.ok(
                        new ResponseCode.HighestModSeq(mailbox.now().state().highestModSeq()),
                        "Expunged.")
                : Answer.ok("Expunged.");
    }

    static Answer readOnly() {
        return Answer.no(ResponseCode.Word.NOPERM, "The mailbox is open for reading only.");
    }

    private static List<Long> deleted(MailboxView view) {
        List<Long> uids = new ArrayList<>();
        if (view.state().counts().deleted() > 0) {
            for (int place = 0; place < view.size(); place++) {
                if ((view.keywords(place) & KeywordTable.DELETED) != 0) {
                    uids.add(view.uid(place));
                }
            }
        }
        return uids;
    }
}
