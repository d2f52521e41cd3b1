package org.facteur.core.mailbox;

import java.util.HashMap;
import java.util.Map;
import org.facteur.core.account.AccountId;

/// What others may do with the mailboxes of an account, at one version. Immutable.
///
/// @param byMailbox only mailboxes that something was granted on; no grant is empty
record Grants(Map<MailboxId, Map<Grantee, Rights>> byMailbox) {
    static final Grants NONE = new Grants(Map.of());

    private static final Grantee ANYONE = new Grantee.Anyone();

    Grants {
        Map<MailboxId, Map<Grantee, Rights>> copy = new HashMap<>();
        byMailbox.forEach((id, grants) -> copy.put(id, Map.copyOf(grants)));
        byMailbox = Map.copyOf(copy);
    }

    /// What one mailbox's grants say.
    Map<Grantee, Rights> of(MailboxId mailbox) {
        return byMailbox.getOrDefault(mailbox, Map.of());
    }

    /// What a guest may do: what was granted to it and to everybody.
    Rights of(MailboxId mailbox, AccountId guest) {
        Map<Grantee, Rights> grants = byMailbox.get(mailbox);
        if (grants == null) {
            return Rights.NONE;
        }
        Rights own = grants.getOrDefault(new Grantee.Person(guest), Rights.NONE);
        Rights all = grants.getOrDefault(ANYONE, Rights.NONE);
        return all.isEmpty() ? own : own.with(all);
    }

    /// Whether a guest sees anything.
    boolean visible(AccountId guest) {
        return byMailbox.keySet().stream().anyMatch(id -> of(id, guest).has(Right.LOOKUP));
    }
}
