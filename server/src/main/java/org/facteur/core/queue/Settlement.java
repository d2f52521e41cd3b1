package org.facteur.core.queue;

import java.util.List;
import java.util.Objects;

/// What an attempt did.
///
/// @param item as it was taken
/// @param results for some or all waiting recipients; others count as deferred
public record Settlement(QueueItem item, List<RecipientResult> results, Carriage carriage) {
    public Settlement {
        Objects.requireNonNull(item);
        results = List.copyOf(results);
        Objects.requireNonNull(carriage);
    }

    /// The most octets it may come to take in a transaction: the item's row anew and its timeline.
    int weight() {
        int recipients = item.recipients().stream().mapToInt(QueuedRecipient::weight).sum();
        int timeline = item.schedule().attempts() == 0 ? 4_000 : Timeline.MOST_BYTES;
        return item.letter().prefix().length + recipients + timeline + 1_000;
    }
}
