package org.facteur.wire.pop3;

import java.util.Optional;

/// Response codes a program can act upon (RFC 2449 §8).
public enum Pop3Code {
    /// The name or the password is wrong (RFC 3206 §4).
    AUTH("AUTH"),
    /// Try again later (RFC 3206 §4).
    SYS_TEMP("SYS/TEMP"),
    /// Somebody has to repair something (RFC 3206 §4).
    SYS_PERM("SYS/PERM"),
    /// Another session holds the maildrop (RFC 2449 §8.1.2).
    IN_USE("IN-USE"),
    /// Too soon after the last sign-in (RFC 2449 §8.1.1).
    LOGIN_DELAY("LOGIN-DELAY");

    private final String text;

    Pop3Code(String text) {
        this.text = text;
    }

    /// As on the wire, without brackets.
    public String text() {
        return text;
    }

    /// The code with a text, in any case; a code not known here is empty.
    static Optional<Pop3Code> find(String text) {
        for (Pop3Code code : values()) {
            if (code.text.equalsIgnoreCase(text)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
