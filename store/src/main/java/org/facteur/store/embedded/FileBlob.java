package org.facteur.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.BlobId;
import org.facteur.store.kv.StoreFault;

/// A large blob open for reading: one frame in memory at a time. Any thread; readers take turns.
final class FileBlob implements Blob {
    private final FileChannel file;
    private final BlobFrames.Index index;
    private final long[] positions;
    private final ReentrantLock lock = new ReentrantLock();
    private int cachedFrame = -1;
    private byte[] cached = new byte[0];

    private FileBlob(FileChannel file, BlobFrames.Index index) {
        this.file = file;
        this.index = index;
        this.positions = new long[index.frames() + 1];
        for (int i = 0; i < index.frames(); i++) {
            positions[i + 1] = positions[i] + index.storedLength(i);
        }
    }

    /// @throws StoreFault CORRUPT when it is not there, damaged, or another blob's
    static FileBlob open(Path path, BlobId id) {
        FileChannel file;
        try {
            file = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw unreadable(id, e);
        }
        try {
            FileBlob blob = new FileBlob(file, readIndex(file));
            if (!blob.id().equals(id)
                    || blob.positions[blob.index.frames()]
                                    + (long) blob.index.frames() * BlobFrames.INDEX_ENTRY
                                    + BlobFrames.FOOTER
                            != file.size()) {
                throw BlobFrames.damaged("which is another's");
            }
            return blob;
        } catch (IOException | StoreFault e) {
            closeQuietly(file, e);
            throw unreadable(id, e);
        }
    }

    @Override
    public BlobId id() {
        return index.id();
    }

    @Override
    public long size() {
        return index.size();
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        Objects.checkFromIndexSize(position, length, size());
        lock.lock();
        try {
            int done = 0;
            while (done < length) {
                int frame = (int) ((position + done) / BlobFrames.FRAME);
                int within = (int) ((position + done) % BlobFrames.FRAME);
                byte[] octets = frame(frame);
                int part = Math.min(length - done, octets.length - within);
                System.arraycopy(octets, within, target, offset + done, part);
                done += part;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public InputStream open(long start, long end) {
        Objects.checkFromToIndex(start, end, size());
        return new Range(start, end);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw unreadable(id(), e);
        }
    }

    private byte[] frame(int frame) {
        if (frame != cachedFrame) {
            byte[] stored = new byte[index.storedLength(frame)];
            try {
                readFully(file, positions[frame], stored);
                cached = BlobFrames.unpack(index, frame, stored);
            } catch (IOException | StoreFault e) {
                throw unreadable(id(), e);
            }
            cachedFrame = frame;
        }
        return cached;
    }

    private static BlobFrames.Index readIndex(FileChannel file) throws IOException {
        if (file.size() < BlobFrames.FOOTER) {
            throw BlobFrames.damaged("which is too short");
        }
        byte[] footer = new byte[BlobFrames.FOOTER];
        readFully(file, file.size() - footer.length, footer);
        long length = BlobFrames.encodedLength(footer);
        if (length == 0 || length > file.size() || length > Integer.MAX_VALUE - 8) {
            throw BlobFrames.damaged("footer");
        }
        byte[] encoded = new byte[(int) length];
        readFully(file, file.size() - length, encoded);
        return BlobFrames.decode(encoded);
    }

    private static void readFully(FileChannel file, long position, byte[] target)
            throws IOException {
        ByteBuffer into = ByteBuffer.wrap(target);
        while (into.hasRemaining()) {
            if (file.read(into, position + into.position()) < 0) {
                throw BlobFrames.damaged("which ends early");
            }
        }
    }

    private static StoreFault unreadable(BlobId id, Exception why) {
        StoreFault.Kind kind =
                why instanceof ClosedChannelException
                        ? StoreFault.Kind.STOPPED
                        : StoreFault.Kind.CORRUPT;
        return new StoreFault(kind, "blob " + id + " cannot be read", why);
    }

    private static void closeQuietly(FileChannel file, Exception because) {
        try {
            file.close();
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /// A stream over a range, in the memory of one frame.
    private final class Range extends InputStream {
        private final long end;
        private long at;

        Range(long start, long end) {
            this.at = start;
            this.end = end;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (at >= end) {
                return -1;
            }
            int part = (int) Math.min(length, end - at);
            FileBlob.this.read(at, target, offset, part);
            at += part;
            return part;
        }

        @Override
        public long skip(long octets) {
            long skipped = Math.clamp(octets, 0, end - at);
            at += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, end - at);
        }
    }
}
