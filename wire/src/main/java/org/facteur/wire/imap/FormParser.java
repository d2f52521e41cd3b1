package org.facteur.wire.imap;

/// Passes over a parenthesised form and keeps its octets: ENVELOPE, BODYSTRUCTURE, extension data.
///
/// Checks that it is made of lists, strings, numbers, NIL and atoms with single spaces between
/// them, to a bounded depth. Iterative.
final class FormParser {
    private final ImapCursor cursor;

    FormParser(ImapCursor cursor) {
        this.cursor = cursor;
    }

    /// `tagged-ext-comp = astring / tagged-ext-comp *(SP tagged-ext-comp) / "(" tagged-ext-comp
    /// ")"`
    byte[] form() {
        int start = cursor.offset();
        int depth = 0;
        cursor.expect('(');
        depth++;
        boolean first = true;
        while (depth > 0) {
            if (cursor.take(')')) {
                depth--;
                first = false;
                continue;
            }
            // Parts of a multipart stand side by side without a space (RFC 9051 §9,
            // body-type-mpart).
            if (!first && cursor.peek() != '(') {
                cursor.space();
            } else if (!first) {
                cursor.take(' ');
            }
            if (cursor.take('(')) {
                if (++depth > cursor.limits().depth()) {
                    throw cursor.tooMany("parentheses");
                }
                first = true;
            } else {
                cursor.astring();
                first = false;
            }
        }
        return cursor.slice(start, cursor.offset());
    }
}
