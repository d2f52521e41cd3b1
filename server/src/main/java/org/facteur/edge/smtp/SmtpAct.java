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

    /// Answer to a command that a peer which pipelines could not know to be in vain: no error of
    /// its own (RFC 3030 §2).
    record Vain(SmtpReply reply) implements SmtpAct {
        public Vain {
            Objects.requireNonNull(reply);
        }
    }

    /// Take a letter by DATA. Its transaction is over then.
    record TakeLetter(Announcement announcement) implements SmtpAct {
        public TakeLetter {
            Objects.requireNonNull(announcement);
        }
    }

    /// Take a chunk of a letter (RFC 3030 §2).
    ///
    /// @param octets follow the command, whatever is answered
    record TakeChunk(Announcement announcement, long octets, boolean last) implements SmtpAct {
        public TakeChunk {
            Objects.requireNonNull(announcement);
        }
    }

    record BeginTls() implements SmtpAct {}

    record BeginAuth(SaslMechanism mechanism, @Nullable Octets initial) implements SmtpAct {
        public BeginAuth {
            Objects.requireNonNull(mechanism);
        }
    }
}
