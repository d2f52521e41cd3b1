package org.facteur.edge.imap;

import java.util.Optional;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.wire.imap.NumberSet;
import org.jspecify.annotations.Nullable;

/// Which UIDs are gone (RFC 7162 §3.2.10).
final class Vanishing {
    private final LetterBox box;

    Vanishing(LetterBox box) {
        this.box = box;
    }

    /// UIDs that left since a version. When the log of it is too long to read, all that are not
    /// there, which says more than needed and nothing wrong.
    ///
    /// @param among which UIDs are of interest, or null for all
    NumberSet since(MailboxView view, long modSeq, @Nullable NumberSet among) {
        Optional<long[]> logged = box.findRemoved(view.mailbox().id(), modSeq);
        NumberSet all = logged.map(NumberSet::of).orElseGet(() -> absent(view));
        if (among == null) {
            return all;
        }
        return common(all, among);
    }

    /// All UIDs below UIDNEXT that no letter has.
    private static NumberSet absent(MailboxView view) {
        NumberSet.Builder absent = NumberSet.builder();
        long next = 1;
        for (int place = 0; place < view.size(); place++) {
            long uid = view.uid(place);
            if (uid > next) {
                absent.addRange(next, uid - 1);
            }
            next = uid + 1;
        }
        if (next < view.state().uidNext()) {
            absent.addRange(next, view.state().uidNext() - 1);
        }
        return absent.build();
    }

    /// What is in both, by walking through the ranges of both.
    static NumberSet common(NumberSet left, NumberSet right) {
        NumberSet.Builder common = NumberSet.builder();
        int i = 0;
        int j = 0;
        while (i < left.rangeCount() && j < right.rangeCount()) {
            long low = Math.max(left.first(i), right.first(j));
            long high = Math.min(left.last(i), right.last(j));
            if (low <= high) {
                common.addRange(low, high);
            }
            if (left.last(i) < right.last(j)) {
                i++;
            } else {
                j++;
            }
        }
        return common.build();
    }
}
