package org.facteur.store.blob;

import java.util.Arrays;
import java.util.HexFormat;

/// The SHA-256 of a blob's octets (FIPS 180-4). Immutable.
public final class BlobId implements Comparable<BlobId> {
    /// Length in octets.
    public static final int BYTES = 32;

    private final byte[] hash;

    /// @param hash copied
    public BlobId(byte[] hash) {
        if (hash.length != BYTES) {
            throw new IllegalArgumentException("hash of " + hash.length + " octets");
        }
        this.hash = hash.clone();
    }

    /// @throws IllegalArgumentException unless it is 64 hexadecimal digits
    public static BlobId parse(String hex) {
        return new BlobId(HexFormat.of().parseHex(hex));
    }

    public byte[] toBytes() {
        return hash.clone();
    }

    @Override
    public int compareTo(BlobId other) {
        return Arrays.compareUnsigned(hash, other.hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlobId id && Arrays.equals(hash, id.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    /// 64 hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(hash);
    }
}
