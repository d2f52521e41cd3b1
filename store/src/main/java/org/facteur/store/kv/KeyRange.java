package org.facteur.store.kv;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A run of keys: from `start`, included, to `end`, excluded.
///
/// @param end null means to the end of the partition
public record KeyRange(Key start, @Nullable Key end) {
    public KeyRange {
        Objects.requireNonNull(start);
        if (end != null && start.compareTo(end) > 0) {
            throw new IllegalArgumentException("range runs backwards");
        }
    }

    /// All keys that begin with a prefix.
    public static KeyRange of(Key prefix) {
        return new KeyRange(prefix, after(prefix));
    }

    /// The same range without what lies at or before a key: the next page of a scan.
    public KeyRange after(Row last) {
        if (last.key().length() < StoreLimits.KEY_BYTES) {
            byte[] next = Arrays.copyOf(last.key().toBytes(), last.key().length() + 1);
            return new KeyRange(new Key(next), end);
        }
        Key next = after(last.key());
        if (next == null || (end != null && next.compareTo(end) > 0)) {
            return new KeyRange(last.key(), last.key());
        }
        return new KeyRange(next, end);
    }

    /// The same range without what lies at or after a key: the next page of a backward scan.
    public KeyRange before(Row last) {
        return new KeyRange(start, last.key());
    }

    public boolean contains(Key key) {
        return key.compareTo(start) >= 0 && (end == null || key.compareTo(end) < 0);
    }

    private static @Nullable Key after(Key prefix) {
        byte[] octets = prefix.toBytes();
        int last = octets.length - 1;
        while (last >= 0 && octets[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            return null;
        }
        octets[last]++;
        return new Key(Arrays.copyOf(octets, last + 1));
    }
}
