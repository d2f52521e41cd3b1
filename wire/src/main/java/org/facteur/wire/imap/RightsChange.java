package org.facteur.wire.imap;

import java.util.Objects;

/// What SETACL does to the rights of one identifier (RFC 4314 §3.1).
///
/// @param letters lower case letters and digits, one for each right; may be empty
public record RightsChange(Mode mode, String letters) {
    /// How the rights given meet the rights there.
    public enum Mode {
        /// These and no others.
        REPLACE,
        /// `+`.
        ADD,
        /// `-`.
        REMOVE
    }

    public RightsChange {
        Objects.requireNonNull(mode);
        if (!isRights(letters)) {
            throw new IllegalArgumentException("rights are lower case letters and digits");
        }
    }

    /// `rights = astring ;; only lowercase ASCII letters and digits are allowed`
    static boolean isRights(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
                return false;
            }
        }
        return true;
    }
}
