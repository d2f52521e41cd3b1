package org.facteur.move.file;

import org.facteur.core.mailbox.MailboxName;
import org.jspecify.annotations.Nullable;

/// What an import is to do.
///
/// @param into the mailbox for the source's own letters, under which its folders come; null for the
///   inbox, with folders beside it
/// @param limitBytes the largest letter taken in, in octets
public record ImportOptions(@Nullable MailboxName into, long limitBytes) {
    /// 100 MB a letter.
    public static final ImportOptions DEFAULT = new ImportOptions(null, 100_000_000);

    public ImportOptions {
        if (limitBytes < 1) {
            throw new IllegalArgumentException("a letter of " + limitBytes + " octets");
        }
    }

    public ImportOptions into(MailboxName mailbox) {
        return new ImportOptions(mailbox, limitBytes);
    }
}
