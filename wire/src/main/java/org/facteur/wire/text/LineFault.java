package org.facteur.wire.text;

/// A line that breaks the framing rules every text protocol here shares.
///
/// After [Kind#TOO_LONG] the reader has skipped to the end of that line and the conversation may go
/// on in step; after the others it may not: what follows could be read as a line by one side only
/// (smuggling), so the connection ends.
public final class LineFault extends RuntimeException {
    /// What was wrong with the line.
    public enum Kind {
        /// Longer than the limit given to the read.
        TOO_LONG,
        /// Longer than the limit by so much that skipping it was given up.
        ENDLESS,
        /// An LF without CR before it, or a CR without LF after it (RFC 5321 §2.3.8).
        BARE_CR_OR_LF,
        /// A NUL octet.
        NUL
    }

    private final Kind kind;

    LineFault(Kind kind) {
        super(kind.name(), null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// Whether the reader stands at the start of a line again.
    public boolean inStep() {
        return kind == Kind.TOO_LONG;
    }
}
