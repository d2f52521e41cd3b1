package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.Marked;
import org.facteur.core.mailbox.Marking;
import org.facteur.wire.imap.FetchLine;
import org.facteur.wire.imap.FlagChange;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.NumberSet;
import org.facteur.wire.imap.ResponseCode;

/// STORE (RFC 9051 §6.4.6), with UNCHANGEDSINCE (RFC 7162 §3.1.3).
final class StoreCommand {
    private final ImapSession session;
    private final SelectedMailbox mailbox;

    StoreCommand(ImapSession session) {
        this.session = session;
        this.mailbox = session.selected();
    }

    Answer run(ImapCommand.Store store) throws IOException {
        if (mailbox.readOnly()) {
            return ExpungeCommand.readOnly();
        }
        Long unchangedSince = store.unchangedSince();
        if (unchangedSince != null) {
            session.features().enableCondStore();
        }
        MessageLimit limit = new MessageLimit(session);
        int[] places = limit.cut(mailbox.places(store.messages(), store.uid()));
        List<Long> uids = new ArrayList<>(places.length);
        for (int place : places) {
            uids.add(mailbox.shown().uid(place));
        }
        if (uids.isEmpty()) {
            return Answer.ok("There was nothing to mark.");
        }
        Marked marked =
                mailbox.box()
                        .mark(
                                mailbox.id(),
                                uids,
                                new Marking(
                                        mode(store.change().mode()),
                                        FlagNames.keywords(store.change().flags()),
                                        unchangedSince == null ? Marking.ALWAYS : unchangedSince));
        boolean gone = tell(store, places, marked);
        return limit.of(answer(store, marked, gone));
    }

    private static Marking.Mode mode(FlagChange.Mode mode) {
        return switch (mode) {
            case ADD -> Marking.Mode.ADD;
            case REMOVE -> Marking.Mode.REMOVE;
            case REPLACE -> Marking.Mode.REPLACE;
        };
    }

    /// The new flags; with SILENT the new MODSEQ alone, where the client wants MODSEQs at all. A
    /// letter somebody else changed since it was shown is told in any case.
    ///
    /// @return whether a letter was not there any more
    private boolean tell(ImapCommand.Store store, int[] places, Marked marked) throws IOException {
        MailboxView shown = mailbox.shown();
        MailboxView now = mailbox.now();
        Ascending changes = new Ascending(marked.changed());
        Ascending refused = new Ascending(marked.refused());
        boolean gone = false;
        for (int place : places) {
            long uid = shown.uid(place);
            int at = now.indexOf(uid);
            boolean changed = changes.has(uid);
            if (at < 0) {
                gone = true;
                continue;
            }
            if (refused.has(uid)) {
                continue;
            }
            boolean own = !changed || now.modSeq(at) <= marked.version();
            if (!store.change().silent()) {
                flags(store.uid(), now, at, place);
            } else if (session.features().condStore() && changed) {
                FetchLine line =
                        SelectedMailbox.line(session.out(), session.features(), place + 1L, uid);
                if (!session.features().uidOnly()) {
                    line.uid(uid);
                }
                line.modSeq(now.modSeq(at)).end();
            }
            if (own && (changed || !store.change().silent())) {
                mailbox.told(place, now.modSeq(at));
            }
        }
        return gone;
    }

    /// Looks numbers up that are asked for in ascending order.
    private static final class Ascending {
        private final List<Long> numbers;
        private int at;

        Ascending(List<Long> numbers) {
            this.numbers = numbers;
        }

        boolean has(long number) {
            while (at < numbers.size() && numbers.get(at) < number) {
                at++;
            }
            return at < numbers.size() && numbers.get(at) == number;
        }
    }

    private void flags(boolean uid, MailboxView now, int at, int place) throws IOException {
        FetchLine line =
                SelectedMailbox.line(session.out(), session.features(), place + 1L, now.uid(at));
        if (!session.features().uidOnly() && (uid || session.features().condStore())) {
            line.uid(now.uid(at));
        }
        line.flags(mailbox.names(now).flags(now.keywords(at)));
        if (session.features().condStore()) {
            line.modSeq(now.modSeq(at));
        }
        line.end();
    }

    private Answer answer(ImapCommand.Store store, Marked marked, boolean gone) {
        if (!marked.refused().isEmpty()) {
            NumberSet.Builder left = NumberSet.builder();
            for (long uid : marked.refused()) {
                left.add(store.uid() ? uid : mailbox.shown().indexOf(uid) + 1L);
            }
            return Answer.ok(
                    new ResponseCode.Modified(left.build()), "Some had changed and were left.");
        }
        return gone && !store.uid()
                ? Answer.no(ResponseCode.Word.EXPUNGEISSUED, "Some letters are gone.")
                : Answer.ok("Marked.");
    }
}
