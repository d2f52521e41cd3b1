package org.facteur.wire.smtp;

import java.io.IOException;
import java.io.OutputStream;

/// Writes a letter as DATA carries it: dots at line starts doubled, CRLF.CRLF behind (RFC 5321
/// §4.5.2). One thread.
///
/// Bare CR and LF become CRLF, so that whatever was stored, what leaves has one reading.
public final class DotStuffer {
    private final OutputStream out;
    private boolean lineStart = true;
    private boolean cr;

    /// @param out stays open
    public DotStuffer(OutputStream out) {
        this.out = out;
    }

    public void write(byte[] octets, int offset, int length) throws IOException {
        int run = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte b = octets[i];
            if (cr && b != '\n') {
                out.write('\n');
                lineStart = true;
            } else if (!cr && b == '\n') {
                out.write(octets, run, i - run);
                out.write('\r');
                run = i;
            }
            if (lineStart && b == '.') {
                out.write(octets, run, i - run);
                out.write('.');
                run = i;
            }
            cr = b == '\r';
            lineStart = b == '\n';
            if (cr && (i + 1 == end || octets[i + 1] != '\n')) {
                // A bare one, or one that shows with the next octets.
                out.write(octets, run, i + 1 - run);
                run = i + 1;
            }
        }
        out.write(octets, run, end - run);
    }

    /// Ends the letter.
    public void finish() throws IOException {
        if (cr) {
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
