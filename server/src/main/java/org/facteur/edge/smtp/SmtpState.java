package org.facteur.edge.smtp;

import java.util.Objects;
import org.facteur.wire.address.Domain;
import org.jspecify.annotations.Nullable;

/// Where a session stands.
sealed interface SmtpState {
    /// Nothing was said yet.
    record Connected() implements SmtpState {}

    /// The peer has said who it is.
    record Greeted(Greeting greeting) implements SmtpState {
        public Greeted {
            Objects.requireNonNull(greeting);
        }
    }

    /// A letter was announced.
    record Announced(Greeting greeting, Transaction transaction) implements SmtpState {
        public Announced {
            Objects.requireNonNull(greeting);
            Objects.requireNonNull(transaction);
        }
    }

    /// A part of the letter came in chunks; the rest must come so too.
    record Chunking(Greeting greeting, Transaction transaction) implements SmtpState {
        public Chunking {
            Objects.requireNonNull(greeting);
            Objects.requireNonNull(transaction);
        }
    }

    /// A chunk was refused: those that were on their way already are in vain (RFC 3030 §2).
    record Spoiled(Greeting greeting) implements SmtpState {
        public Spoiled {
            Objects.requireNonNull(greeting);
        }
    }

    /// @param name null where the peer gave none that is one
    /// @param extended EHLO or LHLO and not HELO
    record Greeting(@Nullable Domain name, boolean extended) {}

    default @Nullable Greeting findGreeting() {
        return switch (this) {
            case Connected _ -> null;
            case Greeted(Greeting greeting) -> greeting;
            case Announced(Greeting greeting, Transaction _) -> greeting;
            case Chunking(Greeting greeting, Transaction _) -> greeting;
            case Spoiled(Greeting greeting) -> greeting;
        };
    }
}
