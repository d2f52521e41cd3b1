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
    /// RFC 3461 §3.
    DSN("DSN"),
    /// RFC 3030 §3.
    BINARYMIME("BINARYMIME"),
    /// RFC 8689 §2.
    REQUIRETLS("REQUIRETLS"),
    /// RFC 9422 §4; its parameters are `name=value`.
    LIMITS("LIMITS");

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
