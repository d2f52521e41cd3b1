package org.facteur.edge.imap;

/// What a client has switched on. One thread.
final class Features {
    private boolean rev2;
    private boolean utf8;
    private boolean condStore;
    private boolean qResync;
    private boolean uidOnly;
    private boolean metadata;

    /// IMAP4rev2: names in UTF-8, ESEARCH, no RECENT (RFC 9051 §6.3.1).
    boolean rev2() {
        return rev2;
    }

    /// Names and strings in UTF-8 (RFC 9051 §5.1, RFC 9755 §3).
    boolean utf8() {
        return utf8 || rev2;
    }

    /// MODSEQ in every FETCH that tells flags (RFC 7162 §3.1).
    boolean condStore() {
        return condStore;
    }

    /// VANISHED for EXPUNGE (RFC 7162 §3.2).
    boolean qResync() {
        return qResync;
    }

    /// No message numbers any more (RFC 9586).
    boolean uidOnly() {
        return uidOnly;
    }

    /// Notes of the open mailbox that others change are told (RFC 5464 §4.1).
    boolean metadata() {
        return metadata;
    }

    void enableMetadata() {
        metadata = true;
    }

    void enableUidOnly() {
        uidOnly = true;
    }

    void enableRev2() {
        rev2 = true;
    }

    void enableUtf8() {
        utf8 = true;
    }

    void enableCondStore() {
        condStore = true;
    }

    void enableQResync() {
        condStore = true;
        qResync = true;
    }

    /// Nothing is switched on any more.
    void reset() {
        rev2 = false;
        utf8 = false;
        condStore = false;
        qResync = false;
        uidOnly = false;
        metadata = false;
    }
}
