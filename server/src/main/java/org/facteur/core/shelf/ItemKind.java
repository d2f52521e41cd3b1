package org.facteur.core.shelf;

/// What an item is. The code is stored and never changes its meaning.
public enum ItemKind {
    /// Octets that were uploaded and lie nowhere yet.
    UPLOAD(1),
    /// Who an account writes as.
    IDENTITY(2),
    /// A letter handed in to be sent.
    SUBMISSION(3),
    /// A letter that comes back later.
    SNOOZE(5),
    /// A keyword with a name and a colour.
    LABEL(20),
    /// A text to begin letters with.
    TEMPLATE(21);

    private final int code;

    ItemKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
