package org.facteur.store.embedded;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.layout.StoredKey;

/// What protects each stored value: CRC-32C over stored key and value, then a fingerprint of the
/// stored key by another function (FNV-1a, folded), four octets each, before the value.
final class Seal {
    /// Octets added to each value.
    static final int BYTES = 8;

    private Seal() {}

    static byte[] seal(byte[] storedKey, byte[] value) {
        return ByteBuffer.allocate(BYTES + value.length)
                .putInt(checksum(storedKey, value, 0))
                .putInt(fingerprint(storedKey))
                .put(value)
                .array();
    }

    /// @return the value
    /// @throws StoreFault CORRUPT when the octets are not what was sealed under this key
    static byte[] open(byte[] storedKey, byte[] sealed) {
        if (sealed.length < BYTES) {
            throw corrupt(storedKey, null);
        }
        ByteBuffer in = ByteBuffer.wrap(sealed);
        int checksum = in.getInt();
        int fingerprint = in.getInt();
        if (fingerprint != fingerprint(storedKey)
                || checksum != checksum(storedKey, sealed, BYTES)) {
            throw corrupt(storedKey, null);
        }
        return Arrays.copyOfRange(sealed, BYTES, sealed.length);
    }

    /// The fault that names a row and says nothing of its content.
    static StoreFault corrupt(byte[] storedKey, @org.jspecify.annotations.Nullable Exception why) {
        return new StoreFault(
                StoreFault.Kind.CORRUPT,
                StoredKey.partition(storedKey) + " row " + StoredKey.key(storedKey),
                why);
    }

    private static int checksum(byte[] storedKey, byte[] octets, int from) {
        CRC32C crc = new CRC32C();
        crc.update(storedKey);
        crc.update(octets, from, octets.length - from);
        return (int) crc.getValue();
    }

    private static int fingerprint(byte[] storedKey) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : storedKey) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return (int) (hash ^ (hash >>> 32));
    }
}
