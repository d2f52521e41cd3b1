package org.facteur.edge.imap;

import java.io.IOException;
import java.io.InputStream;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.wire.imap.ByteTarget;
import org.facteur.wire.imap.OctetSupply;
import org.facteur.wire.mime.PartDecoder;
import org.facteur.wire.mime.TransferEncoding;

/// A part's body without its transfer encoding, or a slice of that; decoded again each time it is
/// asked for, so that no body is held.
///
/// @param body the encoded octets
/// @param skip decoded octets left out at the start
/// @param length decoded octets taken
record DecodedRange(ContentRange body, TransferEncoding encoding, long skip, long length)
        implements OctetSupply {
    private static final int PIECE = 16 << 10;

    /// How many octets a body has once decoded.
    static long measure(LetterContent content, ContentRange body, TransferEncoding encoding)
            throws IOException {
        try (InputStream in = content.open(body.start(), body.end())) {
            PartDecoder decoder = new PartDecoder(in::read, encoding);
            byte[] piece = new byte[PIECE];
            long size = 0;
            int count = decoder.read(piece, 0, piece.length);
            while (count > 0) {
                size += count;
                count = decoder.read(piece, 0, piece.length);
            }
            return size;
        }
    }

    @Override
    public void writeTo(ByteTarget target) throws IOException {
        try (InputStream in = body.content().open(body.start(), body.end())) {
            PartDecoder decoder = new PartDecoder(in::read, encoding);
            byte[] piece = new byte[PIECE];
            long passed = 0;
            long left = length;
            while (left > 0) {
                int count = decoder.read(piece, 0, piece.length);
                if (count <= 0) {
                    return;
                }
                int from = (int) Math.min(count, Math.max(0, skip - passed));
                int some = (int) Math.min(count - from, left);
                target.write(piece, from, some);
                left -= some;
                passed += count;
            }
        }
    }
}
