package org.facteur.wire.smtp;

import java.io.EOFException;
import java.io.IOException;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.OctetScan;
import org.facteur.wire.text.OctetSink;
import org.jspecify.annotations.Nullable;

/// Takes the octets of one letter after DATA: finds the end, takes stuffed dots off. One thread.
///
/// Only CRLF.CRLF ends a letter. A letter with a bare CR or LF, a NUL or a line that is too long is
/// swallowed to its end, so that nothing in it is ever read as a command, and [#fault()] tells (RFC
/// 5321 §2.3.8, RFC 5321 §4.5.2).
public final class DataReader implements LetterSource {
    private final OctetSink sink;
    private final int lineLimit;
    private State state = State.LINE_START;
    private @Nullable Fault fault;
    private long octets;
    private int column;
    private boolean ended;

    private enum State {
        LINE_START,
        TEXT,
        CR,
        DOT,
        DOT_CR
    }

    /// @param sink takes the letter with its CRLF lines; gets nothing more after a fault
    /// @param lineLimit the longest line in octets, CRLF not counted
    public DataReader(OctetSink sink, int lineLimit) {
        this.sink = sink;
        this.lineLimit = lineLimit;
    }

    @Override
    public boolean read(LineReader in) throws IOException {
        if (!in.scan(this::take)) {
            throw new EOFException("ended inside a letter");
        }
        return !ended;
    }

    @Override
    public @Nullable Fault fault() {
        return fault;
    }

    @Override
    public long octets() {
        return octets;
    }

    private int take(byte[] buffer, int from, int to) {
        int run = from;
        int i = from;
        while (i < to && !ended) {
            byte b = buffer[i];
            switch (state) {
                case LINE_START -> {
                    column = 0;
                    if (b == '.') {
                        emit(buffer, run, i);
                        run = ++i;
                        state = State.DOT;
                    } else {
                        state = State.TEXT;
                    }
                }
                case DOT -> {
                    if (b == '\r') {
                        run = ++i;
                        state = State.DOT_CR;
                    } else {
                        state = State.TEXT;
                    }
                }
                case DOT_CR -> {
                    if (b == '\n') {
                        run = ++i;
                        ended = true;
                    } else {
                        fail(Fault.BARE_CR_OR_LF);
                        state = State.TEXT;
                    }
                }
                case TEXT -> i = text(buffer, i, to);
                case CR -> {
                    if (b == '\n') {
                        i++;
                        state = State.LINE_START;
                    } else {
                        fail(Fault.BARE_CR_OR_LF);
                        state = State.TEXT;
                    }
                }
            }
        }
        emit(buffer, run, ended ? run : i);
        octets += i - from;
        return i - from;
    }

    /// Runs through ordinary octets to the next CR.
    private int text(byte[] buffer, int from, int to) {
        int i = OctetScan.skipAtLeast('\r' + 1, buffer, from, to);
        while (i < to) {
            byte b = buffer[i];
            if (b > '\r' || b < 0) {
                i++;
                continue;
            }
            if (b == '\r') {
                measure(i - from);
                state = State.CR;
                return i + 1;
            }
            if (b == '\n' || b == 0) {
                fail(b == 0 ? Fault.NUL : Fault.BARE_CR_OR_LF);
            }
            i = OctetScan.skipAtLeast('\r' + 1, buffer, i + 1, to);
        }
        measure(i - from);
        return i;
    }

    private void measure(int more) {
        column += more;
        if (column > lineLimit) {
            column = lineLimit + 1;
            fail(Fault.LINE_TOO_LONG);
        }
    }

    private void fail(Fault found) {
        if (fault == null) {
            fault = found;
        }
    }

    private void emit(byte[] buffer, int from, int to) {
        if (fault == null && to > from) {
            sink.accept(buffer, from, to - from);
        }
    }
}
