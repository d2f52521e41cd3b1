package org.facteur.edge.jmap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.IndexLimits;
import org.facteur.wire.mime.LetterIndex;
import org.facteur.wire.mime.LetterIndexer;
import org.facteur.wire.mime.Listing;
import org.facteur.wire.mime.Part;
import org.facteur.wire.text.SyntaxFault;

/// A message read from octets that lie in no mailbox, held in memory.
///
/// @param octets of the message; belong to the record
@SuppressWarnings("ArrayRecordComponent")
record ParsedMessage(byte[] octets, LetterIndex index, String blobId) implements MessageSource {
    /// Larger ones are not read.
    static final int MOST_OCTETS = 20 << 20;

    private static final int FIELDS = 1000;

    /// Empty for what has no header field at all, is too large or too deep.
    static Optional<MessageSource> read(OpenBlob blob, String blobId) throws IOException {
        byte[] octets;
        try (InputStream in = blob.open()) {
            octets = in.readNBytes(MOST_OCTETS + 1);
        }
        if (octets.length > MOST_OCTETS) {
            return Optional.empty();
        }
        try {
            LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
            indexer.feed(octets, 0, octets.length);
            LetterIndex index = indexer.finish();
            return index.anatomy().fields().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ParsedMessage(octets, index, blobId));
        } catch (SyntaxFault _) {
            return Optional.empty();
        }
    }

    @Override
    public Listing listing() {
        return index.listing();
    }

    @Override
    public Anatomy anatomy() {
        return index.anatomy();
    }

    @Override
    public long size() {
        return octets.length;
    }

    @Override
    public HeaderBlock header() {
        return header(anatomy().root());
    }

    @Override
    public HeaderBlock header(Part part) {
        return HeaderBlock.parse(
                Arrays.copyOfRange(
                        octets,
                        Math.toIntExact(part.range().headerStart()),
                        Math.toIntExact(part.range().bodyStart())),
                FIELDS);
    }

    @Override
    public InputStream body(Part part) {
        int start = Math.toIntExact(part.range().bodyStart());
        return new ByteArrayInputStream(octets, start, Math.toIntExact(part.range().bodyLength()));
    }

    @Override
    public void close() {
        // In memory.
    }
}
