package org.facteur.core.mailbox;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.facteur.core.change.Change;
import org.facteur.core.change.ChangeLog;
import org.facteur.core.change.ChangeRecord;
import org.facteur.store.kv.ReadView;

/// What left a mailbox, read from the change log.
final class RemovedEntries {
    private static final int PAGE = 500;
    private static final int PAGES = 20;

    private RemovedEntries() {}

    /// @return empty when more than 10,000 transactions came after the version
    static Optional<long[]> since(ReadView view, MailboxId mailbox, long version) {
        LongStream.Builder uids = LongStream.builder();
        long after = version;
        for (int page = 0; page < PAGES; page++) {
            List<ChangeRecord> changes = ChangeLog.after(view, after, PAGE);
            for (ChangeRecord record : changes) {
                record.changes().forEach(change -> collect(change, mailbox, uids));
            }
            if (changes.size() < PAGE) {
                return Optional.of(uids.build().sorted().distinct().toArray());
            }
            after = changes.getLast().version();
        }
        return Optional.empty();
    }

    private static void collect(Change change, MailboxId mailbox, LongStream.Builder uids) {
        if (change instanceof Change.Removed(long id, var marks) && id == mailbox.number()) {
            marks.forEach(mark -> uids.add(mark.uid()));
        }
    }
}
