package org.facteur.wire.mime;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// One part of a letter.
///
/// The letter itself is part 0. A message part has exactly one child, the letter inside it, whose
/// header is that letter's.
///
/// @param number its place in [Anatomy#parts()]
/// @param parent the number of the part around it, -1 for the letter itself
/// @param section IMAP's name for it (RFC 9051 §6.4.5.1): `1.2`; for a letter that is a multipart
///   the name of the part around it, empty for the outermost
/// @param type what its header says, or the default
/// @param ambiguities why readers may differ about it
public record Part(
        int number,
        int parent,
        String section,
        PartRange range,
        ContentType type,
        PartDetails details,
        Set<Ambiguity> ambiguities) {
    public Part {
        ambiguities = ambiguities.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(ambiguities));
    }

    /// The name a sender gave: the disposition's filename, else the type's name. Decoded and
    /// without controls, but neither a path nor safe: directories and tricks are the sender's.
    public Optional<String> findFileName() {
        Disposition disposition = details.disposition();
        Optional<String> name =
                disposition == null ? Optional.empty() : disposition.find("filename");
        return name.or(() -> type.find("name")).filter(text -> !text.isBlank());
    }

    /// Whether nothing is inside it that is a part itself.
    public boolean isLeaf() {
        return !type.isMultipart() && !type.isMessage();
    }
}
