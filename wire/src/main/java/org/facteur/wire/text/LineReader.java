package org.facteur.wire.text;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of octets into CRLF lines and counted literals.
///
/// The only framing in the program: CRLF ends a line and nothing else does; a bare CR, a bare LF or
/// a NUL is a [LineFault]; every read has a hard limit in octets; nothing is decoded before it is
/// framed. An idle reader gives its buffer back ([#rest()]), so that a parked connection costs
/// nothing here.
///
/// Used by one thread. Not closed: the source belongs to the caller.
public final class LineReader {
    private static final byte[] NONE = new byte[0];
    private static final int STEP = 4096;
    private static final int SCAN_STEP = 16 * 1024;

    /// How far past its limit a line is skipped before the peer is given up, in octets.
    private static final int SKIP_LIMIT = 1 << 20;

    private final ByteSource source;
    private byte[] buffer = NONE;
    private int start;
    private int end;

    public LineReader(ByteSource source) {
        this.source = source;
    }

    /// Octets already received and not yet read. Anything above 0 when TLS begins is an injection.
    public int buffered() {
        return end - start;
    }

    /// Reads one line.
    ///
    /// @param limit the longest line in octets, CRLF not counted
    /// @return the line without its CRLF, or null when the peer ended cleanly between two lines
    /// @throws LineFault when the line breaks the framing rules
    /// @throws EOFException when the peer ended inside a line
    public byte @Nullable [] readLine(int limit) throws IOException {
        int scanned = 0;
        while (true) {
            for (int i = start + scanned; i < end; i++) {
                byte b = buffer[i];
                if (b == '\n' || b == 0) {
                    return lineEnding(i, limit);
                }
                if (i > start && buffer[i - 1] == '\r') {
                    throw new LineFault(LineFault.Kind.BARE_CR_OR_LF);
                }
            }
            scanned = end - start;
            if (scanned > limit + 1) {
                skipLine(limit);
                throw new LineFault(LineFault.Kind.TOO_LONG);
            }
            if (!fill(Math.min(limit + 2, scanned + STEP))) {
                if (scanned == 0) {
                    return null;
                }
                throw new EOFException("ended inside a line");
            }
        }
    }

    private byte[] lineEnding(int at, int limit) {
        if (buffer[at] == 0) {
            throw new LineFault(LineFault.Kind.NUL);
        }
        if (at == start || buffer[at - 1] != '\r') {
            throw new LineFault(LineFault.Kind.BARE_CR_OR_LF);
        }
        int length = at - 1 - start;
        byte[] line = Arrays.copyOfRange(buffer, start, at - 1);
        start = at + 1;
        if (length > limit) {
            throw new LineFault(LineFault.Kind.TOO_LONG);
        }
        return line;
    }

    /// Reads what is there, at least one octet, up to `length`.
    ///
    /// @return how many octets, or -1 at the end of the stream
    public int read(byte[] target, int offset, int length) throws IOException {
        if (start == end) {
            return source.read(target, offset, length);
        }
        int count = Math.min(length, end - start);
        System.arraycopy(buffer, start, target, offset, count);
        start += count;
        return count;
    }

    /// Reads exactly `length` octets.
    ///
    /// @throws EOFException when the peer ended before
    public void readFully(byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int count = read(target, offset + done, length - done);
            if (count < 0) {
                throw new EOFException("ended inside a literal");
            }
            done += count;
        }
    }

    /// Waits for at least one more octet and shows all that is buffered without taking it.
    ///
    /// @return false at the end of the stream
    public boolean await() throws IOException {
        return start < end || fill(STEP);
    }

    /// Waits for at least one octet and hands over all that is buffered, without a copy.
    ///
    /// @param scanner says how many of them it takes; the others stay
    /// @return false at the end of the stream
    public boolean scan(Scanner scanner) throws IOException {
        if (start == end && !fill(SCAN_STEP)) {
            return false;
        }
        int taken = scanner.scan(buffer, start, end);
        if (taken < 0 || taken > end - start) {
            throw new IndexOutOfBoundsException(taken);
        }
        start += taken;
        return true;
    }

    /// Looks at octets in place. The array is only lent for the call and must not be written to.
    @FunctionalInterface
    public interface Scanner {
        /// @return how many octets from `from` are taken, at most `to - from`
        int scan(byte[] octets, int from, int to);
    }

    /// Looks at the buffered octet at a distance from the next one to be read.
    ///
    /// @param ahead 0 up to [#buffered()] - 1
    public byte peek(int ahead) {
        if (ahead < 0 || ahead >= end - start) {
            throw new IndexOutOfBoundsException(ahead);
        }
        return buffer[start + ahead];
    }

    /// Gives the buffer back while nothing is in it; the next read takes a new one.
    public void rest() {
        if (start == end) {
            buffer = NONE;
            start = 0;
            end = 0;
        }
    }

    private void skipLine(int limit) throws IOException {
        long skipped = 0;
        byte last = 0;
        while (true) {
            while (start < end) {
                byte b = buffer[start++];
                if (b == '\n' && last == '\r') {
                    return;
                }
                if (b == '\n' || b == 0 || last == '\r') {
                    throw new LineFault(b == 0 ? LineFault.Kind.NUL : LineFault.Kind.BARE_CR_OR_LF);
                }
                last = b;
                skipped++;
            }
            if (skipped > (long) limit + SKIP_LIMIT) {
                throw new LineFault(LineFault.Kind.ENDLESS);
            }
            if (!fill(STEP)) {
                throw new EOFException("ended inside a line");
            }
        }
    }

    private boolean fill(int wanted) throws IOException {
        if (start == end) {
            start = 0;
            end = 0;
        }
        if (buffer.length - start < Math.max(wanted, end - start + 1)) {
            int size = Math.max(STEP, Math.max(wanted, end - start + 1));
            byte[] next = size <= buffer.length ? buffer : new byte[size];
            System.arraycopy(buffer, start, next, 0, end - start);
            end -= start;
            start = 0;
            buffer = next;
        }
        int count = source.read(buffer, end, buffer.length - end);
        if (count <= 0) {
            return false;
        }
        end += count;
        return true;
    }
}
