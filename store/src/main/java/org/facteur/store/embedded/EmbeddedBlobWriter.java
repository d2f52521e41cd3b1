package org.facteur.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.StoreLimits;
import org.jspecify.annotations.Nullable;

/// Gathers a blob on the heap up to 256 KiB; past that it goes to a file frame by frame, so that
/// memory stays flat. One thread.
final class EmbeddedBlobWriter implements BlobWriter {
    private static final int FIRST_BUFFER = 8 * 1024;

    private final Path temporary;
    private final DiskSpace space;
    private final MessageDigest hash;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int buffered;
    private long size;
    private @Nullable Spill spill;
    private boolean ended;

    /// @param temporary the directory for blobs on their way
    EmbeddedBlobWriter(Path temporary, DiskSpace space) {
        this.temporary = temporary;
        this.space = space;
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        checkOpen();
        Objects.checkFromIndexSize(offset, length, octets.length);
        hash.update(octets, offset, length);
        size += length;
        int done = 0;
        while (done < length) {
            int most = spill == null ? StoreLimits.INLINE_BLOB_BYTES : BlobFrames.FRAME;
            if (buffered == most) {
                spillOver();
                continue;
            }
            int part = Math.min(length - done, most - buffered);
            if (buffered + part > buffer.length) {
                int grown = Math.max(buffer.length * 2, buffered + part);
                buffer = Arrays.copyOf(buffer, Math.min(most, grown));
            }
            System.arraycopy(octets, offset + done, buffer, buffered, part);
            buffered += part;
            done += part;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public StagedBlob finish() {
        checkOpen();
        ended = true;
        BlobId id = new BlobId(hash.digest());
        Spill file = spill;
        if (file == null) {
            byte[] octets = Arrays.copyOf(buffer, buffered);
            buffer = new byte[0];
            return new Staged.Small(id, octets, BlobPacking.pack(octets));
        }
        try {
            if (buffered > 0) {
                file.frame(buffer, buffered);
            }
            file.finish(id, size);
        } catch (IOException e) {
            file.discard();
            throw noRoom(e);
        }
        buffer = new byte[0];
        return new Staged.Large(id, size, file.path);
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            if (spill != null) {
                spill.discard();
            }
        }
        buffer = new byte[0];
    }

    /// Writes what is buffered, beginning a file if there is none.
    private void spillOver() {
        space.admit(buffered, true);
        try {
            Spill file = spill;
            if (file == null) {
                StoreDirectory.makeDirectory(temporary);
                file = new Spill(temporary.resolve(UUID.randomUUID().toString()));
                spill = file;
                for (int at = 0; at < buffered; at += BlobFrames.FRAME) {
                    int end = Math.min(buffered, at + BlobFrames.FRAME);
                    file.frame(Arrays.copyOfRange(buffer, at, end), end - at);
                }
                buffer = new byte[BlobFrames.FRAME];
            } else {
                file.frame(buffer, buffered);
            }
            buffered = 0;
        } catch (IOException e) {
            close();
            throw noRoom(e);
        }
    }

    private static StoreFault noRoom(IOException e) {
        return new StoreFault(StoreFault.Kind.FULL, "a blob could not be written", e);
    }

    private void checkOpen() {
        if (ended) {
            throw new IllegalStateException("the blob has ended");
        }
    }

    /// The file being written.
    private static final class Spill {
        private final Path path;
        private final FileChannel file;
        private final long salt = UUID.randomUUID().getLeastSignificantBits();
        private int[] entries = new int[64];
        private int used;

        Spill(Path path) throws IOException {
            this.path = path;
            this.file = StoreDirectory.newFile(path);
        }

        void frame(byte[] octets, int length) throws IOException {
            byte[] small = BlobPacking.shrunk(octets, length);
            byte[] stored = small == null ? octets : small;
            int storedLength = small == null ? length : small.length;
            int checksum = BlobFrames.checksum(salt, used / 2, stored, storedLength);
            int entry = small == null ? storedLength : storedLength | BlobFrames.COMPRESSED;
            entries = BlobFrames.append(entries, used, entry, checksum);
            used += 2;
            writeFully(stored, storedLength);
        }

        void finish(BlobId id, long size) throws IOException {
            int[] exact = Arrays.copyOf(entries, used);
            byte[] index = new BlobFrames.Index(salt, id, size, exact).encode();
            writeFully(index, index.length);
            file.force(true);
            file.close();
        }

        void discard() {
            try {
                file.close();
                Files.deleteIfExists(path);
            } catch (IOException e) {
                org.slf4j.LoggerFactory.getLogger(EmbeddedBlobWriter.class)
                        .warn("{} stays until a restart", path, e);
            }
        }

        private void writeFully(byte[] octets, int length) throws IOException {
            ByteBuffer from = ByteBuffer.wrap(octets, 0, length);
            while (from.hasRemaining()) {
                file.write(from);
            }
        }
    }
}
