package org.facteur.net.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLException;
import org.facteur.net.listen.ClientTls;

/// TLS for calls out. Any thread.
public final class ClientContexts {
    private final SslContext anybody;
    private final SslContext verified;

    public ClientContexts() {
        try {
            anybody = builder().trustManager(InsecureTrustManagerFactory.INSTANCE).build();
            verified = builder().build();
        } catch (SSLException broken) {
            throw new IllegalStateException("TLS does not work on this machine", broken);
        }
    }

    /// Encrypts without asking who is there: better than the clear where no policy says more (RFC
    /// 7435 §3).
    public ClientTls opportunistic(String serverName) {
        return new ClientTls(anybody, serverName, false);
    }

    /// Encrypts only towards a certificate that is valid for the name.
    public ClientTls verified(String serverName) {
        return new ClientTls(verified, serverName, true);
    }

    private static SslContextBuilder builder() {
        return SslContextBuilder.forClient()
                .sslProvider(TlsPolicy.PROVIDER)
                .protocols(TlsPolicy.PROTOCOLS)
                .ciphers(TlsPolicy.CIPHERS);
    }
}
