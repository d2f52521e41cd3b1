package org.facteur.core.mailbox;

import java.util.Objects;

/// Where a letter came to lie.
///
/// @param version the account's version that shows it
public record Placed(MailboxId mailbox, long uidValidity, long uid, LetterId letter, long version) {
    public Placed {
        Objects.requireNonNull(mailbox);
        Objects.requireNonNull(letter);
    }
}
