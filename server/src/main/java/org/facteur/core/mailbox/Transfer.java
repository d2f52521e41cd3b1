package org.facteur.core.mailbox;

import java.util.List;
import java.util.Objects;

/// What a copy or move did (RFC 4315 §3).
///
/// @param from UIDs in the source, ascending
/// @param to UIDs in the target, in the same order
/// @param version the account's version that shows all of it
public record Transfer(
        MailboxId target, long uidValidity, List<Long> from, List<Long> to, long version) {
    public Transfer {
        Objects.requireNonNull(target);
        from = List.copyOf(from);
        to = List.copyOf(to);
        if (from.size() != to.size()) {
            throw new IllegalArgumentException("a transfer has as many UIDs on both sides");
        }
    }
}
