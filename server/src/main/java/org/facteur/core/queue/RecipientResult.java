package org.facteur.core.queue;

import java.util.Objects;
import org.facteur.wire.address.EmailAddress;

/// What an attempt meant for one recipient.
///
/// @param status enhanced status of the answer (RFC 3463)
/// @param answer in words, as the other side gave it
public record RecipientResult(EmailAddress address, Kind kind, String status, String answer) {
    /// What to do next.
    public enum Kind {
        DELIVERED,
        /// Try again later.
        DEFERRED,
        /// Never again: tell the sender.
        REFUSED
    }

    public RecipientResult {
        Objects.requireNonNull(address);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(status);
        Objects.requireNonNull(answer);
    }
}
