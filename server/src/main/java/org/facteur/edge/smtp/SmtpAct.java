package org.facteur.edge.smtp;

import java.util.Objects;
import org.facteur.wire.sasl.SaslMechanism;
import org.facteur.wire.smtp.SmtpReply;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// What a session wants its connection to do after a command.
sealed interface SmtpAct {
    record Answer(SmtpReply reply) implements SmtpAct {
        public Answer {
            Objects.requireNonNull(reply);
        }
    }

    /// The address is ours and nobody's: counted apart from other errors.
    record UnknownRecipient(SmtpReply reply) implements SmtpAct {
        public UnknownRecipient {
            Objects.requireNonNull(reply);
        }
    }

    /// Answer, then end.
    record Goodbye(SmtpReply reply) implements SmtpAct {
        public Goodbye {
            Objects.requireNonNull(reply);
        }
    }

    /// Take the letter of a transaction, which is over then.
    record TakeLetter(Transaction transaction) implements SmtpAct {
        public TakeLetter {
            Objects.requireNonNull(transaction);
        }
    }

    record BeginTls() implements SmtpAct {}

    record BeginAuth(SaslMechanism mechanism, @Nullable Octets initial) implements SmtpAct {
        public BeginAuth {
            Objects.requireNonNull(mechanism);
        }
    }
}
