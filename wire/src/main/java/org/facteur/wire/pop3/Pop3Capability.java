package org.facteur.wire.pop3;

/// What a server can announce (RFC 2449 §6), with its source. Which of them it does announce, and
/// when, is the session's business.
public enum Pop3Capability {
    TOP("TOP", "RFC 1939"),
    USER("USER", "RFC 1939"),
    UIDL("UIDL", "RFC 1939"),
    SASL("SASL", "RFC 5034"),
    RESP_CODES("RESP-CODES", "RFC 2449"),
    AUTH_RESP_CODE("AUTH-RESP-CODE", "RFC 3206"),
    PIPELINING("PIPELINING", "RFC 2449"),
    EXPIRE("EXPIRE", "RFC 2449"),
    LOGIN_DELAY("LOGIN-DELAY", "RFC 2449"),
    UTF8("UTF8", "RFC 6856"),
    LANG("LANG", "RFC 6856"),
    STLS("STLS", "RFC 2595"),
    IMPLEMENTATION("IMPLEMENTATION", "RFC 2449");

    private final String keyword;
    private final String source;

    Pop3Capability(String keyword, String source) {
        this.keyword = keyword;
        this.source = source;
    }

    /// As on the wire.
    public String keyword() {
        return keyword;
    }

    /// Where it is defined.
    public String source() {
        return source;
    }
}
