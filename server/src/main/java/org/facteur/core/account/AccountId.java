package org.facteur.core.account;

import org.facteur.store.kv.PartitionId;

/// The number of an account; never given again.
public record AccountId(long number) implements Comparable<AccountId> {
    public AccountId {
        if (number <= 0) {
            throw new IllegalArgumentException("account number " + number);
        }
    }

    /// Where everything the account owns lies.
    public PartitionId partition() {
        return new PartitionId(PartitionId.Realm.ACCOUNT, number);
    }

    @Override
    public int compareTo(AccountId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
