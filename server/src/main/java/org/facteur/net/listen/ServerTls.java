package org.facteur.net.listen;

import io.netty.channel.ChannelHandler;

/// Certificates for a listener. Any thread.
@FunctionalInterface
public interface ServerTls {
    /// A new handler for one handshake, with the certificate that fits the name the peer asks for.
    ChannelHandler handler();
}
