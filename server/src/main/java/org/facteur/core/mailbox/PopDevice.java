package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.facteur.core.account.PopRule;

/// A credential as it collects by POP: what belongs to the login, given to the letter box.
///
/// @param credential its number
/// @param since what other devices took before is not for this one
/// @param others the numbers of the account's other credentials that may collect by POP
public record PopDevice(long credential, Instant since, PopRule rule, Set<Long> others) {
    public PopDevice {
        Objects.requireNonNull(since);
        Objects.requireNonNull(rule);
        others = Set.copyOf(others);
        if (credential < 0) {
            throw new IllegalArgumentException("credential " + credential);
        }
    }
}
