package org.facteur.wire.mime;

/// Why two readers could see two different things in one part; a filter then looks at all readings.
///
/// The order is stored: new reasons go to the end.
public enum Ambiguity {
    /// More than one Content-Type field; the first counts.
    TWO_CONTENT_TYPES,
    /// More than one boundary parameter; the first counts.
    TWO_BOUNDARIES,
    /// More than one Content-Transfer-Encoding field; the first counts.
    TWO_ENCODINGS,
    /// A Content-Transfer-Encoding this program does not know; read as binary.
    UNKNOWN_ENCODING,
    /// A multipart or message part with an encoding that RFC 2045 §6.4 forbids; read as it lies.
    ENCODED_CONTAINER,
    /// A multipart without usable boundary, or whose boundary never came; read as one text part.
    NO_BOUNDARY,
    /// The closing delimiter never came.
    NOT_CLOSED,
    /// A line that begins with a delimiter and goes on with something else; read as text.
    NEAR_BOUNDARY,
    /// A line in the header that is no field; the body begins there.
    NO_SEPARATOR,
    /// Header fields beyond a limit were left out.
    HEADER_CUT,
    /// Nested deeper than is indexed; what is inside is not shown.
    TOO_DEEP,
    /// More parts than are indexed.
    TOO_MANY_PARTS,
    /// More than one From, Subject, Date or Message-ID field; the first counts.
    REPEATED_FIELD,
    /// A Content-Type that breaks the grammar; read as the default type.
    BAD_CONTENT_TYPE,
    /// A NUL octet in the letter.
    NUL
}
