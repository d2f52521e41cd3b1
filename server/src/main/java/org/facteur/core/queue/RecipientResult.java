package org.facteur.core.queue;

import java.util.Objects;
import org.facteur.wire.address.EmailAddress;

/// What an attempt meant for one recipient.
///
/// @param status enhanced status of the answer (RFC 3463)
/// @param answer in words, as the other side gave it
public record RecipientResult(EmailAddress address, Kind kind, String status, String answer) {
    /// What to do next. The order is stored.
    public enum Kind {
        /// In its box, or with a server that tells the rest itself.
        DELIVERED,
        /// Try again later.
        DEFERRED,
        /// Never again: tell the sender.
        REFUSED,
        /// With a server that tells nothing of success (RFC 3461 §5.2.3).
        RELAYED
    }

    public RecipientResult {
        Objects.requireNonNull(address);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(status);
        Objects.requireNonNull(answer);
    }
}
