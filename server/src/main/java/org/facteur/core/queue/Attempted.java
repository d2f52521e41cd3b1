package org.facteur.core.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.facteur.wire.smtp.RcptParameters;

/// What an item becomes after an attempt.
final class Attempted {
    /// The other side did not say in time (RFC 3463 §3.5).
    private static final String EXPIRED = "5.4.7";

    private final Supplier<RetrySchedule> retries;
    private final RandomGenerator random;

    Attempted(Supplier<RetrySchedule> retries, RandomGenerator random) {
        this.retries = retries;
        this.random = random;
    }

    /// The item with who is left; nobody may be.
    QueueItem after(QueueItem item, List<RecipientResult> results, Instant now) {
        boolean expired = retries.get().expired(item, now);
        List<QueuedRecipient> left = new ArrayList<>();
        for (QueuedRecipient recipient : item.recipients()) {
            after(item, recipient, results, expired).ifPresent(left::add);
        }
        boolean toTell = left.stream().anyMatch(QueuedRecipient::toTell);
        Instant next = toTell ? now : now.plus(wait(item.schedule().attempts() + 1));
        return item.with(left).with(item.schedule().tried(next));
    }

    /// @param attempts 1 or more
    Duration wait(int attempts) {
        return retries.get().wait(attempts, random);
    }

    private static Optional<QueuedRecipient> after(
            QueueItem item,
            QueuedRecipient recipient,
            List<RecipientResult> results,
            boolean expired) {
        if (recipient.toTell()) {
            return Optional.of(recipient);
        }
        RecipientResult result = null;
        for (RecipientResult each : results) {
            if (each.address().equals(recipient.address())) {
                result = each;
                break;
            }
        }
        if (result == null) {
            return Optional.of(
                    expired ? failed(recipient, EXPIRED, recipient.answer()) : recipient);
        }
        return switch (result.kind()) {
            case DELIVERED ->
                    item.destination() instanceof Destination.Local
                            ? told(recipient, QueuedRecipient.State.DELIVERED, result)
                            : Optional.empty();
            case RELAYED -> told(recipient, QueuedRecipient.State.RELAYED, result);
            case REFUSED -> Optional.of(failed(recipient, result.status(), result.answer()));
            case DEFERRED ->
                    Optional.of(
                            expired
                                    ? failed(recipient, EXPIRED, result.answer())
                                    : recipient.become(
                                            QueuedRecipient.State.WAITING,
                                            result.status(),
                                            result.answer()));
        };
    }

    /// Who is reached leaves the item, unless the sender asked to hear of it and we are the last to
    /// know (RFC 3461 §5.2.3).
    private static Optional<QueuedRecipient> told(
            QueuedRecipient recipient, QueuedRecipient.State state, RecipientResult result) {
        return recipient.wishes().wants(RcptParameters.Notify.SUCCESS)
                ? Optional.of(recipient.become(state, result.status(), result.answer()))
                : Optional.empty();
    }

    private static QueuedRecipient failed(QueuedRecipient recipient, String status, String answer) {
        return recipient.become(QueuedRecipient.State.FAILED, status, answer);
    }
}
