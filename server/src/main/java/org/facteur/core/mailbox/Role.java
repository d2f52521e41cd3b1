package org.facteur.core.mailbox;

import java.util.Objects;
import java.util.Set;

/// What a mailbox is for (RFC 8621 §2, RFC 6154 §2). An open vocabulary: names are lower case.
public record Role(String name) {
    public static final Role INBOX = new Role("inbox");
    public static final Role DRAFTS = new Role("drafts");
    public static final Role SENT = new Role("sent");
    public static final Role ARCHIVE = new Role("archive");
    public static final Role JUNK = new Role("junk");
    public static final Role TRASH = new Role("trash");

    /// Letters a POP client deleted: kept a while, shown by no protocol but the recovery page.
    public static final Role COLLECTED = new Role("collected");

    private static final Set<Role> KNOWN =
            Set.of(INBOX, DRAFTS, SENT, ARCHIVE, JUNK, TRASH, COLLECTED);

    public Role {
        Objects.requireNonNull(name);
    }

    /// Whether this program gives the role a meaning.
    public boolean known() {
        return KNOWN.contains(this);
    }

    /// Whether mailboxes with this role are kept out of ordinary lists.
    public boolean hidden() {
        return equals(COLLECTED);
    }
}
