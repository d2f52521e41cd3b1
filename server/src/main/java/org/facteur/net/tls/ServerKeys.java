package org.facteur.net.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Gives the JDK's TLS the certificate for the host a client names, from those that are loaded now.
/// Any thread.
final class ServerKeys extends X509ExtendedKeyManager {
    private final Supplier<List<Identity>> loaded;

    /// @param loaded at least one; the first is for clients that name no host, or none we know
    ServerKeys(Supplier<List<Identity>> loaded) {
        this.loaded = loaded;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        SSLSession session = engine == null ? null : engine.getHandshakeSession();
        Identity identity = choose(session);
        return fits(identity, type) ? identity.pair().certificate().toString() : null;
    }

    /// The names of key types differ between versions of TLS: `EC`, `EC_EC`, `RSA`, `RSASSA-PSS`.
    private static boolean fits(Identity identity, String type) {
        String algorithm = identity.key().getAlgorithm();
        return type.equals(algorithm)
                || (type.startsWith("EC") && algorithm.equals("EC"))
                || (type.startsWith("RSA") && algorithm.equals("RSA"))
                || (type.startsWith("Ed") && algorithm.equals("EdDSA"));
    }

    private Identity choose(@Nullable SSLSession session) {
        List<Identity> all = loaded.get();
        if (session instanceof ExtendedSSLSession extended) {
            for (SNIServerName name : extended.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    String wanted = host.getAsciiName().toLowerCase(Locale.ROOT);
                    for (Identity each : all) {
                        if (CertificateNames.fits(each.chain().getFirst(), wanted)) {
                            return each;
                        }
                    }
                }
            }
        }
        return all.getFirst();
    }

    private @Nullable Identity find(String alias) {
        for (Identity each : loaded.get()) {
            if (each.pair().certificate().toString().equals(alias)) {
                return each;
            }
        }
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Identity identity = find(alias);
        return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Identity identity = find(alias);
        return identity == null ? null : identity.key();
    }

    @Override
    public @Nullable String chooseServerAlias(
            String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
