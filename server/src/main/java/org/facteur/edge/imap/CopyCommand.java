package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.core.mailbox.Mailbox;
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
        NamedMailbox named = session.named(to);
        Optional<Mailbox> target = named.find();
        if (target.isEmpty()) {
            return AppendCommand.missing(named);
        }
        List<Long> uids = uids(uid, messages);
        if (uids.isEmpty()) {
            return Answer.ok("There was nothing to copy.");
        }
        if (new MessageLimit(session).exceededBy(uids.size())) {
            return new MessageLimit(session).refusal();
        }
        Transfer transfer = mailbox.box().copy(mailbox.id(), uids, named.box(), target.get().id());
        return Answer.ok(code(transfer), "Copied.");
    }

    Answer move(boolean uid, SequenceSet messages, MailboxPath to) throws IOException {
        if (mailbox.readOnly()) {
            return ExpungeCommand.readOnly();
        }
        NamedMailbox named = session.named(to);
        Optional<Mailbox> target = named.find();
        if (target.isEmpty()) {
            return AppendCommand.missing(named);
        }
        MessageLimit limit = new MessageLimit(session);
        List<Long> uids = limit.cut(uids(uid, messages));
        if (uids.isEmpty()) {
            return Answer.ok("There was nothing to move.");
        }
        Transfer transfer = mailbox.box().move(mailbox.id(), uids, named.box(), target.get().id());
        ResponseCode code = code(transfer);
        if (code != null) {
            // Before the letters vanish, so that the client can tell them apart (RFC 6851 §4.3).
            session.out()
                    .write(
                            ImapResponse.Condition.untagged(
                                    ImapResponse.Outcome.OK, code, "Moved there."));
        }
        return limit.of(
                session.features().qResync()
                        ? Answer.ok(
                                new ResponseCode.HighestModSeq(
                                        mailbox.now().state().highestModSeq()),
                                "Moved.")
                        : Answer.ok("Moved."));
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
