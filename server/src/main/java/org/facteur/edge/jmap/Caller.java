package org.facteur.edge.jmap;

import java.util.Objects;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;

/// Who sends a request.
///
/// @param actor whose door is kept in the change log
public record Caller(Actor actor, Account account) {
    public Caller {
        Objects.requireNonNull(actor);
        Objects.requireNonNull(account);
    }
}
