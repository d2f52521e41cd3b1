package org.facteur.core.queue;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.RcptParameters;

/// A recipient and what became of it.
///
/// @param status enhanced status of the last answer (RFC 3463), `4.0.0` before the first
/// @param answer the last answer in words, empty before the first; cut after 500 octets of UTF-8
/// @param wishes what the sender asked for this recipient (RFC 3461 §4)
public record QueuedRecipient(
        EmailAddress address, State state, String status, String answer, RcptParameters wishes) {
    /// The order is stored.
    public enum State {
        /// To be tried.
        WAITING,
        /// Given up; its sender is not told yet.
        FAILED,
        /// In its box here; its sender, who asked for it, is not told yet.
        DELIVERED,
        /// Taken by a server that tells nothing of success; its sender, who asked for it, is not
        /// told yet.
        RELAYED,
        /// Handed to the members of a group; its sender, who asked for it, is not told yet.
        EXPANDED
    }

    private static final int ANSWER_BYTES = 500;

    public QueuedRecipient {
        Objects.requireNonNull(address);
        Objects.requireNonNull(state);
        Objects.requireNonNull(status);
        Objects.requireNonNull(wishes);
        answer = cut(answer);
    }

    /// Many answers share one row: their octets count, not their characters.
    private static String cut(String answer) {
        int octets = 0;
        for (int i = 0; i < answer.length(); ) {
            int point = answer.codePointAt(i);
            octets += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (octets > ANSWER_BYTES) {
                return answer.substring(0, i);
            }
            i += Character.charCount(point);
        }
        return answer;
    }

    /// The most octets it may come to take in its item's row.
    int weight() {
        RcptParameters.OriginalRecipient original = wishes.original();
        int own = address.toString().getBytes(StandardCharsets.UTF_8).length + ANSWER_BYTES + 40;
        return original == null
                ? own
                : own
                        + original.type().length()
                        + original.address().getBytes(StandardCharsets.UTF_8).length;
    }

    public static QueuedRecipient waiting(EmailAddress address, RcptParameters wishes) {
        return new QueuedRecipient(address, State.WAITING, "4.0.0", "", wishes);
    }

    /// Whether it is settled and its sender is to be told.
    public boolean toTell() {
        return state != State.WAITING;
    }

    QueuedRecipient with(RcptParameters newWishes) {
        return new QueuedRecipient(address, state, status, answer, newWishes);
    }

    /// The same after an answer.
    public QueuedRecipient become(State next, String newStatus, String newAnswer) {
        return new QueuedRecipient(address, next, newStatus, newAnswer, wishes);
    }
}
