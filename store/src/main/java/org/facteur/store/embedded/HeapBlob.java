package org.facteur.store.embedded;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.BlobId;

/// A small blob, whole on the heap. Any thread; closing it does nothing.
@SuppressWarnings("ArrayRecordComponent")
record HeapBlob(BlobId id, byte[] octets) implements Blob {
    HeapBlob {
        Objects.requireNonNull(id);
    }

    @Override
    public long size() {
        return octets.length;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        Objects.checkFromIndexSize(position, length, size());
        System.arraycopy(octets, (int) position, target, offset, length);
    }

    @Override
    public InputStream open(long start, long end) {
        Objects.checkFromToIndex(start, end, size());
        return new ByteArrayInputStream(octets, (int) start, (int) (end - start));
    }

    @Override
    public void close() {
        // the heap takes it back
    }
}
