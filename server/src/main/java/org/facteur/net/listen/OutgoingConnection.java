package org.facteur.net.listen;

import java.io.IOException;

/// A connection we began.
public interface OutgoingConnection extends Connection {
    /// Encrypts the line as a client. Octets that wait unread at this moment were injected and end
    /// the connection.
    ///
    /// @throws IOException when the handshake fails or the peer's certificate is not what was asked
    ///   for
    void startTlsAsClient(ClientTls tls) throws IOException;
}
