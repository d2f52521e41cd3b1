package org.facteur.store.embedded;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.facteur.store.blob.BlobId;
import org.facteur.store.kv.StoreFault;

/// The file of a large blob.
///
/// ```
/// frame*     64 KiB of the blob each, the last shorter; compressed alone, or raw when that is
///            shorter, so that any range is readable
/// index      per frame: stored length, top bit set when compressed; CRC-32C of salt, number of
///            the frame and stored octets
/// footer     salt (8), blob's hash (32), size (8), frames (4), CRC-32C of index and footer (4),
///            magic (8)
/// ```
///
/// The salt makes a frame of one file wrong in any other.
final class BlobFrames {
    /// Octets of the blob in a frame.
    static final int FRAME = 64 * 1024;

    static final int INDEX_ENTRY = 8;
    static final int FOOTER = 8 + BlobId.BYTES + 8 + 4 + 4 + 8;
    static final int COMPRESSED = 0x8000_0000;

    /// "facteurB".
    static final long MAGIC = 0x66616374657572_42L;

    private BlobFrames() {}

    /// What a file's end says of it.
    ///
    /// @param entries lengths and checksums, two per frame
    @SuppressWarnings("ArrayRecordComponent")
    record Index(long salt, BlobId id, long size, int[] entries) {
        int frames() {
            return entries.length / 2;
        }

        int storedLength(int frame) {
            return entries[2 * frame] & ~COMPRESSED;
        }

        boolean compressed(int frame) {
            return (entries[2 * frame] & COMPRESSED) != 0;
        }

        int checksum(int frame) {
            return entries[2 * frame + 1];
        }

        /// Octets of the blob in one frame.
        int length(int frame) {
            return (int) Math.min(FRAME, size - (long) frame * FRAME);
        }

        byte[] encode() {
            ByteBuffer out = ByteBuffer.allocate(entries.length * 4 + FOOTER);
            for (int entry : entries) {
                out.putInt(entry);
            }
            out.putLong(salt).put(id.toBytes()).putLong(size).putInt(frames());
            CRC32C crc = new CRC32C();
            crc.update(out.array(), 0, out.position());
            return out.putInt((int) crc.getValue()).putLong(MAGIC).array();
        }
    }

    /// How long index and footer are, by the footer; 0 when it is none.
    static long encodedLength(byte[] footer) {
        ByteBuffer in = ByteBuffer.wrap(footer);
        int frames = in.getInt(FOOTER - 16);
        return in.getLong(FOOTER - 8) == MAGIC && frames >= 0
                ? (long) frames * INDEX_ENTRY + FOOTER
                : 0;
    }

    /// @throws StoreFault CORRUPT when it is not what [Index#encode] made
    static Index decode(byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        int checked = octets.length - 12;
        CRC32C crc = new CRC32C();
        crc.update(octets, 0, checked);
        int[] entries = new int[(octets.length - FOOTER) / 4];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = in.getInt();
        }
        long salt = in.getLong();
        byte[] hash = new byte[BlobId.BYTES];
        in.get(hash);
        long size = in.getLong();
        if ((int) crc.getValue() != in.getInt(checked)
                || size < 0
                || entries.length / 2 != (size + FRAME - 1) / FRAME) {
            throw damaged("index");
        }
        return new Index(salt, new BlobId(hash), size, entries);
    }

    static int checksum(long salt, int frame, byte[] stored, int length) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(12).putLong(salt).putInt(frame).flip());
        crc.update(stored, 0, length);
        return (int) crc.getValue();
    }

    /// The octets of a frame from what is stored.
    static byte[] unpack(Index index, int frame, byte[] stored) {
        if (checksum(index.salt, frame, stored, stored.length) != index.checksum(frame)) {
            throw damaged("frame " + frame);
        }
        if (index.compressed(frame)) {
            return BlobPacking.grown(stored, index.length(frame));
        }
        if (stored.length != index.length(frame)) {
            throw damaged("frame " + frame);
        }
        return stored;
    }

    static StoreFault damaged(String where) {
        return new StoreFault(StoreFault.Kind.CORRUPT, "the file of a blob, " + where);
    }

    /// Grows an index as frames are written.
    static int[] append(int[] entries, int used, int length, int checksum) {
        int[] grown =
                used + 2 > entries.length ? Arrays.copyOf(entries, entries.length * 2) : entries;
        grown[used] = length;
        grown[used + 1] = checksum;
        return grown;
    }
}
