package org.facteur.wire.imap;

import java.io.IOException;

/// Where written octets go: a connection, a buffer, a test.
@FunctionalInterface
public interface ByteTarget {
    /// Takes octets. The array belongs to the caller and may change after the call returns.
    void write(byte[] octets, int offset, int length) throws IOException;
}
