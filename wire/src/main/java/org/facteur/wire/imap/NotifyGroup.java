package org.facteur.wire.imap;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Some mailboxes and what is to be told of them (RFC 5465 §8).
///
/// @param events none for NONE
/// @param newLetters what is to be told of a new letter in the open mailbox; mostly empty
/// @param unknown whether an event was named that no standard known here has
public record NotifyGroup(
        MailboxFilter filter,
        Set<NotifyEvent> events,
        List<FetchItem> newLetters,
        boolean unknown) {
    public NotifyGroup {
        Objects.requireNonNull(filter);
        events = Set.copyOf(events);
        newLetters = List.copyOf(newLetters);
    }

    public boolean wants(NotifyEvent event) {
        return events.contains(event);
    }
}
