package org.facteur.wire.pop3;

import java.io.IOException;
import java.io.OutputStream;

/// Makes a letter's octets the lines of a reply (RFC 1939 §3): a dot before each line that begins
/// with one, CRLF at the end of every line whatever ended it before. One pass, one thread.
final class DotStuffing {
    private final OutputStream out;
    private boolean lineStart = true;
    private boolean carriageReturn;

    DotStuffing(OutputStream out) {
        this.out = out;
    }

    void write(byte[] octets, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte octet = octets[i];
            if (carriageReturn && octet != '\n') {
                // A CR of its own ends a line too: nobody may read two where another reads one.
                out.write(octets, from, i - from);
                out.write('\n');
                from = i;
                lineStart = true;
            }
            if (lineStart && octet == '.') {
                out.write(octets, from, i - from);
                out.write('.');
                from = i;
            } else if (octet == '\n' && !carriageReturn) {
                out.write(octets, from, i - from);
                out.write('\r');
                from = i;
            }
            lineStart = octet == '\n';
            carriageReturn = octet == '\r';
        }
        out.write(octets, from, end - from);
    }

    /// Ends the last line and the reply.
    void end() throws IOException {
        if (carriageReturn) {
            out.write('\n');
        } else if (!lineStart) {
            out.write('\r');
            out.write('\n');
        }
        out.write('.');
        out.write('\r');
        out.write('\n');
    }
}
