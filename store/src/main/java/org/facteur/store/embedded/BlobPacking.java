package org.facteur.store.embedded;

import com.github.luben.zstd.Zstd;
import java.util.Arrays;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.StoreLimits;

/// A small blob as it is stored: its size, whether it is compressed, its octets; raw when
/// compression does not shrink them.
final class BlobPacking {
    /// Fast; letters shrink to about half.
    static final int LEVEL = 1;

    private static final int FORMAT = 1;

    private BlobPacking() {}

    static byte[] pack(byte[] octets) {
        byte[] small = shrunk(octets, octets.length);
        return new Encoder(FORMAT)
                .number(octets.length)
                .flag(small != null)
                .octets(small == null ? octets : small)
                .toBytes();
    }

    /// @throws StoreFault CORRUPT for octets that [#pack] never made
    static byte[] unpack(byte[] packed) {
        Decoder in = new Decoder(packed, FORMAT);
        int size = in.count();
        boolean compressed = in.flag();
        byte[] octets = in.octets();
        in.end();
        if (size > StoreLimits.INLINE_BLOB_BYTES || (!compressed && octets.length != size)) {
            throw damaged();
        }
        return compressed ? grown(octets, size) : octets;
    }

    /// The compressed octets, or null when they would not be fewer.
    static byte @org.jspecify.annotations.Nullable [] shrunk(byte[] octets, int length) {
        byte[] target = new byte[(int) Zstd.compressBound(length)];
        int size = Compressors.shrink(octets, length, target);
        return size < 0 || size >= length ? null : Arrays.copyOf(target, size);
    }

    /// @throws StoreFault CORRUPT unless it decompresses to exactly the size
    static byte[] grown(byte[] compressed, int size) {
        byte[] octets = new byte[size];
        if (Compressors.grow(compressed, octets) != size) {
            throw damaged();
        }
        return octets;
    }

    private static StoreFault damaged() {
        return new StoreFault(StoreFault.Kind.CORRUPT, "a blob does not decompress");
    }
}
