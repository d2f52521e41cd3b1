package org.facteur.move.file;

import org.facteur.wire.text.OctetSink;

/// Ends every line with CRLF, whatever ended it before: LF, CR or CRLF. One pass, one thread.
final class CrlfStream implements OctetSink {
    private static final byte[] CRLF = {'\r', '\n'};

    private final OctetSink out;
    private boolean carriageReturn;

    CrlfStream(OctetSink out) {
        this.out = out;
    }

    @Override
    public void accept(byte[] octets, int offset, int length) {
        int from = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte octet = octets[i];
            if (carriageReturn) {
                carriageReturn = false;
                out.accept(CRLF, 0, 2);
                if (octet == '\n') {
                    from = i + 1;
                    continue;
                }
            }
            if (octet == '\r') {
                out.accept(octets, from, i - from);
                from = i + 1;
                carriageReturn = true;
            } else if (octet == '\n') {
                out.accept(octets, from, i - from);
                out.accept(CRLF, 0, 2);
                from = i + 1;
            }
        }
        if (end > from) {
            out.accept(octets, from, end - from);
        }
    }

    /// Nothing follows.
    void end() {
        if (carriageReturn) {
            carriageReturn = false;
            out.accept(CRLF, 0, 2);
        }
    }
}
