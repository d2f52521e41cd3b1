package org.facteur.move.file;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Cuts an mbox into letters. One pass, flat memory however long a line is; one thread.
///
/// A letter begins at the first line, or at a line that [FromLine] knows after a blank one; that
/// blank line belongs to neither. Lines of `>` and `From ` lose one `>`.
final class MboxReader {
    /// As much of a line as is looked at before it is passed on.
    private static final int HEAD = 1024;

    private static final int STEP = 64 * 1024;

    private final Receiver receiver;
    private final byte[] head = new byte[HEAD];
    private int headLength;
    private boolean passing;
    private int blankLength;
    private final byte[] blank = new byte[2];
    private boolean started;

    /// Who takes the letters.
    interface Receiver {
        /// @param received what the From line says; null when it says nothing
        void begin(@Nullable Instant received) throws IOException;

        void octets(byte[] octets, int offset, int length) throws IOException;

        void end() throws IOException;
    }

    MboxReader(Receiver receiver) {
        this.receiver = receiver;
    }

    void read(InputStream in) throws IOException {
        byte[] buffer = new byte[STEP];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            feed(buffer, count);
        }
        if (headLength > 0) {
            line();
        }
        if (started) {
            receiver.end();
        }
    }

    private void feed(byte[] octets, int count) throws IOException {
        int at = 0;
        while (at < count) {
            int end = at;
            while (end < count && octets[end] != '\n') {
                end++;
            }
            boolean whole = end < count;
            end = Math.min(end + 1, count);
            piece(octets, at, end - at, whole);
            at = end;
        }
    }

    /// Takes a piece of a line, `last` when it ends it.
    private void piece(byte[] octets, int offset, int length, boolean last) throws IOException {
        if (!passing && headLength + length > HEAD) {
            // No From line is as long as this.
            flushBlank();
            begin(null);
            passHead();
            passing = true;
        }
        if (passing) {
            receiver.octets(octets, offset, length);
            passing = !last;
            return;
        }
        System.arraycopy(octets, offset, head, headLength, length);
        headLength += length;
        if (last) {
            line();
        }
    }

    /// Decides about the whole line in the head.
    private void line() throws IOException {
        if (FromLine.begins(head, headLength)) {
            Instant date = FromLine.date(head, headLength);
            if (!started) {
                begin(date);
                headLength = 0;
                return;
            }
            if (date != null && blankLength > 0) {
                blankLength = 0;
                receiver.end();
                started = false;
                begin(date);
                headLength = 0;
                return;
            }
        }
        flushBlank();
        if (started && isBlank()) {
            System.arraycopy(head, 0, blank, 0, headLength);
            blankLength = headLength;
            headLength = 0;
            return;
        }
        begin(null);
        passHead();
    }

    private boolean isBlank() {
        return (headLength == 1 && head[0] == '\n')
                || (headLength == 2 && head[0] == '\r' && head[1] == '\n');
    }

    private void begin(@Nullable Instant date) throws IOException {
        if (!started) {
            started = true;
            receiver.begin(date);
        }
    }

    private void flushBlank() throws IOException {
        if (blankLength > 0) {
            receiver.octets(blank, 0, blankLength);
            blankLength = 0;
        }
    }

    private void passHead() throws IOException {
        int quotes = 0;
        while (quotes < headLength && head[quotes] == '>') {
            quotes++;
        }
        boolean quoted =
                quotes > 0
                        && headLength - quotes >= 5
                        && head[quotes] == 'F'
                        && head[quotes + 1] == 'r'
                        && head[quotes + 2] == 'o'
                        && head[quotes + 3] == 'm'
                        && head[quotes + 4] == ' ';
        int from = quoted ? 1 : 0;
        receiver.octets(head, from, headLength - from);
        headLength = 0;
    }
}
