package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.Objects;

/// A letter as it lies in one mailbox.
///
/// @param uid 1 to 2^32-1
/// @param keywords bits of the mailbox's [KeywordTable]
/// @param modSeq the account's version that changed this entry last
/// @param received INTERNALDATE: when the letter arrived, to the second
/// @param sizeBytes prefix included
public record Entry(
        long uid,
        LetterId letter,
        long keywords,
        long modSeq,
        Instant received,
        Instant saved,
        long sizeBytes) {
    public Entry {
        Objects.requireNonNull(letter);
        Objects.requireNonNull(received);
        Objects.requireNonNull(saved);
        if (uid <= 0 || uid > 0xffff_ffffL) {
            throw new IllegalArgumentException("UID " + uid);
        }
    }

    Entry marked(long newKeywords, long newModSeq) {
        return new Entry(uid, letter, newKeywords, newModSeq, received, saved, sizeBytes);
    }

    /// Whether all of some keyword bits are set.
    public boolean has(long bits) {
        return (keywords & bits) == bits;
    }
}
