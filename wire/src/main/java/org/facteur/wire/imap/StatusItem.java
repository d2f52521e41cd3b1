package org.facteur.wire.imap;

/// What STATUS can tell about a mailbox.
public enum StatusItem {
    /// RFC 9051 §6.3.11.
    MESSAGES,
    /// RFC 3501 §6.3.10.
    RECENT,
    /// RFC 9051 §6.3.11.
    UIDNEXT,
    /// RFC 9051 §6.3.11.
    UIDVALIDITY,
    /// RFC 9051 §6.3.11.
    UNSEEN,
    /// RFC 9051 §6.3.11.
    DELETED,
    /// In octets (RFC 8438 §2).
    SIZE,
    /// RFC 7162 §3.1.7.
    HIGHESTMODSEQ,
    /// In octets (RFC 7889 §5).
    APPENDLIMIT,
    /// Text, not a number (RFC 8474 §4.3).
    MAILBOXID,
    /// In octets (RFC 9208 §4.1.4).
    DELETED_STORAGE;

    /// As on the wire.
    public String keyword() {
        return this == DELETED_STORAGE ? "DELETED-STORAGE" : name();
    }
}
