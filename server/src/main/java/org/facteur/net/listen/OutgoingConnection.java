package org.facteur.net.listen;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/// A connection we began.
public interface OutgoingConnection extends Connection {
    /// Encrypts the line as a client. Octets that wait unread at this moment were injected and end
    /// the connection.
    ///
    /// @throws IOException when the handshake fails or the peer's certificate is not what was asked
    ///   for
    void startTlsAsClient(ClientTls tls) throws IOException;

    /// The certificates the peer showed, its own first; empty on a line in the clear.
    List<X509Certificate> peerCertificates();

    /// Whether the peer has sent something, or ended the line, since the last read.
    boolean disturbed();
}
