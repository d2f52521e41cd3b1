package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.Transfer;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.imap.NumberSet;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.imap.SequenceSet;
import org.jspecify.annotations.Nullable;

/// COPY and MOVE (RFC 9051 §6.4.7, §6.4.8). Letters that others took away meanwhile are left out.
final class CopyCommand {
    private final ImapSession session;
    private final SelectedMailbox mailbox;

    CopyCommand(ImapSession session) {
        this.session = session;
        this.mailbox = session.selected();
    }

    Answer copy(boolean uid, SequenceSet messages, MailboxPath to) {
        Optional<Mailbox> target = target(to);
        if (target.isEmpty()) {
            return missing();
        }
        List<Long> uids = uids(uid, messages);
        if (uids.isEmpty()) {
            return Answer.ok("There was nothing to copy.");
        }
        Transfer transfer = session.box().copy(mailbox.id(), uids, target.get().id());
        return Answer.ok(code(transfer), "Copied.");
    }

    Answer move(boolean uid, SequenceSet messages, MailboxPath to) throws IOException {
        if (mailbox.readOnly()) {
            return ExpungeCommand.readOnly();
        }
        Optional<Mailbox> target = target(to);
        if (target.isEmpty()) {
            return missing();
        }
        List<Long> uids = uids(uid, messages);
        if (uids.isEmpty()) {
            return Answer.ok("There was nothing to move.");
        }
        Transfer transfer = session.box().move(mailbox.id(), uids, target.get().id());
        ResponseCode code = code(transfer);
        if (code != null) {
            // Before the letters vanish, so that the client can tell them apart (RFC 6851 §4.3).
            session.out()
                    .write(
                            ImapResponse.Condition.untagged(
                                    ImapResponse.Outcome.OK, code, "Moved there."));
        }
        return session.features().qResync()
                ? Answer.ok(
                        new ResponseCode.HighestModSeq(mailbox.now().state().highestModSeq()),
                        "Moved.")
                : Answer.ok("Moved.");
    }

    private Optional<Mailbox> target(MailboxPath to) {
        return session.box().mailboxes().find(MailboxName.parse(to.text()));
    }

    private static Answer missing() {
        return Answer.no(ResponseCode.Word.TRYCREATE, "There is no such mailbox.");
    }

    private List<Long> uids(boolean uid, SequenceSet messages) {
        List<Long> uids = new ArrayList<>();
        for (int place : mailbox.places(messages, uid)) {
            uids.add(mailbox.shown().uid(place));
        }
        return uids;
    }

    /// @return null when nothing was there to transfer
    private static @Nullable ResponseCode code(Transfer transfer) {
        if (transfer.from().isEmpty()) {
            return null;
        }
        return new ResponseCode.CopyUid(
                transfer.uidValidity(), set(transfer.from()), set(transfer.to()));
    }

    private static SequenceSet set(List<Long> uids) {
        NumberSet.Builder numbers = NumberSet.builder();
        uids.forEach(numbers::add);
        return SequenceSet.of(numbers.build());
    }
}
