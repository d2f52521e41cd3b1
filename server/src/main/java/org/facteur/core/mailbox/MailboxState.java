package org.facteur.core.mailbox;

import java.util.Objects;

/// What changes in a mailbox as letters come and go.
///
/// @param uidValidity 1 to 2^32-1
/// @param uidNext the UID the next letter will have, 1 to 2^32-1
/// @param highestModSeq the account's version that changed an entry of this mailbox last (RFC 7162
///   §3.1.2.1); at least 1
public record MailboxState(
        long uidValidity, long uidNext, long highestModSeq, Counts counts, KeywordTable keywords) {
    /// Sums over a mailbox.
    ///
    /// @param unseen letters without `$seen`
    /// @param deleted letters with `$deleted`
    /// @param bytes their sizes, prefixes included
    public record Counts(long letters, long unseen, long deleted, long bytes) {
        static final Counts NONE = new Counts(0, 0, 0, 0);

        Counts marked(long before, long after) {
            return new Counts(
                    letters,
                    unseen + bit(before, KeywordTable.SEEN) - bit(after, KeywordTable.SEEN),
                    deleted + bit(after, KeywordTable.DELETED) - bit(before, KeywordTable.DELETED),
                    bytes);
        }

        private static int bit(long keywords, long bit) {
            return (keywords & bit) == 0 ? 0 : 1;
        }

        Counts plus(Entry entry) {
            return with(entry, 1);
        }

        Counts minus(Entry entry) {
            return with(entry, -1);
        }

        private Counts with(Entry entry, int sign) {
            return new Counts(
                    letters + sign,
                    unseen + (entry.has(KeywordTable.SEEN) ? 0 : sign),
                    deleted + (entry.has(KeywordTable.DELETED) ? sign : 0),
                    bytes + sign * entry.sizeBytes());
        }
    }

    public MailboxState {
        Objects.requireNonNull(counts);
        Objects.requireNonNull(keywords);
    }
}
