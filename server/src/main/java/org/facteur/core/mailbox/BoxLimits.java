package org.facteur.core.mailbox;

/// What one account may hold besides its quota.
public final class BoxLimits {
    /// The most mailboxes.
    public static final int MAILBOXES = 10_000;

    /// The deepest nesting of mailboxes.
    public static final int DEPTH = 20;

    /// The longest name of one mailbox, without its parents', in octets of UTF-8.
    public static final int NAME_OCTETS = 255;

    /// The longest keyword, in octets.
    public static final int KEYWORD_OCTETS = 100;

    /// How many a mailbox can be shared with.
    public static final int GRANTS = 200;

    /// The most octets of one annotation.
    public static final int ANNOTATION_OCTETS = 32 << 10;

    /// The most annotations of one mailbox that one reader has, or all share.
    public static final int ANNOTATIONS = 100;

    /// The most octets of all annotations of an account, those of its guests included.
    public static final long ALL_ANNOTATIONS_OCTETS = 4L << 20;

    /// The longest name of an annotation, in octets.
    public static final int ANNOTATION_NAME_OCTETS = 255;

    /// The most entries one letter has in all mailboxes of an account.
    static final int PLACES = 1_000;

    /// Octets of marks after which a transaction ends, so that its change record stays below a
    /// row's size: some thousand entries.
    static final int CHANGE_RECORD_BYTES = 16_000;

    private BoxLimits() {}
}
