package org.facteur.wire.imap;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What SEARCH shall answer with: RETURN and its list (RFC 9051 §6.4.4, RFC 4731, RFC 5182, RFC
/// 9394).
///
/// @param options never empty unless `partial` is there: `RETURN ()` means ALL
/// @param partial the window asked for, or null; excludes ALL
public record SearchResultOptions(Set<Option> options, @Nullable PartialRange partial) {
    /// One thing to return.
    public enum Option {
        MIN,
        MAX,
        ALL,
        COUNT,
        /// Keep the result as `$`.
        SAVE,
        /// How well each letter fits (RFC 6203 §4).
        RELEVANCY
    }

    public SearchResultOptions {
        options = Set.copyOf(options);
        if (options.isEmpty() && partial == null) {
            throw new IllegalArgumentException("RETURN () means ALL");
        }
        if (options.contains(Option.ALL) && partial != null) {
            throw new IllegalArgumentException("PARTIAL and ALL exclude each other");
        }
    }
}
