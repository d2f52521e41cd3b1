package org.facteur.net.listen;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.facteur.wire.sasl.ChannelBinding;
import org.facteur.wire.text.LineReader;

/// A peer, as straight-line code sees it. One thread, the one its handler runs on, except [#wake]
/// and [#abort], which any thread may call.
public interface Connection extends AutoCloseable {
    /// A short name for logs, unique while the process runs.
    String id();

    /// Who is there; behind a trusted proxy, who the proxy says.
    InetSocketAddress remote();

    InetSocketAddress local();

    /// Present once the line is encrypted.
    Optional<TlsSession> tls();

    /// What a sign-in can be bound to: `tls-server-end-point` (RFC 5929 §4) of the certificate that
    /// was shown. Empty in the clear, and for a certificate that has no hash for it.
    default Optional<ChannelBinding> channelBinding() {
        return Optional.empty();
    }

    /// What the peer sends. Reads wait; they fail with [DeadlinePassed], with [ConnectionEnded]
    /// after [#abort], or with another [IOException] when the line broke. The same reader until
    /// [#startTls], which replaces it.
    LineReader input();

    /// Takes octets for the peer and keeps them until [#flush], or until there are many. Waits when
    /// the peer does not read.
    OutputStream output();

    /// Sends all that was written.
    void flush() throws IOException;

    /// Waits until the peer has sent something, [#wake] was called, or time has passed. Gives
    /// buffers back while it waits.
    Awaited await(Duration timeout) throws IOException;

    /// Ends a wait, now or the next one. Any thread; never blocks.
    void wake();

    /// From now on all reads and writes together may take this long, until the next call.
    void deadline(Duration total);

    /// Holds the peer back: nothing is read or written meanwhile. Ends early when the peer leaves.
    void pause(Duration time) throws IOException;

    /// Encrypts the line as a server.
    ///
    /// What the peer sent before is not carried over: octets that wait unread at this moment are an
    /// injection and end the connection.
    ///
    /// @param goAhead the answer that tells the peer to begin, CRLF included; sent in the clear
    /// @throws IOException when the handshake fails, or octets were waiting
    void startTls(byte[] goAhead) throws IOException;

    /// Whether [#startTls] can be offered: there are certificates and the line is in the clear.
    boolean canStartTls();

    /// Compresses both directions from now on (RFC 4978), after one last answer in the plain.
    ///
    /// @param goAhead the answer
    /// @throws IOException also when the peer did not wait for the answer
    /// @throws IllegalStateException when it is compressed already
    void compress(byte[] goAhead) throws IOException;

    /// Whether the line is compressed.
    boolean compressed();

    /// Whether the server is stopping: say goodbye at the next occasion.
    boolean stopping();

    /// Ends the connection at once from any thread.
    void abort();

    /// Sends what was written and ends the connection.
    @Override
    void close();

    /// Why a wait ended.
    enum Awaited {
        /// Octets are there, or the peer has ended: the next read returns at once.
        INPUT,
        WOKEN,
        TIMEOUT
    }

    /// What is known of an encrypted line.
    ///
    /// @param protocol for example `TLSv1.3`
    /// @param serverName what the peer asked for (RFC 6066 §3), if it did
    record TlsSession(String protocol, String cipher, Optional<String> serverName) {}
}
