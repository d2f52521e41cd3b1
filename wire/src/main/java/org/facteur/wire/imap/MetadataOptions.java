package org.facteur.wire.imap;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which annotations GETMETADATA is to tell (RFC 5464 §4.2).
///
/// @param maxSize the longest value, in octets; null for any
public record MetadataOptions(@Nullable Long maxSize, Depth depth) {
    /// Neither option.
    public static final MetadataOptions NONE = new MetadataOptions(null, Depth.ENTRY);

    /// How far below an entry.
    public enum Depth {
        /// The entry alone.
        ENTRY("0"),
        /// And those right below it.
        CHILDREN("1"),
        /// And all below it.
        ALL("infinity");

        private final String keyword;

        Depth(String keyword) {
            this.keyword = keyword;
        }

        /// As on the wire.
        public String keyword() {
            return keyword;
        }
    }

    public MetadataOptions {
        Objects.requireNonNull(depth);
    }
}
