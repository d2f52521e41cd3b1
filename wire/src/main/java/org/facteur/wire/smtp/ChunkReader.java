package org.facteur.wire.smtp;

import java.io.EOFException;
import java.io.IOException;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.OctetSink;
import org.jspecify.annotations.Nullable;

/// Takes the octets of one letter that comes in chunks (RFC 3030 §2): exactly as many as each BDAT
/// announced, whatever they are.
///
/// Text must have CRLF lines as after DATA, so that it may leave by DATA later; a letter that is
/// declared BINARYMIME may hold any octets and keeps them (RFC 3030 §3).
public final class ChunkReader implements LetterSource {
    private final OctetSink sink;
    private final int lineLimit;
    private final boolean binary;
    private @Nullable Fault fault;
    private boolean afterCr;
    private long octets;
    private long left;
    private int column;

    /// @param sink takes the letter; gets nothing more after a fault
    /// @param lineLimit the longest line of a text in octets, CRLF not counted
    /// @param binary whether the letter is declared BINARYMIME
    public ChunkReader(OctetSink sink, int lineLimit, boolean binary) {
        this.sink = sink;
        this.lineLimit = lineLimit;
        this.binary = binary;
    }

    /// The next chunk follows.
    ///
    /// @param size in octets, 0 or more
    public void begin(long size) {
        if (left > 0 || size < 0) {
            throw new IllegalStateException("one chunk at a time");
        }
        left = size;
    }

    @Override
    public boolean read(LineReader in) throws IOException {
        if (left > 0 && !in.scan(this::take)) {
            throw new EOFException("ended inside a chunk");
        }
        return left > 0;
    }

    private int take(byte[] buffer, int from, int to) {
        int end = (int) Math.min(to, from + left);
        if (!binary) {
            check(buffer, from, end);
        }
        if (fault == null) {
            sink.accept(buffer, from, end - from);
        }
        octets += end - from;
        left -= end - from;
        return end - from;
    }

    private void check(byte[] buffer, int from, int to) {
        for (int i = from; i < to && fault == null; i++) {
            byte b = buffer[i];
            if (b == 0) {
                fault = Fault.NUL;
            } else if (afterCr != (b == '\n')) {
                fault = Fault.BARE_CR_OR_LF;
            } else if (b == '\r') {
                afterCr = true;
            } else if (b == '\n') {
                afterCr = false;
                column = 0;
            } else if (++column > lineLimit) {
                fault = Fault.LINE_TOO_LONG;
            }
        }
    }

    /// The last chunk was read: a CR at its end stands bare.
    public void end() {
        if (afterCr && fault == null) {
            fault = Fault.BARE_CR_OR_LF;
        }
    }

    @Override
    public @Nullable Fault fault() {
        return fault;
    }

    @Override
    public long octets() {
        return octets;
    }
}
