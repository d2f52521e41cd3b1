package org.facteur.net.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.facteur.wire.text.Octets;

/// What a line to a server must be before anything is said on it that matters.
public sealed interface Protection {
    /// Never encrypted.
    record Clear() implements Protection {}

    /// Encrypted where that is offered, whoever answers (RFC 7435 §3).
    record Opportunistic() implements Protection {}

    /// Encrypted towards a certificate that trusted authorities vouch for.
    record Trusted(PeerTrust trust) implements Protection {
        public Trusted {
            Objects.requireNonNull(trust);
        }
    }

    /// Encrypted towards a certificate or key that signed DNS names (RFC 7672 §2.2).
    ///
    /// @param anchors usable ones only; none means that any certificate will do but the line must
    ///   be encrypted (RFC 7672 §2.2)
    /// @param names what a certificate under a DANE-TA anchor may be for (RFC 7672 §3.2.2)
    record Anchored(List<Anchor> anchors, List<String> names) implements Protection {
        public Anchored {
            anchors = List.copyOf(anchors);
            names = List.copyOf(names);
        }
    }

    /// One usable TLSA record (RFC 6698 §2.1).
    ///
    /// @param usage 2 (DANE-TA) or 3 (DANE-EE); others are unusable for SMTP (RFC 7672 §3.1.3)
    /// @param selector 0 the whole certificate, 1 its key
    /// @param matching 0 the octets themselves, 1 their SHA-256, 2 their SHA-512
    record Anchor(int usage, int selector, int matching, Octets data) {
        private static final int SHA_256_BYTES = 32;
        private static final int SHA_512_BYTES = 64;

        public Anchor {
            if (!usable(usage, selector, matching, data.length())) {
                throw new IllegalArgumentException("an unusable TLSA record");
            }
        }

        /// Whether a record can be used at all (RFC 7672 §3.1, RFC 7671 §5.1).
        public static boolean usable(int usage, int selector, int matching, int octets) {
            boolean length =
                    switch (matching) {
                        case 0 -> octets > 0;
                        case 1 -> octets == SHA_256_BYTES;
                        case 2 -> octets == SHA_512_BYTES;
                        default -> false;
                    };
            return (usage == 2 || usage == 3) && (selector == 0 || selector == 1) && length;
        }

        boolean fits(X509Certificate certificate) {
            try {
                byte[] chosen =
                        selector == 0
                                ? certificate.getEncoded()
                                : certificate.getPublicKey().getEncoded();
                byte[] seen =
                        switch (matching) {
                            case 1 -> MessageDigest.getInstance("SHA-256").digest(chosen);
                            case 2 -> MessageDigest.getInstance("SHA-512").digest(chosen);
                            default -> chosen;
                        };
                return Arrays.equals(seen, data.toArray());
            } catch (CertificateEncodingException odd) {
                return false;
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every JDK has SHA-2", impossible);
            }
        }
    }

    /// Whether the line must be encrypted.
    default boolean demanding() {
        return switch (this) {
            case Clear _, Opportunistic _ -> false;
            case Trusted _, Anchored _ -> true;
        };
    }

    /// What is wrong with a server's certificates; empty when nothing is.
    ///
    /// @param chain the server's own first
    /// @param host the name under which it was called
    default Optional<TlsFault> fault(List<X509Certificate> chain, String host) {
        return switch (this) {
            case Clear _, Opportunistic _ -> Optional.empty();
            case Trusted(PeerTrust trust) -> trust.fault(chain, host);
            case Anchored(List<Anchor> anchors, List<String> names) ->
                    AnchoredChain.fault(anchors, names, chain);
        };
    }
}
