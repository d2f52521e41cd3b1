package org.facteur.wire.pop3;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Makes a letter's octets the lines of a reply (RFC 1939 §3): a dot before each line that begins
/// with one, CRLF at the end of every line whatever ended it before. One pass, one thread.
///
/// Octets that end no line are passed over eight at a time: whole letters go this way.
final class DotStuffing {
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;

    /// One more than CR, the higher of the two octets that end lines.
    private static final long BELOW = '\r' + 1;

    private final OutputStream out;
    private boolean lineStart = true;
    private boolean carriageReturn;

    DotStuffing(OutputStream out) {
        this.out = out;
    }

    void write(byte[] octets, int offset, int length) throws IOException {
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
        int at = start;
        while (true) {
            while (at + Long.BYTES <= end) {
                long eight = (long) EIGHT.get(octets, at);
                // Sets the high bit of octets below; of some above such a one too, which does no
                // harm.
                long low = (eight - ONES * BELOW) & ~eight & HIGHS;
                if (low != 0) {
                    at += Long.numberOfTrailingZeros(low) >>> 3;
                    break;
                }
                at += Long.BYTES;
            }
            while (at < end && octets[at] != '\n' && octets[at] != '\r') {
                at++;
                if (at + Long.BYTES <= end) {
                    break;
                }
            }
            if (at == end || octets[at] == '\n' || octets[at] == '\r') {
                return at;
            }
        }
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
