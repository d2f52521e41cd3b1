package org.facteur.store.kv;

import java.util.Arrays;
import java.util.HexFormat;

/// The name of a row inside its partition: octets ordered as unsigned numbers.
///
/// Built only by [org.facteur.store.layout]. Immutable; 1 to [StoreLimits#KEY_BYTES] octets.
public final class Key implements Comparable<Key> {
    private final byte[] octets;

    /// @param octets copied
    public Key(byte[] octets) {
        if (octets.length == 0 || octets.length > StoreLimits.KEY_BYTES) {
            throw new IllegalArgumentException("key of " + octets.length + " octets");
        }
        this.octets = octets.clone();
    }

    public int length() {
        return octets.length;
    }

    public byte at(int index) {
        return octets[index];
    }

    /// A copy of the octets.
    public byte[] toBytes() {
        return octets.clone();
    }

    /// Whether this key begins with all octets of another.
    public boolean startsWith(Key prefix) {
        return octets.length >= prefix.octets.length
                && Arrays.equals(
                        octets, 0, prefix.octets.length, prefix.octets, 0, prefix.octets.length);
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(octets, other.octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(octets, key.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
