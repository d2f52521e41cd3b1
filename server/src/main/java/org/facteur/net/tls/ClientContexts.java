package org.facteur.net.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.facteur.net.listen.ClientTls;

/// TLS for calls out. Any thread.
public final class ClientContexts {
    private final Supplier<SslContext> anybody =
            Once.of(() -> build(builder().trustManager(InsecureTrustManagerFactory.INSTANCE)));
    private final Supplier<SslContext> verified = Once.of(() -> build(builder()));

    /// Encrypts without asking who is there: better than the clear where no policy says more (RFC
    /// 7435 §3).
    public ClientTls opportunistic(String serverName) {
        return new ClientTls(anybody.get(), serverName, false);
    }

    /// Encrypts only towards a certificate that is valid for the name.
    public ClientTls verified(String serverName) {
        return new ClientTls(verified.get(), serverName, true);
    }

    private static SslContext build(SslContextBuilder builder) {
        try {
            return builder.build();
        } catch (SSLException broken) {
            throw new IllegalStateException("TLS does not work on this machine", broken);
        }
    }

    private static SslContextBuilder builder() {
        return SslContextBuilder.forClient()
                .sslProvider(TlsPolicy.PROVIDER)
                .protocols(TlsPolicy.PROTOCOLS)
                .ciphers(TlsPolicy.CIPHERS);
    }
}
