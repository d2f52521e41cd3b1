package org.facteur.edge.imap;

import java.io.IOException;
import java.util.Arrays;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.Rights;
import org.facteur.core.mailbox.ViewChanges;
import org.facteur.wire.imap.FetchLine;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ImapWriter;
import org.facteur.wire.imap.NumberSet;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.imap.SequenceRange;
import org.facteur.wire.imap.SequenceSet;
import org.facteur.wire.text.SyntaxFault;

/// The open mailbox as the client knows it. One thread.
///
/// Message numbers mean places in the view that was shown; the mailbox itself may be further on.
final class SelectedMailbox {
    private static final int[] NONE = {};
    private static final long[] NOTHING_TOLD = {};

    private final LetterBox box;
    private final MailboxId id;
    private final boolean readOnly;
    private MailboxView shown;
    private FlagNames names;

    /// MODSEQs of changes this session has told already, by place in the view shown; 0 for none.
    /// Empty when there are none.
    private long[] told = NOTHING_TOLD;

    private NumberSet saved = NumberSet.EMPTY;
    private boolean uids;

    SelectedMailbox(LetterBox box, MailboxView shown, boolean readOnly) {
        this.box = box;
        this.id = shown.mailbox().id();
        this.readOnly = readOnly;
        this.shown = shown;
        this.names = new FlagNames(shown.state().keywords());
    }

    /// Whose letters these are, in the hands of who reads them.
    LetterBox box() {
        return box;
    }

    /// What may be done with them now.
    Rights rights() {
        return box.rights(id);
    }

    /// The keyword bits that may be changed.
    long changeable() {
        return readOnly ? 0 : rights().changeable();
    }

    MailboxId id() {
        return id;
    }

    boolean readOnly() {
        return readOnly;
    }

    /// What the client has been shown.
    MailboxView shown() {
        return shown;
    }

    /// The mailbox as it is.
    MailboxView now() {
        return box.view(id);
    }

    /// Spelled flags of a version of the mailbox.
    FlagNames names(MailboxView view) {
        if (!names.table().equals(view.state().keywords())) {
            names = new FlagNames(view.state().keywords());
        }
        return names;
    }

    /// Remembers that the client knows an entry's flags as of a MODSEQ.
    ///
    /// @param place where it is in the view shown
    void told(int place, long modSeq) {
        if (shown.modSeq(place) != modSeq) {
            if (told.length == 0) {
                told = new long[shown.size()];
            }
            told[place] = modSeq;
        }
    }

    /// Sets `$` (RFC 5182 §2.1).
    ///
    /// @param uids those found
    void save(NumberSet uids) {
        saved = uids;
    }

    /// The places in [#shown] a client means, ascending.
    ///
    /// `*` in an empty mailbox is nobody's number, and is let pass: clients fetch `1:*` without
    /// looking whether there is anything.
    ///
    /// @throws SyntaxFault for a message number that does not exist (RFC 9051 §9, `seq-number`)
    int[] places(SequenceSet set, boolean uid) {
        if (set.saved()) {
            return placesOfUids(saved);
        }
        if (uid) {
            return shown.size() == 0 ? NONE : placesOfUids(set.within(shown.uid(shown.size() - 1)));
        }
        for (SequenceRange range : set.ranges()) {
            boolean open =
                    range.first() == SequenceRange.STAR || range.last() == SequenceRange.STAR;
            if (!open && Math.max(range.first(), range.last()) > shown.size()) {
                throw SyntaxFault.at(-1, "message numbers that exist", "RFC 9051 §6.4.9");
            }
        }
        if (shown.size() == 0) {
            return NONE;
        }
        NumberSet numbers = set.within(shown.size());
        int[] places = new int[(int) numbers.size()];
        int at = 0;
        for (int range = 0; range < numbers.rangeCount(); range++) {
            for (long n = numbers.first(range); n <= numbers.last(range); n++) {
                places[at++] = (int) n - 1;
            }
        }
        return places;
    }

    private int[] placesOfUids(NumberSet uids) {
        int[] places = new int[(int) Math.min(uids.size(), shown.size())];
        int count = 0;
        for (int range = 0; range < uids.rangeCount(); range++) {
            int from = shown.ceiling(uids.first(range));
            int to = shown.ceiling(uids.last(range) + 1);
            for (int place = from; place < to; place++) {
                places[count++] = place;
            }
        }
        return Arrays.copyOf(places, count);
    }

    /// Tells what has changed and moves on to the mailbox as it is. Where message numbers must hold
    /// and letters are gone, waits for a better moment.
    ///
    /// @param expunges whether letters may vanish now (RFC 9051 §7.5.1)
    void tell(ImapWriter out, Features features, boolean expunges) throws IOException {
        MailboxView now = now();
        if (now == shown) {
            return;
        }
        ViewChanges changes = now.since(shown);
        if (!expunges && !changes.gone().isEmpty()) {
            return;
        }
        tellGone(out, features, changes);
        if (!now.state().keywords().equals(shown.state().keywords())) {
            FlagNames fresh = names(now);
            out.write(new ImapResponse.FlagsData(fresh.all()));
            out.write(
                    ImapResponse.Condition.untagged(
                            ImapResponse.Outcome.OK,
                            new ResponseCode.PermanentFlags(fresh.permanent(changeable())),
                            "Flags permitted."));
        }
        if (!changes.added().isEmpty()) {
            out.write(new ImapResponse.Exists(now.size()));
        }
        for (int place : changes.marked()) {
            int before = changes.gone().isEmpty() ? place : shown.indexOf(now.uid(place));
            boolean known = before >= 0 && before < told.length;
            if (!known || told[before] != now.modSeq(place)) {
                tellFlags(out, features, now, place, place + 1L);
            }
        }
        told = NOTHING_TOLD;
        shown = now;
    }

    private void tellGone(ImapWriter out, Features features, ViewChanges changes)
            throws IOException {
        if (changes.gone().isEmpty()) {
            return;
        }
        if (features.qResync() || features.uidOnly()) {
            NumberSet.Builder uids = NumberSet.builder();
            for (int place : changes.gone().reversed()) {
                uids.add(shown.uid(place));
            }
            out.write(new ImapResponse.Vanished(false, uids.build()));
            return;
        }
        for (int place : changes.gone()) {
            out.write(new ImapResponse.Expunged(place + 1L));
        }
    }

    /// Tells UIDs with flags from now on: a client that has asked for NOTIFY needs them (RFC 5465
    /// §5.1).
    void tellUids() {
        uids = true;
    }

    /// Begins what is told of a letter, by number or by UID.
    static FetchLine line(ImapWriter out, Features features, long number, long uid)
            throws IOException {
        return features.uidOnly() ? out.uidFetch(uid) : out.fetch(number);
    }

    /// One FETCH response with an entry's flags, as changes are told.
    ///
    /// @param number the message number, in the view the client knows
    void tellFlags(ImapWriter out, Features features, MailboxView view, int place, long number)
            throws IOException {
        FetchLine line = line(out, features, number, view.uid(place));
        if (!features.uidOnly() && (uids || features.condStore() || features.rev2())) {
            line.uid(view.uid(place));
        }
        line.flags(names(view).flags(view.keywords(place)));
        if (features.condStore()) {
            line.modSeq(view.modSeq(place));
        }
        line.end();
    }
}
