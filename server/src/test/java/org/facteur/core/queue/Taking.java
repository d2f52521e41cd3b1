package org.facteur.core.queue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes due items as a worker does.
final class Taking {
    private Taking() {}

    static List<QueueItem> take(Queue queue, int most) {
        List<QueueItem> items = new ArrayList<>();
        for (Optional<Place> place = queue.enter(); place.isPresent(); place = queue.enter()) {
            try (Place at = place.get()) {
                while (items.size() < most) {
                    Optional<QueueItem> item = at.next();
                    if (item.isEmpty()) {
                        break;
                    }
                    items.add(item.get());
                }
            }
            if (items.size() == most) {
                break;
            }
        }
        return items;
    }

    static Optional<Instant> nextDue(Queue queue, InstantSource clock) {
        return queue.untilNext().map(wait -> clock.instant().plus(wait));
    }
}
