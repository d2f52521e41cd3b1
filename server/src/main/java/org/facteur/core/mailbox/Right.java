package org.facteur.core.mailbox;

/// One thing that somebody may do with a mailbox (RFC 4314 §2.1). The letter is stored and never
/// changes.
public enum Right {
    /// See that it is there.
    LOOKUP('l'),
    /// Open it and read its letters.
    READ('r'),
    /// Change `$seen`, for all who share the mailbox.
    SEEN('s'),
    /// Change keywords other than `$seen` and `$deleted`.
    WRITE('w'),
    /// Put letters in.
    INSERT('i'),
    /// Send letters to it. Stored and shown; letters are delivered by address, not by mailbox.
    POST('p'),
    /// Make mailboxes beneath.
    CREATE('k'),
    /// Remove or rename the mailbox.
    DELETE_MAILBOX('x'),
    /// Change `$deleted`.
    DELETE_LETTERS('t'),
    /// End letters for good.
    EXPUNGE('e'),
    /// Give and take rights.
    ADMINISTER('a');

    private final char letter;

    Right(char letter) {
        this.letter = letter;
    }

    /// As IMAP writes it.
    public char letter() {
        return letter;
    }
}
