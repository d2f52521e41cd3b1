package org.facteur.net.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// A WebSocket of text messages. Reading: one thread; sending: any, one after the other.
public interface SocketLine {
    /// The next message, or empty when none came in time.
    ///
    /// @throws IOException when the client has left
    Optional<String> receive(Duration patience) throws IOException;

    /// Sends a message; returns when it was handed to the line.
    ///
    /// @throws IOException when the client has left
    void send(String message) throws IOException;

    /// Ends the line with a code (RFC 6455 §7.4.1) and a reason of at most 120 octets.
    void close(int code, String reason);
}
