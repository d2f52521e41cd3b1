package org.facteur.wire.sieve;

import java.util.List;
import org.facteur.wire.text.Octets;

/// A letter that a script has changed: pieces of the old one and new octets, in order.
public record EditedLetter(List<Piece> pieces) {
    /// A run of octets.
    public sealed interface Piece {
        /// Octets `[from, to)` of the letter as it came.
        record Old(long from, long to) implements Piece {}

        record New(Octets octets) implements Piece {}
    }

    public EditedLetter {
        pieces = List.copyOf(pieces);
    }
}
