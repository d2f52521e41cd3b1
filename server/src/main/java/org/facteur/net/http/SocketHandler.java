package org.facteur.net.http;

import java.io.IOException;

/// One conversation over a WebSocket, on a virtual thread of its own.
@FunctionalInterface
public interface SocketHandler {
    /// Runs the conversation to its end; the line is closed when this returns.
    ///
    /// @throws IOException when the client has left
    void run(SocketLine line) throws IOException;
}
