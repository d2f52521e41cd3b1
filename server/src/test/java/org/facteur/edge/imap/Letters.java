package org.facteur.edge.imap;

/// Letters for tests.
final class Letters {
    private Letters() {}

    /// A small letter.
    static String plain(String subject, String body) {
        return "From: Bob <bob@example.net>\r\nTo: Alice <alice@example.org>\r\nSubject: "
                + subject
                + "\r\nDate: Tue, 3 Feb 2026 10:00:00 +0100\r\nMessage-ID: <"
                + Integer.toHexString((subject + body).hashCode())
                + "@example.net>\r\n\r\n"
                + body
                + "\r\n";
    }
}
