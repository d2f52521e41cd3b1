package org.facteur.core.mailbox;

/// The number of a thread in its account: that of the first letter in it.
public record ThreadId(long number) implements Comparable<ThreadId> {
    public ThreadId {
        if (number <= 0) {
            throw new IllegalArgumentException("thread number " + number);
        }
    }

    @Override
    public int compareTo(ThreadId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
