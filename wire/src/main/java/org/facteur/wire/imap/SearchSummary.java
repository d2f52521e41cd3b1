package org.facteur.wire.imap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an extended SEARCH found, as far as it was asked (RFC 9051 §7.3.4).
///
/// @param min or null when not asked or nothing was found
/// @param max or null when not asked or nothing was found
/// @param count or null when not asked
/// @param all in the order of the answer; null when not asked or nothing was found
/// @param partial or null when not asked (RFC 9394 §3.1)
/// @param relevancy how well the letters of `all` or `partial` fit, 1 to 100, in their order; null
///   when not asked (RFC 6203 §4)
/// @param modSeq the largest MODSEQ of what is told, or null (RFC 7162 §3.1.10)
public record SearchSummary(
        @Nullable Long min,
        @Nullable Long max,
        @Nullable Long count,
        @Nullable SequenceSet all,
        @Nullable Window partial,
        @Nullable List<Integer> relevancy,
        @Nullable Long modSeq) {
    public SearchSummary {
        relevancy = relevancy == null ? null : List.copyOf(relevancy);
    }

    /// Nothing was asked, or nothing was found.
    public static final SearchSummary NOTHING =
            new SearchSummary(null, null, null, null, null, null, null);

    /// The part of the result inside a window.
    ///
    /// @param found in the order of the answer; null when the window lies beyond the result
    public record Window(PartialRange range, @Nullable SequenceSet found) {}
}
