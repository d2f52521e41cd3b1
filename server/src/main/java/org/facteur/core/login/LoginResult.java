package org.facteur.core.login;

import java.time.Duration;
import java.util.Objects;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;

/// What came of a sign-in.
public sealed interface LoginResult {
    /// Come in.
    record Granted(Actor actor, Account account) implements LoginResult {
        public Granted {
            Objects.requireNonNull(actor);
            Objects.requireNonNull(account);
        }
    }

    /// No; which of name, password and door was wrong is not told.
    ///
    /// @param delay how long the answer is to be held back
    record Denied(Duration delay) implements LoginResult {
        public Denied {
            Objects.requireNonNull(delay);
        }
    }

    /// This source has guessed too often; nothing was looked at.
    record Blocked() implements LoginResult {}
}
