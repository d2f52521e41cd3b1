package org.facteur.wire.mime;

import java.util.Optional;

/// All that is computed of a letter when it arrives. The two halves are stored apart: lists read
/// only the listing.
public record LetterIndex(Anatomy anatomy, Listing listing) {
    /// The octets a section names (RFC 9051 §6.4.5.1); empty when the letter has no such section.
    public Optional<SectionRange> find(SectionPath path) {
        return path.in(anatomy);
    }

    /// [Anatomy#encode()]: headers and parts.
    public org.facteur.wire.text.Octets encodeAnatomy() {
        return anatomy.encode();
    }

    /// [Listing#encode()]: summary, ENVELOPE, BODYSTRUCTURE, BODY.
    public org.facteur.wire.text.Octets encodeListing() {
        return listing.encode();
    }

    /// Puts together what [#encodeAnatomy()] and [#encodeListing()] wrote.
    ///
    /// @throws org.facteur.wire.text.SyntaxFault when these are not such octets or of an unknown
    ///   version
    public static LetterIndex decode(byte[] anatomy, byte[] listing) {
        return new LetterIndex(Anatomy.decode(anatomy), Listing.decode(listing));
    }
}
