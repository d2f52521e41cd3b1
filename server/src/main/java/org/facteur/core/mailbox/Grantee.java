package org.facteur.core.mailbox;

import java.util.Objects;
import org.facteur.core.account.AccountId;

/// Whom rights are given to.
public sealed interface Grantee {
    /// Everybody who signs in here.
    record Anyone() implements Grantee {}

    /// One account.
    record Person(AccountId account) implements Grantee {
        public Person {
            Objects.requireNonNull(account);
        }
    }

    /// The number in keys; 0 for everybody.
    default long number() {
        return switch (this) {
            case Anyone _ -> 0;
            case Person(AccountId account) -> account.number();
        };
    }

    /// Whom a number in keys stands for.
    static Grantee of(long number) {
        return number == 0 ? new Anyone() : new Person(new AccountId(number));
    }
}
