package org.facteur.wire.imap;

/// The name of a mailbox in Unicode, levels separated by [#DELIMITER].
///
/// INBOX in any case, alone or as the first level, is always spelled `INBOX` (RFC 9051 §5.1).
/// Encoding on the wire is the business of parser and writer.
///
/// @param text not empty, without control characters
public record MailboxPath(String text) {
    /// Between the levels of a name, on the wire as in the store.
    public static final char DELIMITER = '/';

    /// Where letters arrive.
    public static final MailboxPath INBOX = new MailboxPath("INBOX");

    public MailboxPath {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a mailbox has a name");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException("a mailbox name has no control characters");
            }
        }
        if (text.regionMatches(true, 0, "INBOX", 0, 5)
                && (text.length() == 5 || text.charAt(5) == DELIMITER)) {
            text = "INBOX" + text.substring(5);
        }
    }

    public boolean isInbox() {
        return text.equals("INBOX");
    }

    /// How many levels the name has, 1 or more.
    public int depth() {
        int depth = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == DELIMITER) {
                depth++;
            }
        }
        return depth;
    }

    @Override
    public String toString() {
        return text;
    }
}
