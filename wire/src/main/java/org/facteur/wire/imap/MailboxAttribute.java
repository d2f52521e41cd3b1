package org.facteur.wire.imap;

import java.util.Locale;

/// What LIST says about a mailbox, also a special use asked of CREATE (RFC 9051 §7.3.1, RFC 6154
/// §2).
///
/// An open vocabulary: other servers may send attributes unknown here. Compared without case.
///
/// @param name an atom with a backslash before it
public record MailboxAttribute(String name) {
    public static final MailboxAttribute NO_INFERIORS = new MailboxAttribute("\\Noinferiors");
    public static final MailboxAttribute NO_SELECT = new MailboxAttribute("\\Noselect");
    public static final MailboxAttribute NON_EXISTENT = new MailboxAttribute("\\NonExistent");

    /// There is something that may not be read (RFC 5465 §3.1).
    public static final MailboxAttribute NO_ACCESS = new MailboxAttribute("\\NoAccess");

    public static final MailboxAttribute MARKED = new MailboxAttribute("\\Marked");
    public static final MailboxAttribute UNMARKED = new MailboxAttribute("\\Unmarked");
    public static final MailboxAttribute HAS_CHILDREN = new MailboxAttribute("\\HasChildren");
    public static final MailboxAttribute HAS_NO_CHILDREN = new MailboxAttribute("\\HasNoChildren");
    public static final MailboxAttribute SUBSCRIBED = new MailboxAttribute("\\Subscribed");
    public static final MailboxAttribute REMOTE = new MailboxAttribute("\\Remote");
    public static final MailboxAttribute ALL = new MailboxAttribute("\\All");
    public static final MailboxAttribute ARCHIVE = new MailboxAttribute("\\Archive");
    public static final MailboxAttribute DRAFTS = new MailboxAttribute("\\Drafts");
    public static final MailboxAttribute FLAGGED = new MailboxAttribute("\\Flagged");
    public static final MailboxAttribute JUNK = new MailboxAttribute("\\Junk");
    public static final MailboxAttribute SENT = new MailboxAttribute("\\Sent");
    public static final MailboxAttribute TRASH = new MailboxAttribute("\\Trash");

    /// RFC 8457 §3.
    public static final MailboxAttribute IMPORTANT = new MailboxAttribute("\\Important");

    public MailboxAttribute {
        if (name.length() < 2 || name.charAt(0) != '\\') {
            throw new IllegalArgumentException("a mailbox attribute is a backslash and an atom");
        }
        for (int i = 1; i < name.length(); i++) {
            if (name.charAt(i) >= 128 || !Grammar.isAtomChar((byte) name.charAt(i))) {
                throw new IllegalArgumentException(
                        "a mailbox attribute is a backslash and an atom");
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MailboxAttribute that && name.equalsIgnoreCase(that.name);
    }

    @Override
    public int hashCode() {
        return name.toLowerCase(Locale.ROOT).hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
