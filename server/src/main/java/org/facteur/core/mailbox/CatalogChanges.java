package org.facteur.core.mailbox;

import java.util.Map;
import java.util.Objects;

/// What happened to an account's letters and mailboxes from one version to another.
///
/// @param to the version it leads to
/// @param more whether more has happened since
/// @param letters what became of each letter that was touched, in the order of the first touch
/// @param mailboxes the same for mailboxes
/// @param others what else changed
public record CatalogChanges(
        long to,
        boolean more,
        Map<LetterId, LetterFate> letters,
        Map<MailboxId, MailboxFate> mailboxes,
        Others others) {
    /// What became of an object between the two versions.
    public enum Fate {
        CREATED,
        UPDATED,
        DESTROYED
    }

    /// What became of a letter.
    ///
    /// @param moved whether the mailboxes it lies in changed, not only its keywords
    public record LetterFate(Fate fate, boolean moved) {
        public LetterFate {
            Objects.requireNonNull(fate);
        }
    }

    /// What became of a mailbox.
    ///
    /// @param countsOnly whether nothing but letters in it changed
    public record MailboxFate(Fate fate, boolean countsOnly) {
        public MailboxFate {
            Objects.requireNonNull(fate);
        }
    }

    /// Whether other things of the account changed.
    ///
    /// @param lists subscriptions, grants, notes, uploads and the like
    public record Others(boolean scripts, boolean lists) {
        static final Others NONE = new Others(false, false);
    }

    /// Whether nothing of letters or mailboxes happened.
    public boolean none() {
        return letters.isEmpty() && mailboxes.isEmpty();
    }
}
