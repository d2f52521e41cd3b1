package org.facteur.net.listen;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.facteur.wire.sasl.ChannelBinding;
import org.facteur.wire.text.Octets;

/// The binding `tls-server-end-point`: the hash of the server's own certificate (RFC 5929 §4.1).
final class ServerEndPoint {
    private ServerEndPoint() {}

    /// @return empty where our certificate is not known, or its signature uses no single hash
    static Optional<ChannelBinding> of(SSLSession session) {
        Certificate[] own = session.getLocalCertificates();
        return own == null || own.length == 0 || !(own[0] instanceof X509Certificate certificate)
                ? Optional.empty()
                : of(certificate);
    }

    static Optional<ChannelBinding> of(X509Certificate certificate) {
        return hash(certificate.getSigAlgName().toUpperCase(Locale.ROOT))
                .map(hash -> digest(hash, certificate))
                .map(data -> new ChannelBinding(ChannelBinding.SERVER_END_POINT, data));
    }

    /// MD5 and SHA-1 are taken for SHA-256.
    private static Optional<String> hash(String signature) {
        int with = signature.indexOf("WITH");
        return switch (with < 0 ? "" : signature.substring(0, with)) {
            case "MD5", "SHA1", "SHA256" -> Optional.of("SHA-256");
            case "SHA384" -> Optional.of("SHA-384");
            case "SHA512" -> Optional.of("SHA-512");
            default -> Optional.empty();
        };
    }

    private static Octets digest(String hash, X509Certificate certificate) {
        try {
            return Octets.copyOf(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
