package org.facteur.net.listen;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.facteur.wire.text.ByteSource;
import org.jspecify.annotations.Nullable;

/// DEFLATE in both directions of one line (RFC 1951, without header, as RFC 4978 wants it). One
/// thread.
///
/// What comes out of a flush ends on an octet, and between two of them a compressor may be let go
/// and another begun: a line at rest keeps only what the peer may still refer to, some 40 kB.
final class Compression implements AutoCloseable {
    private static final int PIECE = 4096;

    private final ByteSource rawInput;
    private final OutputStream rawOutput;
    private final Inflater inflater = new Inflater(true);
    private final byte[] in = new byte[PIECE];
    private final OutputStream output = new Shrinking();
    private @Nullable Deflater deflater;
    private boolean pending;

    /// Whether the last read filled its room, so that more may be inside.
    private boolean full;

    /// An octet looked at before it was read, or -1.
    private int ahead = -1;

    Compression(ByteSource rawInput, OutputStream rawOutput) {
        this.rawInput = rawInput;
        this.rawOutput = rawOutput;
    }

    /// What the peer sent, as it was before it compressed it.
    int read(byte[] target, int offset, int length) throws IOException {
        try {
            if (ahead >= 0) {
                target[offset] = (byte) ahead;
                ahead = -1;
                return 1;
            }
            while (true) {
                int count = inflater.inflate(target, offset, length);
                if (count > 0) {
                    full = count == length;
                    return count;
                }
                full = false;
                if (inflater.finished() || inflater.needsDictionary()) {
                    return -1;
                }
                int came = rawInput.read(in, 0, in.length);
                if (came < 0) {
                    return -1;
                }
                inflater.setInput(in, 0, came);
            }
        } catch (DataFormatException broken) {
            throw new IOException("what came is not compressed", broken);
        }
    }

    /// Whether octets have come that nobody has read yet.
    boolean waiting() {
        if (ahead < 0 && full) {
            byte[] one = new byte[1];
            try {
                full = inflater.inflate(one, 0, 1) == 1;
            } catch (DataFormatException broken) {
                // The next read says so.
                return true;
            }
            ahead = full ? one[0] & 0xFF : -1;
        }
        return ahead >= 0 || inflater.getRemaining() > 0;
    }

    OutputStream output() {
        return output;
    }

    /// Gives memory back until something is written again.
    void rest() {
        Deflater open = deflater;
        if (open != null && !pending) {
            deflater = null;
            open.end();
        }
    }

    @Override
    public void close() {
        inflater.end();
        Deflater open = deflater;
        deflater = null;
        if (open != null) {
            open.end();
        }
    }

    /// Compresses what is written.
    private final class Shrinking extends OutputStream {
        private final byte[] one = new byte[1];

        @Override
        public void write(int octet) throws IOException {
            one[0] = (byte) octet;
            write(one, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            Deflater open = deflater;
            if (open == null) {
                open = new Deflater(Deflater.BEST_SPEED, true);
                deflater = open;
            }
            pending = true;
            open.setInput(octets, offset, length);
            drain(open, Deflater.NO_FLUSH);
        }

        @Override
        public void flush() throws IOException {
            Deflater open = deflater;
            if (open != null && pending) {
                pending = false;
                drain(open, Deflater.SYNC_FLUSH);
            }
            rawOutput.flush();
        }

        private void drain(Deflater open, int mode) throws IOException {
            byte[] piece = new byte[PIECE];
            int count;
            do {
                count = open.deflate(piece, 0, piece.length, mode);
                rawOutput.write(piece, 0, count);
            } while (count == piece.length || (mode == Deflater.NO_FLUSH && !open.needsInput()));
        }
    }
}
