package org.facteur.wire.imap;

import org.jspecify.annotations.Nullable;

/// What an extended SEARCH found, as far as it was asked (RFC 9051 §7.3.4).
///
/// @param min or null when not asked or nothing was found
/// @param max or null when not asked or nothing was found
/// @param count or null when not asked
/// @param all in the order of the answer; null when not asked or nothing was found
/// @param partial or null when not asked (RFC 9394 §3.1)
/// @param modSeq the largest MODSEQ of what is told, or null (RFC 7162 §3.1.10)
public record SearchSummary(
        @Nullable Long min,
        @Nullable Long max,
        @Nullable Long count,
        @Nullable SequenceSet all,
        @Nullable Window partial,
        @Nullable Long modSeq) {
    /// Nothing was asked, or nothing was found.
    public static final SearchSummary NOTHING =
            new SearchSummary(null, null, null, null, null, null);

    /// The part of the result inside a window.
    ///
    /// @param found in the order of the answer; null when the window lies beyond the result
    public record Window(PartialRange range, @Nullable SequenceSet found) {}
}
