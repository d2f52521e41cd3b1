package org.facteur.store.kv;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The store could not do what was asked.
public final class StoreFault extends RuntimeException {
    /// What happened, and with it what the caller may conclude.
    public enum Kind {
        /// Others changed the partition each time it was tried; nothing was written.
        CONFLICT,
        /// Whether the write happened could not be found out. It may appear later.
        UNKNOWN_OUTCOME,
        /// No room; nothing was written. Reading and deleting still work.
        FULL,
        /// The engine has stopped writing after a failed sync or is closing; restart recovers.
        STOPPED,
        /// Stored octets are not what was written. Only the row or blob named is affected.
        CORRUPT,
        /// The store was made by a newer program; nothing was touched.
        NEWER_FORMAT
    }

    private final Kind kind;

    public StoreFault(Kind kind, String message) {
        this(kind, message, null);
    }

    public StoreFault(Kind kind, String message, @Nullable Throwable cause) {
        super(kind + ": " + message, cause);
        this.kind = Objects.requireNonNull(kind);
    }

    public Kind kind() {
        return kind;
    }

    /// Whether trying again later may succeed.
    public boolean passing() {
        return switch (kind) {
            case CONFLICT, UNKNOWN_OUTCOME, FULL, STOPPED -> true;
            case CORRUPT, NEWER_FORMAT -> false;
        };
    }
}
