package org.facteur.wire.mime;

import java.util.List;
import org.facteur.wire.text.Octets;

/// Where everything in a letter lies.
///
/// @param size of the letter in octets
/// @param fields of the letter's own header, in order
/// @param parts in the order of their first octets; never empty
public record Anatomy(long size, List<HeaderField> fields, List<Part> parts) {
    public Anatomy {
        fields = List.copyOf(fields);
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a letter has at least one part");
        }
    }

    /// The letter itself.
    public Part root() {
        return parts.getFirst();
    }

    /// The parts directly inside one, in order.
    public List<Part> childrenOf(Part part) {
        return parts.stream().filter(child -> child.parent() == part.number()).toList();
    }

    /// Compact form for storing, with its format version in the first octet.
    public Octets encode() {
        return AnatomyCodec.encode(this);
    }

    /// Reads what [#encode()] wrote.
    ///
    /// @throws org.facteur.wire.text.SyntaxFault when these are not such octets or of an unknown
    ///   version
    public static Anatomy decode(byte[] octets) {
        return AnatomyCodec.decode(octets);
    }
}
