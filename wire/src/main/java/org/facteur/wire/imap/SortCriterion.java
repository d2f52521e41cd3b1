package org.facteur.wire.imap;

import java.util.Objects;

/// One key of SORT (RFC 5256 §3).
///
/// @param reverse from large to small
public record SortCriterion(boolean reverse, Key key) {
    /// What letters are compared by.
    public enum Key {
        /// INTERNALDATE.
        ARRIVAL,
        /// The mailbox part of the first Cc address.
        CC,
        /// The Date field, else INTERNALDATE.
        DATE,
        /// The mailbox part of the first From address.
        FROM,
        SIZE,
        /// The base subject.
        SUBJECT,
        /// The mailbox part of the first To address.
        TO,
        /// What people see of the first From address (RFC 5957 §3).
        DISPLAYFROM,
        /// What people see of the first To address (RFC 5957 §3).
        DISPLAYTO,
        /// How well a letter fits the search, the best first (RFC 6203 §5).
        RELEVANCY
    }

    public SortCriterion {
        Objects.requireNonNull(key);
    }
}
