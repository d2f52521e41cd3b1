package org.facteur.store.memory;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;

/// Gathers a blob on the heap.
final class HeapBlobWriter implements BlobWriter {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private boolean finished;

    @Override
    public void write(byte[] source, int offset, int length) {
        checkOpen();
        Objects.checkFromIndexSize(offset, length, source.length);
        octets.write(source, offset, length);
    }

    @Override
    public long size() {
        return octets.size();
    }

    @Override
    public StagedBlob finish() {
        checkOpen();
        finished = true;
        byte[] whole = octets.toByteArray();
        try {
            return new HeapBlob(
                    new BlobId(MessageDigest.getInstance("SHA-256").digest(whole)), whole);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        finished = true;
    }

    private void checkOpen() {
        if (finished) {
            throw new IllegalStateException("the blob has ended");
        }
    }
}
