package org.facteur.wire.auth;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What SPF says of a letter's sender (RFC 7208 §2.6).
///
/// @param domain whose policy was asked; empty when there was none to ask
/// @param explanation what the domain wants to be told to who is refused: its own words, ASCII, one
///   line; null for none
public record SpfResult(Code code, String domain, @Nullable String explanation) {
    public enum Code {
        NONE,
        NEUTRAL,
        PASS,
        FAIL,
        SOFTFAIL,
        TEMPERROR,
        PERMERROR;

        /// As RFC 8601 §2.7.2 writes it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SpfResult {
        Objects.requireNonNull(code);
        Objects.requireNonNull(domain);
    }
}
