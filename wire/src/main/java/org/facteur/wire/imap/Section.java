package org.facteur.wire.imap;

import java.util.List;

/// What stands between the brackets of BODY[…] (RFC 9051 §6.4.5.1).
///
/// @param part part numbers, each 1 or more; empty for the letter itself
/// @param text what of that part
/// @param fields the header names asked for, as the client spelled them; not empty for
///   HEADER.FIELDS and HEADER.FIELDS.NOT, empty for all else
public record Section(List<Integer> part, Text text, List<String> fields) {
    /// `BODY[]`.
    public static final Section WHOLE = new Section(List.of(), Text.ALL, List.of());

    /// `BODY[HEADER]`.
    public static final Section HEADER = new Section(List.of(), Text.HEADER, List.of());

    /// `BODY[TEXT]`.
    public static final Section TEXT = new Section(List.of(), Text.TEXT, List.of());

    /// Which octets of a part.
    public enum Text {
        /// The part's body, or the whole letter when there is no part number.
        ALL(""),
        /// The header of the letter, or of the letter enclosed in a message/rfc822 part.
        HEADER("HEADER"),
        /// Some fields of that header.
        HEADER_FIELDS("HEADER.FIELDS"),
        /// All but some fields of that header.
        HEADER_FIELDS_NOT("HEADER.FIELDS.NOT"),
        /// All after that header.
        TEXT("TEXT"),
        /// The part's own MIME header; needs a part number.
        MIME("MIME");

        private final String keyword;

        Text(String keyword) {
            this.keyword = keyword;
        }

        /// As on the wire.
        public String keyword() {
            return keyword;
        }

        /// Whether header names follow.
        public boolean takesFields() {
            return this == HEADER_FIELDS || this == HEADER_FIELDS_NOT;
        }
    }

    public Section {
        part = List.copyOf(part);
        fields = List.copyOf(fields);
        if (text.takesFields() == fields.isEmpty()) {
            throw new IllegalArgumentException("header names go with HEADER.FIELDS");
        }
        if (text == Text.MIME && part.isEmpty()) {
            throw new IllegalArgumentException("MIME is of a part");
        }
    }
}
