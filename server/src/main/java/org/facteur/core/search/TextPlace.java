package org.facteur.core.search;

/// Where in a letter a text is looked for.
public enum TextPlace {
    FROM("f"),
    TO("t"),
    CC("c"),
    SUBJECT("s"),
    /// All fields of the header, names included.
    HEADER("h"),
    /// The text parts.
    BODY("b");

    private final String field;

    TextPlace(String field) {
        this.field = field;
    }

    /// Whether a letter may hold more of it than what is indexed.
    boolean limited() {
        return switch (this) {
            case FROM, TO, CC -> true;
            case SUBJECT, HEADER, BODY -> false;
        };
    }

    /// The field of the index.
    String field() {
        return field;
    }
}
