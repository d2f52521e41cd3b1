package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A mailbox and all its entries at one version, in columns. Immutable, shared between readers; a
/// later view shares the runs that did not change.
///
/// Entries are counted from 0 in ascending order of UID: the sequence number of IMAP is one more.
public final class MailboxView {
    private final Mailbox mailbox;
    private final EntryRun[] runs;

    /// How many entries lie before each run; one more for the end.
    private final int[] starts;

    /// The run that was looked at last: the next look is most often there or behind it. A hint, and
    /// any thread may leave another.
    private int lastRun;

    MailboxView(Mailbox mailbox, List<EntryRun> runs) {
        this.mailbox = mailbox;
        this.runs = runs.stream().filter(run -> run.size() > 0).toArray(EntryRun[]::new);
        this.starts = new int[this.runs.length + 1];
        for (int i = 0; i < this.runs.length; i++) {
            starts[i + 1] = starts[i] + this.runs[i].size();
        }
    }

    public Mailbox mailbox() {
        return mailbox;
    }

    public MailboxState state() {
        return mailbox.state();
    }

    public int size() {
        return starts[runs.length];
    }

    /// The place of a UID, or -(place it would have) - 1.
    public int indexOf(long uid) {
        int last = lastRun;
        if (last < runs.length
                && runs[last].uid(0) <= uid
                && uid <= runs[last].uid(runs[last].size() - 1)) {
            int at = runs[last].indexOf(uid);
            return at >= 0 ? starts[last] + at : at - starts[last];
        }
        int low = 0;
        int high = runs.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            EntryRun run = runs[middle];
            if (uid < run.uid(0)) {
                high = middle - 1;
            } else if (uid > run.uid(run.size() - 1)) {
                low = middle + 1;
            } else {
                int at = run.indexOf(uid);
                return at >= 0 ? starts[middle] + at : at - starts[middle];
            }
        }
        return -starts[low] - 1;
    }

    /// The first place whose UID is at least this.
    public int ceiling(long uid) {
        int at = indexOf(uid);
        return at >= 0 ? at : -at - 1;
    }

    public long uid(int index) {
        int run = runOf(index);
        return runs[run].uid(index - starts[run]);
    }

    public LetterId letter(int index) {
        int run = runOf(index);
        return new LetterId(runs[run].letter(index - starts[run]));
    }

    /// Keyword bits by the [KeywordTable] of [#state()].
    public long keywords(int index) {
        int run = runOf(index);
        return runs[run].keywords(index - starts[run]);
    }

    public long modSeq(int index) {
        int run = runOf(index);
        return runs[run].modSeq(index - starts[run]);
    }

    /// INTERNALDATE in seconds since 1970.
    public long receivedSecond(int index) {
        int run = runOf(index);
        return runs[run].received(index - starts[run]);
    }

    /// SAVEDATE in seconds since 1970.
    public long savedSecond(int index) {
        int run = runOf(index);
        return runs[run].saved(index - starts[run]);
    }

    public long sizeBytes(int index) {
        int run = runOf(index);
        return runs[run].sizeBytes(index - starts[run]);
    }

    public Entry entry(int index) {
        int run = runOf(index);
        return runs[run].entry(index - starts[run]);
    }

    /// The first entry without `$seen`, or -1.
    ///
    /// Most often all but the latest are seen: looking back for as many as there are spares looking
    /// through the rest.
    public int firstUnseen() {
        long wanted = state().counts().unseen();
        if (wanted <= 0 || size() == 0) {
            return -1;
        }
        if (unseen(0, 0)) {
            return 0;
        }
        int first = -1;
        for (int run = runs.length - 1; run >= 0 && wanted > 0; run--) {
            for (int i = runs[run].size() - 1; i >= 0 && wanted > 0; i--) {
                if (unseen(run, i)) {
                    first = starts[run] + i;
                    wanted--;
                }
            }
        }
        return first;
    }

    private boolean unseen(int run, int at) {
        return (runs[run].keywords(at) & KeywordTable.SEEN) == 0;
    }

    /// What an observer of an earlier view of the same mailbox must be told.
    ///
    /// @param earlier with the same UIDVALIDITY
    public ViewChanges since(MailboxView earlier) {
        ViewChanges.Gathering changes = new ViewChanges.Gathering();
        int old = 0;
        int now = 0;
        while (old < earlier.runs.length || now < runs.length) {
            if (old < earlier.runs.length && now < runs.length && earlier.runs[old] == runs[now]) {
                old++;
                now++;
                continue;
            }
            long oldNumber = earlier.runNumber(old);
            long nowNumber = runNumber(now);
            if (oldNumber < nowNumber) {
                changes.compare(earlier.runs[old], earlier.starts[old++], null, 0);
            } else if (nowNumber < oldNumber) {
                changes.compare(null, 0, runs[now], starts[now++]);
            } else {
                changes.compare(earlier.runs[old], earlier.starts[old++], runs[now], starts[now++]);
            }
        }
        return changes.done();
    }

    /// This mailbox at a later version.
    ///
    /// @param changed what is now in the runs that changed; an empty run means nothing is left
    ///   there
    MailboxView with(Mailbox newMailbox, java.util.SortedMap<Long, EntryRun> changed) {
        List<EntryRun> all = new ArrayList<>(runs.length + changed.size());
        int at = 0;
        for (var change : changed.entrySet()) {
            while (at < runs.length && runNumber(at) < change.getKey()) {
                all.add(runs[at++]);
            }
            if (at < runs.length && runNumber(at) == change.getKey()) {
                at++;
            }
            all.add(change.getValue());
        }
        all.addAll(Arrays.asList(runs).subList(at, runs.length));
        return new MailboxView(newMailbox, all);
    }

    /// About how much memory this view holds, in octets.
    long weightBytes() {
        return 200
                + (long) runs.length * EntryRun.OVERHEAD_BYTES
                + (long) size() * EntryRun.ENTRY_BYTES;
    }

    private long runNumber(int run) {
        return run < runs.length ? EntryRun.numberOf(runs[run].uid(0)) : Long.MAX_VALUE;
    }

    private int runOf(int index) {
        int run = lastRun;
        if (run < runs.length && starts[run] <= index) {
            if (index < starts[run + 1]) {
                return run;
            }
            if (run + 1 < runs.length && index < starts[run + 2]) {
                lastRun = run + 1;
                return run + 1;
            }
        }
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(index);
        }
        int at = Arrays.binarySearch(starts, index);
        int found = at >= 0 ? at : -at - 2;
        lastRun = found;
        return found;
    }
}
