package org.facteur.wire.imap;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What APPEND says about one letter before its octets (RFC 9051 §6.3.12).
///
/// @param flags without `\Recent`, which a client cannot set; mostly empty
/// @param internalDate when the letter arrived, or null for now
/// @param sizeOctets how many octets follow; 0 is how a client takes the whole command back (RFC
///   3502 §6.3.11)
/// @param form how the octets are announced
public record AppendLetter(
        List<Flag> flags, @Nullable OffsetDateTime internalDate, long sizeOctets, Form form) {
    /// How a letter is announced.
    public enum Form {
        /// `{n}`.
        PLAIN,
        /// `~{n}`: may hold NUL (RFC 3516 §4.4).
        BINARY,
        /// `UTF8 (~{n}`…`)`: may hold UTF-8 in headers (RFC 9755 §4).
        UTF8
    }

    public AppendLetter {
        flags = List.copyOf(flags);
        if (sizeOctets < 0) {
            throw new IllegalArgumentException("a letter has 0 octets or more");
        }
    }
}
