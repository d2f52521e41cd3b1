package org.facteur.wire.sasl;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The mechanisms known here, the best first.
public enum SaslMechanism {
    /// On encrypted lines with something to bind to.
    SCRAM_SHA_256_PLUS("SCRAM-SHA-256-PLUS", false),
    SCRAM_SHA_256("SCRAM-SHA-256", false),
    /// Where somebody checks tokens.
    OAUTHBEARER("OAUTHBEARER", true),
    /// What OAUTHBEARER was before it was a standard; older programs know only this.
    XOAUTH2("XOAUTH2", true),
    PLAIN("PLAIN", true),
    LOGIN("LOGIN", true);

    /// Those that need nothing but a name and a password.
    public static final List<SaslMechanism> PASSWORDS = List.of(SCRAM_SHA_256, PLAIN, LOGIN);

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

    /// Whether the password or token itself crosses the line, so that the line must be encrypted.
    public boolean plaintext() {
        return plaintext;
    }

    /// Those that can be offered, the best first.
    ///
    /// @param binding whether the line has something to bind to
    /// @param tokens whether somebody checks tokens
    public static List<SaslMechanism> offered(boolean binding, boolean tokens) {
        return Arrays.stream(values())
                .filter(
                        mechanism ->
                                switch (mechanism) {
                                    case SCRAM_SHA_256_PLUS -> binding;
                                    case OAUTHBEARER, XOAUTH2 -> tokens;
                                    case SCRAM_SHA_256, PLAIN, LOGIN -> true;
                                })
                .toList();
    }

    /// The mechanism of a keyword in any case, among those that need only a password; empty for any
    /// other.
    public static Optional<SaslMechanism> find(String keyword) {
        return find(keyword, PASSWORDS);
    }

    // sasl-mech = 1*20mech-char
    /// The mechanism of a keyword in any case; empty for one that is not offered.
    public static Optional<SaslMechanism> find(String keyword, List<SaslMechanism> offered) {
        for (SaslMechanism mechanism : offered) {
            if (mechanism.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(mechanism);
            }
        }
        return Optional.empty();
    }
}
