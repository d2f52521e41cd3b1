package org.facteur.wire.sieve;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a test compares what it found with its keys.
///
/// @param relation for [Kind#COUNT] and [Kind#VALUE]; else null
record Match(Kind kind, @Nullable Relation relation, SieveComparator comparator) {
    enum Kind {
        IS,
        CONTAINS,
        MATCHES,
        COUNT,
        VALUE,
        /// RFC 6134 §2.2
        LIST
    }

    /// RFC 5231 §4
    enum Relation {
        GT,
        GE,
        LT,
        LE,
        EQ,
        NE;

        static Optional<Relation> find(String keyword) {
            for (Relation each : values()) {
                if (each.name().equalsIgnoreCase(keyword)) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        }

        boolean holds(int comparison) {
            return switch (this) {
                case GT -> comparison > 0;
                case GE -> comparison >= 0;
                case LT -> comparison < 0;
                case LE -> comparison <= 0;
                case EQ -> comparison == 0;
                case NE -> comparison != 0;
            };
        }
    }

    static final Match IS = new Match(Kind.IS, null, SieveComparator.ASCII_CASEMAP);
}
