package org.facteur.core.queue;

import java.util.Objects;
import org.facteur.store.blob.BlobId;
import org.facteur.wire.smtp.LetterWishes;

/// The octets of an item, and what carrying them takes.
///
/// @param prefix trace headers sent before the blob, each ended by CRLF; belongs to the record
/// @param headerBytes length of the letter's own header in the blob, its blank line included
/// @param eightBit whether any octet is above 127, so that the way must be 8BITMIME (RFC 6152 §3)
/// @param international whether addresses or headers need SMTPUTF8 (RFC 6531 §3.4)
/// @param wishes what the sender asked for it; a wish to leave later is a moment here
@SuppressWarnings("ArrayRecordComponent")
public record QueuedLetter(
        BlobId blob,
        long blobBytes,
        byte[] prefix,
        long headerBytes,
        boolean eightBit,
        boolean international,
        LetterWishes wishes) {
    public QueuedLetter {
        Objects.requireNonNull(wishes);
        Objects.requireNonNull(blob);
        Objects.requireNonNull(prefix);
    }

    QueuedLetter with(LetterWishes newWishes) {
        return new QueuedLetter(
                blob, blobBytes, prefix, headerBytes, eightBit, international, newWishes);
    }

    public long sizeBytes() {
        return prefix.length + blobBytes;
    }
}
