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

    /// The most entries one letter has in all mailboxes of an account.
    static final int PLACES = 1_000;

    /// Entries one transaction may change, so that its change record stays below a row's size.
    static final int ENTRIES_PER_TRANSACTION = 2_400;

    private BoxLimits() {}
}
