package org.facteur.edge.imap;

import java.io.IOException;
import java.io.InputStream;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.wire.imap.ByteTarget;
import org.facteur.wire.imap.OctetSupply;

/// A part of a letter's octets, streamed when it is written.
///
/// @param content stays open until then; not closed here
/// @param start counted with the prefix
/// @param end behind the last octet
record ContentRange(LetterContent content, long start, long end) implements OctetSupply {
    private static final int PIECE = 16 << 10;

    @Override
    public long length() {
        return end - start;
    }

    @Override
    public void writeTo(ByteTarget target) throws IOException {
        byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, length()))];
        try (InputStream in = content.open(start, end)) {
            int count = in.read(piece, 0, piece.length);
            while (count > 0) {
                target.write(piece, 0, count);
                count = in.read(piece, 0, piece.length);
            }
        }
    }
}
