package org.facteur.net.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Asks trusted authorities whether a certificate is its host's. Any thread.
public final class PeerTrust {
    private final Supplier<X509TrustManager> authorities;

    private PeerTrust(@Nullable KeyStore roots) {
        this.authorities = Once.of(() -> manager(roots));
    }

    private static X509TrustManager manager(@Nullable KeyStore roots) {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(roots);
            for (TrustManager each : factory.getTrustManagers()) {
                if (each instanceof X509TrustManager manager) {
                    return manager;
                }
            }
            throw new IllegalStateException("this machine trusts nobody");
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("certificates cannot be checked here", broken);
        }
    }

    /// The authorities of the JDK.
    public static PeerTrust standard() {
        return new PeerTrust(null);
    }

    /// These authorities and no others.
    public static PeerTrust of(KeyStore roots) {
        return new PeerTrust(roots);
    }

    /// @param chain the host's own first
    Optional<TlsFault> fault(List<X509Certificate> chain, String host) {
        if (chain.isEmpty()) {
            return Optional.of(TlsFault.VALIDATION_FAILURE);
        }
        X509Certificate own = chain.getFirst();
        try {
            own.checkValidity();
            authorities
                    .get()
                    .checkServerTrusted(
                            chain.toArray(X509Certificate[]::new),
                            own.getPublicKey().getAlgorithm());
        } catch (CertificateExpiredException | CertificateNotYetValidException expired) {
            return Optional.of(TlsFault.CERTIFICATE_EXPIRED);
        } catch (CertificateException untrusted) {
            return Optional.of(TlsFault.CERTIFICATE_NOT_TRUSTED);
        }
        return CertificateNames.fits(own, host)
                ? Optional.empty()
                : Optional.of(TlsFault.CERTIFICATE_HOST_MISMATCH);
    }

    /// The authorities, for clients that ask them during the handshake.
    public X509TrustManager authorities() {
        return authorities.get();
    }
}
