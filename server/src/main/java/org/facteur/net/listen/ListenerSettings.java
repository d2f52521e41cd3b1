package org.facteur.net.listen;

import java.net.InetSocketAddress;
import java.util.Objects;

/// One listening address and how peers are received on it.
///
/// @param name of the service for logs and messages, for example `smtp`
/// @param security whether lines are encrypted from the first octet, can be later, or never
/// @param refusal the line a peer hears that is not admitted, without CRLF, for example `421 4.7.0
///   …`
public record ListenerSettings(
        String name, InetSocketAddress address, Security security, String refusal) {
    /// When TLS begins.
    public enum Security {
        /// With the first octet.
        IMPLICIT,
        /// When the peer asks (STARTTLS).
        OFFERED,
        NONE
    }

    public ListenerSettings {
        Objects.requireNonNull(name);
        Objects.requireNonNull(address);
        Objects.requireNonNull(security);
        Objects.requireNonNull(refusal);
    }
}
