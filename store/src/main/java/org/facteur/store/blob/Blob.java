package org.facteur.store.blob;

import java.io.InputStream;

/// Stored octets, open for reading. Any thread; closed when no longer needed.
public interface Blob extends AutoCloseable {
    BlobId id();

    /// Length in octets, as written.
    long size();

    /// Reads a range.
    ///
    /// @throws IndexOutOfBoundsException outside 0..[#size()]
    /// @throws org.facteur.store.kv.StoreFault CORRUPT when the octets are not what was written
    void read(long position, byte[] target, int offset, int length);

    /// The octets from `start`, included, to `end`, excluded, in flat memory.
    InputStream open(long start, long end);

    @Override
    void close();
}
