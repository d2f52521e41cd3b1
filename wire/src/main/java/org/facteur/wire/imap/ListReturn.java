package org.facteur.wire.imap;

/// What LIST shall say about each mailbox beyond its name (RFC 5258 §3.2, RFC 6154 §5.3). STATUS,
/// which has arguments, is apart.
public enum ListReturn {
    SUBSCRIBED,
    CHILDREN,
    SPECIAL_USE;

    /// As on the wire.
    public String keyword() {
        return this == SPECIAL_USE ? "SPECIAL-USE" : name();
    }
}
