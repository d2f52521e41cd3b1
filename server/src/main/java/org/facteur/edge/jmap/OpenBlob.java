package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;

/// Octets of a client's account, open for reading; closed when no longer needed.
interface OpenBlob extends AutoCloseable {
    /// In octets, or -1 where only reading tells.
    long size();

    /// What is known of their type.
    String type();

    /// From the first octet; closed by the caller. May be asked for again.
    InputStream open() throws IOException;

    @Override
    void close();
}
