package org.facteur.wire.sasl;

import java.util.Objects;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// What a server does next in an exchange.
public sealed interface SaslStep {
    /// Send this and wait for a response.
    record Challenge(Octets octets) implements SaslStep {
        public Challenge {
            Objects.requireNonNull(octets);
        }
    }

    /// The exchange is over; whether these are right is the caller's to find out. Prints without
    /// the password.
    ///
    /// @param name as it was typed, at most 320 characters without controls
    record Credentials(String name, String password) implements SaslStep {
        public Credentials {
            Objects.requireNonNull(name);
            Objects.requireNonNull(password);
        }

        @Override
        public String toString() {
            return "Credentials[***]";
        }
    }

    /// The exchange is over but for what is said of a bad token; whether it is good is the caller's
    /// to find out. Prints without the token.
    ///
    /// @param name whom the client wants to be; null where it leaves that to the token
    record Token(@Nullable String name, String token) implements SaslStep {
        public Token {
            Objects.requireNonNull(token);
        }

        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /// SCRAM has seen the client's proof. Where the sign-in is granted, the outcome goes to the
    /// client as one more challenge, which it answers with an empty response (RFC 5802 §5, RFC 4422
    /// §3.6).
    ///
    /// @param name as it was typed
    /// @param credential the number of the candidate whose proof this is, or null when it was
    ///   nobody's
    /// @param outcome the server's own proof, to be sent only to whom is let in
    record Proof(String name, @Nullable Long credential, Octets outcome) implements SaslStep {
        public Proof {
            Objects.requireNonNull(name);
            Objects.requireNonNull(outcome);
        }
    }

    /// The response cannot be: malformed, for another identity, or out of turn. The exchange is
    /// over.
    ///
    /// @param reason for the log, in plain English; holds nothing the peer sent
    record Failed(String reason) implements SaslStep {
        public Failed {
            Objects.requireNonNull(reason);
        }
    }
}
