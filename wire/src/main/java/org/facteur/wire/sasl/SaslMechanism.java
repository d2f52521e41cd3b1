package org.facteur.wire.sasl;

import java.util.Optional;

/// The mechanisms known here, the best first.
public enum SaslMechanism {
    SCRAM_SHA_256("SCRAM-SHA-256", false),
    PLAIN("PLAIN", true),
    LOGIN("LOGIN", true);

    private final String keyword;
    private final boolean plaintext;

    SaslMechanism(String keyword, boolean plaintext) {
        this.keyword = keyword;
        this.plaintext = plaintext;
    }

    /// As protocols write it (RFC 4422 §3.1).
    public String keyword() {
        return keyword;
    }

    /// Whether the password itself crosses the line, so that the line must be encrypted.
    public boolean plaintext() {
        return plaintext;
    }

    // sasl-mech = 1*20mech-char
    /// The mechanism of a keyword in any case; empty for one that is not offered here.
    public static Optional<SaslMechanism> find(String keyword) {
        for (SaslMechanism mechanism : values()) {
            if (mechanism.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(mechanism);
            }
        }
        return Optional.empty();
    }
}
