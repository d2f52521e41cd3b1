package org.facteur.core.mailbox;

import java.util.Objects;
import java.util.Set;

/// A change of keywords.
///
/// @param unchangedSince entries with a later MODSEQ are left alone (RFC 7162 §3.1.3); [#ALWAYS]
///   for no such condition
public record Marking(Mode mode, Set<Keyword> keywords, long unchangedSince) {
    /// No condition on the MODSEQ.
    public static final long ALWAYS = Long.MAX_VALUE;

    /// What happens to the keywords named.
    public enum Mode {
        ADD,
        REMOVE,
        /// Exactly these, no others.
        REPLACE
    }

    public Marking {
        Objects.requireNonNull(mode);
        keywords = Set.copyOf(keywords);
    }

    public static Marking add(Set<Keyword> keywords) {
        return new Marking(Mode.ADD, keywords, ALWAYS);
    }

    public static Marking remove(Set<Keyword> keywords) {
        return new Marking(Mode.REMOVE, keywords, ALWAYS);
    }

    long apply(long before, long bits) {
        return switch (mode) {
            case ADD -> before | bits;
            case REMOVE -> before & ~bits;
            case REPLACE -> bits;
        };
    }
}
