package org.facteur.wire.auth;

import java.util.Locale;

/// What came of looking at a proof (RFC 8601 §2.7).
public enum AuthCode {
    /// There is none.
    NONE,
    PASS,
    FAIL,
    /// It may be right, and is not what we rely on.
    POLICY,
    /// It cannot be read.
    NEUTRAL,
    /// Nobody could say now.
    TEMPERROR,
    /// It can never be right.
    PERMERROR;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
