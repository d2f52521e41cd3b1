package org.facteur.core.filter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.facteur.wire.mime.IndexLimits;
import org.facteur.wire.mime.LetterIndexer;

/// A letter in a file, read as one that arrives.
final class LetterFile {
    private LetterFile() {}

    /// @throws IOException never for what the octets hold
    /// @throws org.facteur.wire.text.SyntaxFault for a structure past all limits
    static ReadLetter read(byte[] octets) throws IOException {
        LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
        indexer.feed(octets, 0, octets.length);
        return ReadLetter.of(
                indexer.finish(),
                (from, to) ->
                        new ByteArrayInputStream(octets, (int) from, (int) Math.max(0, to - from)));
    }
}
