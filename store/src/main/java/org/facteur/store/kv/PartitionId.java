package org.facteur.store.kv;

import java.util.Objects;

/// Which partition: a realm and a number in it.
///
/// @param number 0 or more, never used again after the partition is erased
public record PartitionId(Realm realm, long number) implements Comparable<PartitionId> {
    /// What a partition holds. The code is part of stored keys and never changes.
    public enum Realm {
        /// Domains, people, aliases, credentials: one partition, number 0.
        DIRECTORY('d'),
        /// Letters on their way out: a fixed number of shards.
        QUEUE('q'),
        /// One account: its mailboxes, letters and all else it owns.
        ACCOUNT('a'),
        /// Settings, leases of background tasks, reports: one partition each.
        SYSTEM('s');

        private final char code;

        Realm(char code) {
            this.code = code;
        }

        public char code() {
            return code;
        }

        /// @throws StoreFault [StoreFault.Kind#CORRUPT] for a code that no realm has
        public static Realm of(char code) {
            for (Realm realm : values()) {
                if (realm.code == code) {
                    return realm;
                }
            }
            throw new StoreFault(StoreFault.Kind.CORRUPT, "unknown realm in a stored key");
        }
    }

    public static final PartitionId DIRECTORY = new PartitionId(Realm.DIRECTORY, 0);

    public PartitionId {
        Objects.requireNonNull(realm);
        if (number < 0) {
            throw new IllegalArgumentException("partition number " + number);
        }
    }

    @Override
    public int compareTo(PartitionId other) {
        int byRealm = Character.compare(realm.code, other.realm.code);
        return byRealm != 0 ? byRealm : Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return realm.code + "-" + number;
    }
}
