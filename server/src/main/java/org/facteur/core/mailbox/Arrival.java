package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A letter on its way into one mailbox.
///
/// @param prefix trace headers to show before the letter, each ended by CRLF; belongs to the record
/// @param handover names this hand-over, so that doing it again changes nothing; null where the
///   caller does not repeat itself
@SuppressWarnings("ArrayRecordComponent")
public record Arrival(
        NewLetter letter,
        byte[] prefix,
        MailboxId mailbox,
        Set<Keyword> keywords,
        Instant received,
        @Nullable String handover) {
    public Arrival {
        Objects.requireNonNull(letter);
        Objects.requireNonNull(prefix);
        Objects.requireNonNull(mailbox);
        Objects.requireNonNull(received);
        keywords = Set.copyOf(keywords);
    }

    long sizeBytes() {
        return prefix.length + letter.octets().size();
    }
}
