package org.facteur.edge.imap;

import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ImapResponse.Outcome;
import org.facteur.wire.imap.ResponseCode;
import org.jspecify.annotations.Nullable;

/// How a command ended: its tagged response, without the tag.
///
/// @param outcome OK, NO or BAD
/// @param text for people
record Answer(Outcome outcome, @Nullable ResponseCode code, String text) {
    static Answer ok(String text) {
        return new Answer(Outcome.OK, null, text);
    }

    static Answer ok(@Nullable ResponseCode code, String text) {
        return new Answer(Outcome.OK, code, text);
    }

    static Answer no(@Nullable ResponseCode code, String text) {
        return new Answer(Outcome.NO, code, text);
    }

    static Answer bad(String text) {
        return new Answer(Outcome.BAD, null, text);
    }

    boolean isBad() {
        return outcome == Outcome.BAD;
    }

    /// @param tag null where the command's is not known
    ImapResponse tagged(@Nullable String tag) {
        return new ImapResponse.Condition(tag, outcome, code, text);
    }
}
