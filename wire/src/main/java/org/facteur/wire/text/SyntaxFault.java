package org.facteur.wire.text;

import org.jspecify.annotations.Nullable;

/// The peer, or a file, broke a grammar.
///
/// One of the three unchecked exceptions that cross packages; each edge maps it once (SMTP 501
/// 5.5.4, IMAP BAD, POP3 -ERR, JMAP invalidArguments, HTTP 400). The message is safe to show to the
/// peer: it never repeats the peer's octets.
public final class SyntaxFault extends RuntimeException {
    private final int offset;
    private final String expected;
    private final @Nullable String section;

    /// @param offset octets from the start of the unit being parsed, or -1 where that has no
    ///   meaning
    /// @param expected what the grammar wanted there, in plain English, for example `a space`
    /// @param section the rule's source, for example `RFC 9051 §9`, or null where it is our own
    ///   limit
    public SyntaxFault(int offset, String expected, @Nullable String section) {
        super(text(offset, expected, section), null, false, false);
        this.offset = offset;
        this.expected = expected;
        this.section = section;
    }

    /// A fault with its rule.
    public static SyntaxFault at(int offset, String expected, String section) {
        return new SyntaxFault(offset, expected, section);
    }

    public int offset() {
        return offset;
    }

    public String expected() {
        return expected;
    }

    public @Nullable String section() {
        return section;
    }

    private static String text(int offset, String expected, @Nullable String section) {
        StringBuilder text = new StringBuilder("expected ").append(expected);
        if (offset >= 0) {
            text.append(" at octet ").append(offset);
        }
        if (section != null) {
            text.append(" (").append(section).append(')');
        }
        return text.toString();
    }
}
