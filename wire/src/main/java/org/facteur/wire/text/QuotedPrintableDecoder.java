package org.facteur.wire.text;

/// Decodes quoted-printable (RFC 2045 §6.7) as real letters have it: a broken `=` passes through as
/// text, blanks before a line end are dropped, bare LF counts as a line end and stays one.
///
/// At most one run of blanks is held back, and of that no more than 1,000 octets.
public final class QuotedPrintableDecoder implements StreamDecoder {
    private static final int HELD = 1000;
    private static final int TEXT = 0;
    private static final int EQUALS = 1;
    private static final int HEX = 2;
    private static final int SOFT = 3;

    private final OctetBuffer blanks = new OctetBuffer(HELD);
    private final byte[] block = new byte[2048];
    private int filled;
    private int state = TEXT;
    private byte first;
    private boolean damaged;

    @Override
    public void decode(byte[] bytes, int offset, int length, OctetSink sink) {
        for (int i = offset, end = offset + length; i < end; i++) {
            step(bytes[i], sink);
        }
        flush(sink);
    }

    private void step(byte b, OctetSink sink) {
        switch (state) {
            case EQUALS -> afterEquals(b, sink);
            case HEX -> afterHex(b, sink);
            case SOFT -> afterSoft(b, sink);
            default -> text(b, sink);
        }
    }

    private void text(byte b, OctetSink sink) {
        if (b == ' ' || b == '\t') {
            if (blanks.size() == HELD) {
                spill(sink);
            }
            blanks.append(b);
        } else if (b == '\r' || b == '\n') {
            blanks.clear();
            put(b, sink);
        } else {
            spill(sink);
            if (b == '=') {
                state = EQUALS;
            } else {
                put(b, sink);
            }
        }
    }

    private void afterEquals(byte b, OctetSink sink) {
        if (hex(b) >= 0) {
            first = b;
            state = HEX;
        } else if (b == '\n') {
            state = TEXT;
        } else if (b == '\r' || b == ' ' || b == '\t') {
            state = SOFT;
        } else {
            damaged = true;
            put((byte) '=', sink);
            state = TEXT;
            text(b, sink);
        }
    }

    private void afterHex(byte b, OctetSink sink) {
        state = TEXT;
        int low = hex(b);
        if (low >= 0) {
            put((byte) (hex(first) << 4 | low), sink);
            return;
        }
        damaged = true;
        put((byte) '=', sink);
        put(first, sink);
        text(b, sink);
    }

    /// Behind `=` and a blank or CR: a soft break if only blanks stand before the LF.
    private void afterSoft(byte b, OctetSink sink) {
        if (b == '\n') {
            state = TEXT;
        } else if (b != '\r' && b != ' ' && b != '\t') {
            damaged = true;
            state = TEXT;
            text(b, sink);
        }
    }

    @Override
    public void finish(OctetSink sink) {
        if (state == HEX) {
            put((byte) '=', sink);
            put(first, sink);
            damaged = true;
        }
        state = TEXT;
        blanks.clear();
        flush(sink);
    }

    @Override
    public boolean damaged() {
        return damaged;
    }

    /// The value of a hexadecimal digit, or -1.
    static int hex(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int letter = b | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private void spill(OctetSink sink) {
        for (int i = 0; i < blanks.size(); i++) {
            put(blanks.at(i), sink);
        }
        blanks.clear();
    }

    private void put(byte b, OctetSink sink) {
        if (filled == block.length) {
            flush(sink);
        }
        block[filled++] = b;
    }

    private void flush(OctetSink sink) {
        if (filled > 0) {
            sink.accept(block, 0, filled);
            filled = 0;
        }
    }
}
