package org.facteur.store.layout;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.StoreFault;
import org.jspecify.annotations.Nullable;

/// Keys of an engine that keeps all partitions in one ordered map: the realm's code, the
/// partition's number in eight octets, high first, then the key.
public final class StoredKey {
    /// Octets before the key.
    public static final int PREFIX_BYTES = 9;

    private StoredKey() {}

    /// What all keys of a partition begin with.
    public static byte[] prefix(PartitionId partition) {
        return ByteBuffer.allocate(PREFIX_BYTES)
                .put((byte) partition.realm().code())
                .putLong(partition.number())
                .array();
    }

    public static byte[] of(byte[] prefix, Key key) {
        return join(prefix, key.toBytes());
    }

    public static byte[] join(byte[] prefix, byte[] rest) {
        byte[] joined = Arrays.copyOf(prefix, prefix.length + rest.length);
        System.arraycopy(rest, 0, joined, prefix.length, rest.length);
        return joined;
    }

    /// The first stored key after all of a range that runs to `end`, or to the partition's end.
    public static byte[] end(byte[] prefix, @Nullable Key end) {
        if (end != null) {
            return of(prefix, end);
        }
        byte[] after = prefix.clone();
        for (int i = after.length - 1; ++after[i] == 0; i--) {
            // carries; a realm's code is never ff
        }
        return after;
    }

    /// @throws StoreFault CORRUPT when no partition has such keys
    public static PartitionId partition(byte[] stored) {
        if (stored.length <= PREFIX_BYTES) {
            throw new StoreFault(StoreFault.Kind.CORRUPT, "a stored key is too short");
        }
        ByteBuffer in = ByteBuffer.wrap(stored);
        PartitionId.Realm realm = PartitionId.Realm.of((char) (in.get() & 0xff));
        long number = in.getLong();
        if (number < 0) {
            throw new StoreFault(StoreFault.Kind.CORRUPT, "a stored key has no partition");
        }
        return new PartitionId(realm, number);
    }

    public static Key key(byte[] stored) {
        return new Key(Arrays.copyOfRange(stored, PREFIX_BYTES, stored.length));
    }
}
