package org.facteur.net.listen;

import java.io.IOException;

/// Holds one conversation from its first octet to its last.
@FunctionalInterface
public interface ConnectionHandler {
    /// Runs on the connection's virtual thread; the connection is closed when this returns or
    /// throws.
    void run(Connection connection) throws IOException;
}
