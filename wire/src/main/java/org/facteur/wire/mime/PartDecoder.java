package org.facteur.wire.mime;

import java.io.IOException;
import java.util.Arrays;
import org.facteur.wire.text.ByteSource;
import org.facteur.wire.text.OctetSink;
import org.facteur.wire.text.StreamDecoder;

/// A part's body with its transfer encoding undone, as a stream (IMAP BINARY, downloads).
///
/// Holds one piece of 8 kB. Used by one thread; the source belongs to the caller.
public final class PartDecoder implements ByteSource {
    private static final int STEP = 8192;

    private final ByteSource source;
    private final StreamDecoder decoder;
    private final byte[] piece = new byte[STEP];
    private byte[] plain = new byte[STEP + 16];
    private int start;
    private int end;
    private boolean ended;
    private final OctetSink sink = this::take;

    /// @param source the part's body as it lies in the letter, and no more
    public PartDecoder(ByteSource source, TransferEncoding encoding) {
        this.source = source;
        this.decoder = encoding.decoder();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (start == end) {
            if (ended) {
                return -1;
            }
            start = 0;
            end = 0;
            int count = source.read(piece, 0, STEP);
            if (count < 0) {
                ended = true;
                decoder.finish(sink);
            } else {
                decoder.decode(piece, 0, count, sink);
            }
        }
        int count = Math.min(length, end - start);
        System.arraycopy(plain, start, target, offset, count);
        start += count;
        return count;
    }

    /// Whether anything read so far broke the encoding's grammar.
    public boolean damaged() {
        return decoder.damaged();
    }

    private void take(byte[] bytes, int offset, int length) {
        if (end + length > plain.length) {
            plain = Arrays.copyOf(plain, Math.max(end + length, plain.length * 2));
        }
        System.arraycopy(bytes, offset, plain, end, length);
        end += length;
    }
}
