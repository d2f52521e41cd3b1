package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.Objects;

/// A letter that a POP device took and that can be put back.
///
/// @param id its number among what was collected; never given again in this account
/// @param taken when
/// @param credential which device took it
/// @param from the mailbox it lay in
/// @param received its date there, to the second
/// @param letter the letter itself
public record RecoverableLetter(
        long id,
        Instant taken,
        long credential,
        MailboxName from,
        Instant received,
        Letter letter) {
    public RecoverableLetter {
        Objects.requireNonNull(taken);
        Objects.requireNonNull(from);
        Objects.requireNonNull(received);
        Objects.requireNonNull(letter);
    }
}
