package org.facteur.net.listen;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/// How to be a TLS client.
///
/// @param serverName what to ask for (RFC 6066 §3) and, where the context verifies, whom to expect
/// @param verify whether the certificate must be valid for that name; otherwise any will do
///   (opportunistic TLS, RFC 7435 §3)
public record ClientTls(SslContext context, String serverName, boolean verify) {
    public ClientTls {
        Objects.requireNonNull(context);
        Objects.requireNonNull(serverName);
    }

    SslHandler handler(ByteBufAllocator buffers) {
        SslHandler handler = context.newHandler(buffers, serverName, 25);
        SSLParameters parameters = handler.engine().getSSLParameters();
        if (!serverName.isEmpty() && !serverName.startsWith("[")) {
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
        }
        if (verify) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        handler.engine().setSSLParameters(parameters);
        handler.setHandshakeTimeoutMillis(30_000);
        return handler;
    }
}
