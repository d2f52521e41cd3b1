package org.facteur.wire.vcard;

import java.util.List;

/// What a file holds.
///
/// @param dropped lines inside cards that were none, and properties and cards past the limits
public record VcardFile(List<Vcard> cards, int dropped) {
    public VcardFile {
        cards = List.copyOf(cards);
    }
}
