package org.facteur.edge.jmap;

import org.facteur.wire.text.OctetSink;

/// Makes every line end CRLF, whatever it was. One thread.
final class LineEnds implements OctetSink {
    private final OctetSink out;
    private boolean afterReturn;

    LineEnds(OctetSink out) {
        this.out = out;
    }

    @Override
    public void accept(byte[] octets, int offset, int length) {
        byte[] fixed = new byte[length * 2];
        int filled = 0;
        for (int i = offset; i < offset + length; i++) {
            byte b = octets[i];
            if (b == '\n' && !afterReturn) {
                fixed[filled++] = '\r';
            }
            fixed[filled++] = b;
            afterReturn = b == '\r';
        }
        out.accept(fixed, 0, filled);
    }
}
