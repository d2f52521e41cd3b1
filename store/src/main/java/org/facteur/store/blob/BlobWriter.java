package org.facteur.store.blob;

/// Takes a blob's octets as they come, in flat memory. One thread.
///
/// Closing before [#finish()] leaves nothing behind.
public interface BlobWriter extends AutoCloseable {
    /// @throws org.facteur.store.kv.StoreFault FULL when there is no room
    void write(byte[] octets, int offset, int length);

    /// Octets written so far.
    long size();

    /// Ends the blob. The result is to be kept by a transaction or closed.
    StagedBlob finish();

    @Override
    void close();
}
