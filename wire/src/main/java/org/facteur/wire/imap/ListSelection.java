package org.facteur.wire.imap;

/// Which mailboxes LIST shall consider (RFC 5258 §3.1, RFC 6154 §5.2).
public enum ListSelection {
    SUBSCRIBED,
    REMOTE,
    RECURSIVEMATCH,
    SPECIAL_USE;

    /// As on the wire.
    public String keyword() {
        return this == SPECIAL_USE ? "SPECIAL-USE" : name();
    }
}
