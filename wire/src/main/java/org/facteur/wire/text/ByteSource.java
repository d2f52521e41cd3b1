package org.facteur.wire.text;

import java.io.IOException;

/// Where octets come from: a connection, a file, an array cut in pieces.
@FunctionalInterface
public interface ByteSource {
    /// Reads at least one octet, waiting if there is none yet.
    ///
    /// @param length the most to read, at least 1
    /// @return how many octets were written at `offset`, or -1 when the peer has ended
    int read(byte[] target, int offset, int length) throws IOException;
}
