package org.facteur.core.mailbox;

/// The number of a letter in its account, in order of arrival; never given again.
public record LetterId(long number) implements Comparable<LetterId> {
    public LetterId {
        if (number <= 0) {
            throw new IllegalArgumentException("letter number " + number);
        }
    }

    @Override
    public int compareTo(LetterId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
