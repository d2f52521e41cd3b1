package org.facteur.wire.sieve;

/// One piece of a script.
///
/// @param text of identifiers and tags lower case; of strings what they stand for
/// @param number of numbers
record Token(Kind kind, String text, long number, Position at) {
    enum Kind {
        IDENTIFIER,
        TAG,
        NUMBER,
        STRING,
        /// One of `{ } ( ) [ ] , ;`, which is the text.
        MARK,
        END
    }

    boolean is(char mark) {
        return kind == Kind.MARK && text.charAt(0) == mark;
    }

    /// How complaints name it.
    String shown() {
        return switch (kind) {
            case IDENTIFIER -> "“" + text + "”";
            case TAG -> "“:" + text + "”";
            case NUMBER -> "“" + number + "”";
            case STRING -> "\"…\"";
            case MARK -> "“" + text + "”";
            case END -> "the end";
        };
    }
}
