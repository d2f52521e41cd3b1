package org.facteur.net.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Compares a server's certificates with TLSA records.
final class AnchoredChain {
    /// Longer chains are not looked at.
    private static final int MOST = 10;

    private AnchoredChain() {}

    static Optional<TlsFault> fault(
            List<Protection.Anchor> anchors, List<String> names, List<X509Certificate> chain) {
        if (anchors.isEmpty()) {
            return Optional.empty();
        }
        if (chain.isEmpty()) {
            return Optional.of(TlsFault.VALIDATION_FAILURE);
        }
        X509Certificate own = chain.getFirst();
        for (Protection.Anchor anchor : anchors) {
            // RFC 7672 §3.1.1: with DANE-EE neither names nor dates matter.
            if (anchor.usage() == 3 && anchor.fits(own)) {
                return Optional.empty();
            }
        }
        TlsFault fault = TlsFault.VALIDATION_FAILURE;
        for (Protection.Anchor anchor : anchors) {
            if (anchor.usage() == 2 && under(anchor, chain)) {
                if (names.stream().anyMatch(name -> CertificateNames.fits(own, name))) {
                    return Optional.empty();
                }
                fault = TlsFault.CERTIFICATE_HOST_MISMATCH;
            }
        }
        return Optional.of(fault);
    }

    /// Whether each certificate is signed by the next up to one that fits the anchor, all valid now
    /// (RFC 7671 §5.2).
    private static boolean under(Protection.Anchor anchor, List<X509Certificate> chain) {
        try {
            for (int i = 0; i < Math.min(MOST, chain.size()); i++) {
                X509Certificate each = chain.get(i);
                each.checkValidity();
                if (i > 0 && each.getBasicConstraints() < 0) {
                    return false;
                }
                if (i > 0) {
                    chain.get(i - 1).verify(each.getPublicKey());
                }
                if (anchor.fits(each) && (i > 0 || selfSigned(each))) {
                    return true;
                }
            }
            return false;
        } catch (GeneralSecurityException broken) {
            return false;
        }
    }

    private static boolean selfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
