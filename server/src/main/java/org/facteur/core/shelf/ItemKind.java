package org.facteur.core.shelf;

/// What an item is. The code is stored and never changes its meaning.
public enum ItemKind {
    /// Octets that were uploaded and lie nowhere yet.
    UPLOAD(1, 1000),
    /// Who an account writes as.
    IDENTITY(2, 1000),
    /// A letter handed in to be sent.
    SUBMISSION(3, 1000),
    /// A letter that comes back later.
    SNOOZE(5, 1000),
    /// A book of cards.
    ADDRESS_BOOK(6, 100),
    /// A card of a person, a group or a place; named by its uid.
    CARD(7, 10_000),
    /// Somebody the owner has written to; named by the address.
    CORRESPONDENT(8, 2000),
    /// What the owner wants done about people; one item.
    PEOPLE_WISHES(9, 1),
    /// Where a client wants to be told of changes.
    PUSH(10, 100),
    /// Something that is done to many letters.
    BULK(11, 200),
    /// A keyword with a name and a colour.
    LABEL(20, 1000),
    /// A text to begin letters with.
    TEMPLATE(21, 1000);

    private final int code;
    private final int most;

    ItemKind(int code, int most) {
        this.code = code;
        this.most = most;
    }

    public int code() {
        return code;
    }

    /// Items of the kind an account can have.
    public int most() {
        return most;
    }
}
