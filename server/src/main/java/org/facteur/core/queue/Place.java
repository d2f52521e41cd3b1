package org.facteur.core.queue;

import java.util.Optional;

/// One of the places a destination has: whoever holds it works at the destination's letters, one
/// after the other. One thread; closed to give it back.
public final class Place implements AutoCloseable {
    private final Queue queue;
    private final Lane lane;
    private boolean left;

    Place(Queue queue, Lane lane) {
        this.queue = queue;
        this.lane = lane;
    }

    /// The next due item, which is now the caller's until it is settled or given back.
    public Optional<QueueItem> next() {
        return queue.next(lane);
    }

    /// The destination took a letter: more may work there at once.
    public void well() {
        queue.lanes().well(lane);
    }

    /// A conversation broke or was refused: fewer may.
    public void badly() {
        queue.lanes().badly(lane);
    }

    /// No server of the destination could be reached: nobody tries for a while. The holder goes on
    /// to be given what is due.
    public void unreachable() {
        queue.lanes().unreachable(lane);
    }

    @Override
    public void close() {
        if (!left) {
            left = true;
            queue.leave(lane);
        }
    }
}
