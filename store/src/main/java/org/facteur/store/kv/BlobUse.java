package org.facteur.store.kv;

import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;

/// How many rows of a partition refer to a blob: a row of
/// [org.facteur.store.layout.Table#BLOB_REFERENCES].
///
/// @param count 1 or more
/// @param size of the blob, in octets
public record BlobUse(long count, long size) {
    private static final int FORMAT = 1;

    public BlobUse {
        if (count < 1 || size < 0) {
            throw new IllegalArgumentException(count + " references to " + size + " octets");
        }
    }

    public byte[] encode() {
        return new Encoder(FORMAT).number(count).number(size).toBytes();
    }

    /// @throws StoreFault CORRUPT for octets that [#encode] never made
    public static BlobUse decode(byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        long count = in.number();
        long size = in.number();
        in.end();
        if (count < 1) {
            throw new StoreFault(StoreFault.Kind.CORRUPT, "a blob with no references is counted");
        }
        return new BlobUse(count, size);
    }
}
