package org.facteur.core.mailbox;

/// The number of a mailbox in its account; never given again.
public record MailboxId(long number) implements Comparable<MailboxId> {
    public MailboxId {
        if (number <= 0) {
            throw new IllegalArgumentException("mailbox number " + number);
        }
    }

    @Override
    public int compareTo(MailboxId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
