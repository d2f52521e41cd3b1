package org.facteur.wire.text;

import java.io.IOException;
import java.io.OutputStream;

/// Writes a letter as a text that ends with a line of one dot, as DATA (RFC 5321 §4.5.2) and POP3
/// (RFC 1939 §3) carry it: a dot before each line that begins with one, CRLF at the end of every
/// line whatever ended it before, so that what leaves has one reading. One pass, one thread.
///
/// Octets that end no line are passed over eight at a time: whole letters go this way.
public final class DotStuffing {
    private final OutputStream out;
    private boolean lineStart = true;
    private boolean carriageReturn;

    /// @param out stays open
    public DotStuffing(OutputStream out) {
        this.out = out;
    }

    public void write(byte[] octets, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        int at = offset;
        while (at < end) {
            if (!lineStart && !carriageReturn) {
                at = nextLineEnd(octets, at, end);
                if (at == end) {
                    break;
                }
            }
            byte octet = octets[at];
            if (carriageReturn && octet != '\n') {
                // A CR of its own ends a line too: nobody may read two where another reads one.
                out.write(octets, from, at - from);
                out.write('\n');
                from = at;
                lineStart = true;
            }
            if (lineStart && octet == '.') {
                out.write(octets, from, at - from);
                out.write('.');
                from = at;
            } else if (octet == '\n' && !carriageReturn) {
                out.write(octets, from, at - from);
                out.write('\r');
                from = at;
            }
            lineStart = octet == '\n';
            carriageReturn = octet == '\r';
            at++;
        }
        out.write(octets, from, end - from);
    }

    /// The first CR or LF from a place on, or the end.
    private static int nextLineEnd(byte[] octets, int start, int end) {
        int at = OctetScan.skipAtLeast('\r' + 1, octets, start, end);
        while (at < end && octets[at] != '\n' && octets[at] != '\r') {
            at = OctetScan.skipAtLeast('\r' + 1, octets, at + 1, end);
        }
        return at;
    }

    /// Ends the last line and the text.
    public void end() throws IOException {
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
