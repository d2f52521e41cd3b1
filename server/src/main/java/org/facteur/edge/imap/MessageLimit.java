package org.facteur.edge.imap;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ResponseCode;
import org.jspecify.annotations.Nullable;

/// How many letters a command works on (RFC 9738): those with the highest UIDs, and its answer says
/// where it stopped. One command.
final class MessageLimit {
    private final ImapSession session;
    private final long most;
    private @Nullable Long lowest;

    MessageLimit(ImapSession session) {
        this.session = session;
        long set = session.settings().messages();
        this.most = set == 0 ? Long.MAX_VALUE : set;
    }

    boolean exceededBy(long letters) {
        return letters > most;
    }

    /// Those of the places that are worked on.
    ///
    /// @param places in the view shown, ascending
    int[] cut(int[] places) {
        if (!exceededBy(places.length)) {
            return places;
        }
        int[] kept = Arrays.copyOfRange(places, places.length - (int) most, places.length);
        stopAt(session.selected().shown().uid(kept[0]));
        return kept;
    }

    /// As above.
    ///
    /// @param uids ascending
    List<Long> cut(List<Long> uids) {
        if (!exceededBy(uids.size())) {
            return uids;
        }
        List<Long> kept = uids.subList(uids.size() - (int) most, uids.size());
        stopAt(kept.getFirst());
        return kept;
    }

    /// Remembers where the command stopped.
    void stopAt(long uid) {
        lowest = uid;
    }

    /// Whether letters were left out.
    boolean stopped() {
        return lowest != null;
    }

    /// How many letters a command works on at most.
    long most() {
        return most;
    }

    /// A command that does all or nothing, or whose answer would make no sense by halves.
    Answer refusal() {
        return Answer.no(
                new ResponseCode.MessageLimit(most, null), "These are too many letters at once.");
    }

    /// The end of a command that may have stopped early. An answer that says something else already
    /// keeps that, and the limit goes before it.
    Answer of(Answer answer) throws IOException {
        if (lowest != null
                && answer.code() == null
                && answer.outcome() == ImapResponse.Outcome.OK) {
            return Answer.ok(new ResponseCode.MessageLimit(most, lowest), "Done in part.");
        }
        tell();
        return answer;
    }

    /// Tells where the command stopped, if it did, before its answer.
    void tell() throws IOException {
        if (lowest != null) {
            session.out()
                    .write(
                            ImapResponse.Condition.untagged(
                                    ImapResponse.Outcome.NO,
                                    new ResponseCode.MessageLimit(most, lowest),
                                    "Done in part."));
        }
    }
}
