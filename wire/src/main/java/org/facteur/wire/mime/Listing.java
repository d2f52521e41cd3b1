package org.facteur.wire.mime;

import org.facteur.wire.text.Octets;

/// What lists of letters need, ready for the wire.
///
/// @param envelope IMAP ENVELOPE in its parentheses (RFC 9051 §7.5.2); may hold literals
/// @param bodyStructure IMAP BODYSTRUCTURE with extension data; may hold literals
/// @param body IMAP BODY, without extension data; may hold literals
public record Listing(Summary summary, Octets envelope, Octets bodyStructure, Octets body) {
    /// Compact form for storing, with its format version in the first octet.
    public Octets encode() {
        return ListingCodec.encode(this);
    }

    /// Reads what [#encode()] wrote.
    ///
    /// @throws org.facteur.wire.text.SyntaxFault when these are not such octets or of an unknown
    ///   version
    public static Listing decode(byte[] octets) {
        return ListingCodec.decode(octets);
    }

    /// The summary alone, for a fraction of the work.
    ///
    /// @throws org.facteur.wire.text.SyntaxFault as above
    public static Summary decodeSummary(byte[] octets) {
        return ListingCodec.decodeSummary(octets);
    }

    /// Shows where ENVELOPE, BODYSTRUCTURE and BODY lie in what [#encode()] wrote, in that order,
    /// so that they can be sent from there.
    ///
    /// @throws org.facteur.wire.text.SyntaxFault as above
    public static void forms(byte[] octets, FormVisitor visitor) {
        ListingCodec.forms(octets, visitor);
    }

    /// What is kept ready for the wire, in the order in which it is kept.
    public enum Form {
        ENVELOPE,
        BODYSTRUCTURE,
        BODY
    }

    /// Is shown one encoded form.
    @FunctionalInterface
    public interface FormVisitor {
        /// @param start place of its first octet
        void visit(Form form, int start, int length);
    }
}
