package org.facteur.wire.imap;

/// What LIST shall say about each mailbox beyond its name (RFC 5258 §3.2, RFC 6154 §5.3). STATUS
/// and METADATA, which have arguments, are apart.
public enum ListReturn {
    SUBSCRIBED,
    CHILDREN,
    SPECIAL_USE,
    /// RFC 8440 §3.
    MYRIGHTS;

    /// As on the wire.
    public String keyword() {
        return this == SPECIAL_USE ? "SPECIAL-USE" : name();
    }
}
