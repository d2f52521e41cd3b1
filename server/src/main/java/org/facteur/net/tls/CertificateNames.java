package org.facteur.net.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// For which hosts a certificate is (RFC 9525 §6.3). Only DNS names count; common names do not.
final class CertificateNames {
    private static final int DNS_NAME = 2;

    private CertificateNames() {}

    /// @param host an A-label name in any case
    static boolean fits(X509Certificate certificate, String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return of(certificate).stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static List<String> of(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                for (List<?> each : all) {
                    if (each.size() > 1
                            && each.get(0) instanceof Integer kind
                            && kind == DNS_NAME
                            && each.get(1) instanceof String name) {
                        names.add(name.toLowerCase(Locale.ROOT));
                    }
                }
            }
        } catch (CertificateParsingException odd) {
            return List.of();
        }
        return names;
    }

    /// A wildcard stands for the whole first label and nothing else (RFC 9525 §6.3).
    static boolean matches(String pattern, String host) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0
                && pattern.indexOf('.', 2) > 0
                && pattern.substring(1).equals(host.substring(dot));
    }
}
