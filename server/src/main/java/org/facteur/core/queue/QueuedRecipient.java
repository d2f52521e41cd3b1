package org.facteur.core.queue;

import java.util.Objects;
import org.facteur.wire.address.EmailAddress;

/// A recipient and what became of it.
///
/// @param status enhanced status of the last answer (RFC 3463), `4.0.0` before the first
/// @param answer the last answer in words, empty before the first; at most 500 characters
public record QueuedRecipient(EmailAddress address, State state, String status, String answer) {
    /// The order is stored.
    public enum State {
        /// To be tried.
        WAITING,
        /// Given up; its sender is not told yet.
        FAILED
    }

    private static final int ANSWER_LENGTH = 500;

    public QueuedRecipient {
        Objects.requireNonNull(address);
        Objects.requireNonNull(state);
        Objects.requireNonNull(status);
        if (answer.length() > ANSWER_LENGTH) {
            answer = answer.substring(0, ANSWER_LENGTH);
        }
    }

    static QueuedRecipient waiting(EmailAddress address) {
        return new QueuedRecipient(address, State.WAITING, "4.0.0", "");
    }
}
