package org.facteur.core.mailbox;

import java.util.Objects;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.StagedBlob;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.mime.LetterIndex;

/// A letter that has arrived whole and lies nowhere yet: its octets, indexed in the same pass that
/// stored them.
///
/// May be put into several accounts; whoever made it closes the blob afterwards.
///
/// @param octets as they came, CRLF lines
/// @param index computed over exactly these octets
public record NewLetter(StagedBlob octets, LetterIndex index) implements AutoCloseable {
    public NewLetter {
        Objects.requireNonNull(octets);
        Objects.requireNonNull(index);
    }

    /// Lets go of the octets: those that came to lie somewhere stay.
    @Override
    public void close() {
        octets.close();
    }

    /// The octets of a field of the letter's own header, behind the colon.
    public byte[] value(HeaderField field) {
        byte[] value = new byte[Math.max(0, field.length() - field.valueStart())];
        try (Blob blob = octets.open()) {
            blob.read(field.offset() + field.valueStart(), value, 0, value.length);
        }
        return value;
    }
}
