package org.facteur.core.account;

import java.util.Objects;

/// Who acts: an account, the credential that let it in, and the door it came through. Everything
/// that changes an account is asked for by one, and its name stays in the change log.
///
/// @param credential the number of the password or device password used; 0 for the program itself
public record Actor(AccountId account, long credential, Door door) {
    public Actor {
        Objects.requireNonNull(account);
        Objects.requireNonNull(door);
        if (credential < 0) {
            throw new IllegalArgumentException("credential " + credential);
        }
    }

    /// The program itself, acting in an account: deliveries, collections.
    public static Actor system(AccountId account, Door door) {
        return new Actor(account, 0, door);
    }
}
