package org.facteur.wire.smtp;

import java.io.IOException;
import org.facteur.wire.text.LineReader;
import org.jspecify.annotations.Nullable;

/// Takes a letter's octets off the line, to where the peer ends them. One thread.
///
/// Whatever is wrong with a letter, it is swallowed to its end, so that nothing in it is ever read
/// as a command; [#fault] tells what was.
public sealed interface LetterSource permits DataReader, ChunkReader {
    /// Takes what the peer sent, waiting for it once.
    ///
    /// @return whether more is to come; false once, when the end was read
    /// @throws java.io.EOFException when the peer ends inside the letter
    boolean read(LineReader in) throws IOException;

    /// What was wrong with the letter, the first thing only; null when nothing was.
    @Nullable Fault fault();

    /// Octets read so far, as they were on the line.
    long octets();

    /// Why a letter cannot be accepted.
    enum Fault {
        BARE_CR_OR_LF,
        NUL,
        LINE_TOO_LONG
    }
}
