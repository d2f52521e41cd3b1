package org.facteur.edge.relay;

import java.util.ArrayList;
import java.util.List;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.QueuedRecipient;
import org.facteur.core.queue.RecipientResult;

/// One item while it is handed over: who is still to be tried and what was said so far. One thread.
final class Passage {
    private final QueueItem item;
    private final List<QueuedRecipient> open;
    private final List<RecipientResult> results = new ArrayList<>();

    Passage(QueueItem item) {
        this.item = item;
        this.open = new ArrayList<>(item.waiting());
    }

    QueueItem item() {
        return item;
    }

    /// Recipients without a result.
    List<QueuedRecipient> open() {
        return List.copyOf(open);
    }

    /// The first of them.
    List<QueuedRecipient> open(int most) {
        return List.copyOf(open.subList(0, Math.min(most, open.size())));
    }

    boolean done() {
        return open.isEmpty();
    }

    void result(RecipientResult result) {
        open.removeIf(each -> each.address().equals(result.address()));
        results.add(result);
    }

    /// The same for everybody who is open.
    void all(RecipientResult.Kind kind, String status, String words) {
        for (QueuedRecipient each : open) {
            results.add(new RecipientResult(each.address(), kind, status, words));
        }
        open.clear();
    }

    void refused(String status, String words) {
        all(RecipientResult.Kind.REFUSED, status, words);
    }

    void deferred(String status, String words) {
        all(RecipientResult.Kind.DEFERRED, status, words);
    }

    List<RecipientResult> results() {
        return List.copyOf(results);
    }
}
