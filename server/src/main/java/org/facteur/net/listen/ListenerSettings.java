package org.facteur.net.listen;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import org.facteur.base.config.AddressRange;

/// One listening address and how peers are received on it.
///
/// @param name of the service for logs and messages, for example `smtp`
/// @param address an [java.net.InetSocketAddress], or a [java.net.UnixDomainSocketAddress], whose
///   peers count as the machine's own loopback
/// @param security whether lines are encrypted from the first octet, can be later, or never
/// @param refusal the line a peer hears that is not admitted, without CRLF, for example `421 4.7.0
///   …`
/// @param proxies who must say by the PROXY protocol whom it brings
public record ListenerSettings(
        String name,
        SocketAddress address,
        Security security,
        String refusal,
        List<AddressRange> proxies) {
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
        proxies = List.copyOf(proxies);
    }

    /// A listener without proxies before it.
    public ListenerSettings(String name, SocketAddress address, Security security, String refusal) {
        this(name, address, security, refusal, List.of());
    }

    public ListenerSettings with(List<AddressRange> newProxies) {
        return new ListenerSettings(name, address, security, refusal, newProxies);
    }

    boolean isProxy(InetAddress peer) {
        return proxies.stream().anyMatch(range -> range.contains(peer));
    }
}
