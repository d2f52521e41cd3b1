package org.facteur.edge.imap;

import org.facteur.core.mailbox.LetterBox;

/// Where a session stands (RFC 9051 §3).
sealed interface ImapState {
    /// A stranger.
    record NotAuthenticated() implements ImapState {}

    /// Logged in, no mailbox open.
    record Authenticated(LetterBox box) implements ImapState {}

    /// A mailbox is open.
    record Selected(LetterBox box, SelectedMailbox mailbox) implements ImapState {}
}
