package org.facteur.edge.pop3;

import java.time.Instant;
import java.util.Objects;
import org.facteur.base.word.Language;
import org.facteur.core.account.Actor;
import org.jspecify.annotations.Nullable;

/// Where a session stands (RFC 1939 §3).
sealed interface Pop3State {
    /// Nobody has signed in.
    ///
    /// @param name what USER gave; null before it
    record Authorization(@Nullable String name) implements Pop3State {
        static final Authorization FRESH = new Authorization(null);
    }

    /// Somebody has.
    ///
    /// @param language of the account
    /// @param checked when the credential was last found good
    record Transaction(Actor actor, Maildrop maildrop, Language language, Instant checked)
            implements Pop3State {
        public Transaction {
            Objects.requireNonNull(actor);
            Objects.requireNonNull(maildrop);
            Objects.requireNonNull(language);
            Objects.requireNonNull(checked);
        }

        Transaction checkedAt(Instant now) {
            return new Transaction(actor, maildrop, language, now);
        }
    }
}
