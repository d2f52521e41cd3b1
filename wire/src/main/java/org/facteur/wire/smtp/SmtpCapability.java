package org.facteur.wire.smtp;

import java.util.Optional;

/// Extensions by their EHLO keywords.
public enum SmtpCapability {
    /// RFC 2920 §3.1.
    PIPELINING("PIPELINING"),
    /// RFC 1870 §4; its parameter is the largest letter in octets.
    SIZE("SIZE"),
    /// RFC 6152 §2.
    EIGHT_BIT_MIME("8BITMIME"),
    /// RFC 6531 §3.1.
    SMTPUTF8("SMTPUTF8"),
    /// RFC 2034 §3.
    ENHANCED_STATUS_CODES("ENHANCEDSTATUSCODES"),
    /// RFC 3207 §2.
    STARTTLS("STARTTLS"),
    /// RFC 4954 §3; its parameters are mechanisms.
    AUTH("AUTH"),
    /// RFC 3030 §2.
    CHUNKING("CHUNKING"),
    /// RFC 3030 §3.
    BINARYMIME("BINARYMIME"),
    /// RFC 3461 §3.
    DSN("DSN"),
    /// RFC 9422 §3; its parameters are limits.
    LIMITS("LIMITS"),
    /// RFC 8689 §2.
    REQUIRETLS("REQUIRETLS"),
    /// RFC 4865 §3; its parameters are the longest wait in seconds and the last moment.
    FUTURERELEASE("FUTURERELEASE"),
    /// RFC 6710 §3; its parameter is a profile.
    MT_PRIORITY("MT-PRIORITY");

    private final String keyword;

    SmtpCapability(String keyword) {
        this.keyword = keyword;
    }

    public String keyword() {
        return keyword;
    }

    /// The extension of a keyword in any case.
    public static Optional<SmtpCapability> find(String keyword) {
        for (SmtpCapability capability : values()) {
            if (capability.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(capability);
            }
        }
        return Optional.empty();
    }
}
