package org.facteur.core.queue;

/// The number of an item: grows with time, never given again, and names its shard.
public record QueueId(long number) implements Comparable<QueueId> {
    /// How many partitions the queue is spread over. Part of the stored format.
    public static final int SHARDS = 4;

    public QueueId {
        if (number < 0) {
            throw new IllegalArgumentException("queue number " + number);
        }
    }

    static QueueId of(int shard, long sequence) {
        return new QueueId(sequence * SHARDS + shard);
    }

    /// Which part of the queue the item is in, 0 to [#SHARDS] - 1.
    public int shard() {
        return (int) (number % SHARDS);
    }

    @Override
    public int compareTo(QueueId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
