package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one view of a mailbox differs from an earlier one.
///
/// @param gone places in the earlier view that are no more, highest first: the order in which IMAP
///   can say EXPUNGE without renumbering
/// @param marked places in the later view, of entries that were there before and changed, ascending
/// @param added places in the later view of entries that are new, ascending
public record ViewChanges(List<Integer> gone, List<Integer> marked, List<Integer> added) {
    public ViewChanges {
        gone = List.copyOf(gone);
        marked = List.copyOf(marked);
        added = List.copyOf(added);
    }

    public boolean none() {
        return gone.isEmpty() && marked.isEmpty() && added.isEmpty();
    }

    /// Collects while runs are compared. One thread.
    static final class Gathering {
        private final List<Integer> gone = new ArrayList<>();
        private final List<Integer> marked = new ArrayList<>();
        private final List<Integer> added = new ArrayList<>();

        void compare(@Nullable EntryRun old, int oldStart, @Nullable EntryRun now, int nowStart) {
            int i = 0;
            int j = 0;
            int oldSize = old == null ? 0 : old.size();
            int nowSize = now == null ? 0 : now.size();
            while (i < oldSize || j < nowSize) {
                long oldUid = old != null && i < oldSize ? old.uid(i) : Long.MAX_VALUE;
                long nowUid = now != null && j < nowSize ? now.uid(j) : Long.MAX_VALUE;
                if (oldUid < nowUid) {
                    gone.add(oldStart + i++);
                } else if (nowUid < oldUid) {
                    added.add(nowStart + j++);
                } else {
                    if (old != null && now != null && old.modSeq(i) != now.modSeq(j)) {
                        marked.add(nowStart + j);
                    }
                    i++;
                    j++;
                }
            }
        }

        ViewChanges done() {
            Collections.reverse(gone);
            return new ViewChanges(gone, marked, added);
        }
    }
}
