package org.facteur.wire.imap;

/// What a client can ask to be told (RFC 5465 §5).
public enum NotifyEvent {
    MESSAGE_NEW("MessageNew"),
    MESSAGE_EXPUNGE("MessageExpunge"),
    FLAG_CHANGE("FlagChange"),
    ANNOTATION_CHANGE("AnnotationChange"),
    MAILBOX_NAME("MailboxName"),
    SUBSCRIPTION_CHANGE("SubscriptionChange"),
    MAILBOX_METADATA_CHANGE("MailboxMetadataChange"),
    SERVER_METADATA_CHANGE("ServerMetadataChange");

    private final String keyword;

    NotifyEvent(String keyword) {
        this.keyword = keyword;
    }

    /// As on the wire.
    public String keyword() {
        return keyword;
    }

    /// Whether it is about letters.
    public boolean ofMessages() {
        return this == MESSAGE_NEW
                || this == MESSAGE_EXPUNGE
                || this == FLAG_CHANGE
                || this == ANNOTATION_CHANGE;
    }
}
