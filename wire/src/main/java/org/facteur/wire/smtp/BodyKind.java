package org.facteur.wire.smtp;

/// The BODY parameter (RFC 6152 §2, RFC 3030 §3).
public enum BodyKind {
    SEVEN_BIT("7BIT"),
    EIGHT_BIT_MIME("8BITMIME"),
    BINARY_MIME("BINARYMIME");

    private final String token;

    BodyKind(String token) {
        this.token = token;
    }

    public String token() {
        return token;
    }
}
