package org.facteur.core.mailbox;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.facteur.store.blob.Blob;

/// A letter's octets as readers see them: the prefix, then the blob. Any range, in flat memory.
/// Closed when no longer needed.
public final class LetterContent implements AutoCloseable {
    private final byte[] prefix;
    private final Blob blob;

    LetterContent(byte[] prefix, Blob blob) {
        this.prefix = prefix;
        this.blob = blob;
    }

    /// The octets without the prefix; closed with this.
    Blob blob() {
        return blob;
    }

    /// RFC822.SIZE.
    public long size() {
        return prefix.length + blob.size();
    }

    /// Octets before the letter's own first one: what index offsets must be moved by.
    public int prefixLength() {
        return prefix.length;
    }

    /// The octets from `start`, included, to `end`, excluded, counted with the prefix.
    ///
    /// @throws IndexOutOfBoundsException outside 0..[#size()]
    public InputStream open(long start, long end) {
        if (start < 0 || start > end || end > size()) {
            throw new IndexOutOfBoundsException(start + ".." + end + " of " + size());
        }
        if (start >= prefix.length) {
            return blob.open(start - prefix.length, end - prefix.length);
        }
        int stop = (int) Math.min(prefix.length, end);
        InputStream head = new ByteArrayInputStream(prefix, (int) start, stop - (int) start);
        return end <= prefix.length
                ? head
                : new SequenceInputStream(head, blob.open(0, end - prefix.length));
    }

    /// A range in one array.
    public byte[] read(long start, int length) {
        try (InputStream in = open(start, start + length)) {
            byte[] octets = in.readNBytes(length);
            if (octets.length != length) {
                throw new IllegalStateException("a blob ended before its size");
            }
            return octets;
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() {
        blob.close();
    }
}
