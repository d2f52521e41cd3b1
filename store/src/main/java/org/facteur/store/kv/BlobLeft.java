package org.facteur.store.kv;

import java.time.Instant;
import java.util.Objects;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;

/// A blob that no row refers to any more: a row of [org.facteur.store.layout.Table#BLOB_GARBAGE].
///
/// A batch that deletes such a row without putting the blob's [BlobUse] removes the blob's octets
/// with it: that is how engines learn of it.
///
/// @param version the version that took the last reference away
/// @param since when that was; kept to the millisecond
/// @param size of the blob, in octets
public record BlobLeft(long version, Instant since, long size) {
    private static final int FORMAT = 1;

    public BlobLeft {
        Objects.requireNonNull(since);
        if (version < 1 || size < 0) {
            throw new IllegalArgumentException("version " + version + ", size " + size);
        }
    }

    public byte[] encode() {
        return new Encoder(FORMAT)
                .number(version)
                .signed(since.toEpochMilli())
                .number(size)
                .toBytes();
    }

    /// @throws StoreFault CORRUPT for octets that [#encode] never made
    public static BlobLeft decode(byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        long version = in.number();
        Instant since = Instant.ofEpochMilli(in.signed());
        long size = in.number();
        in.end();
        if (version < 1) {
            throw new StoreFault(StoreFault.Kind.CORRUPT, "garbage of version " + version);
        }
        return new BlobLeft(version, since, size);
    }
}
