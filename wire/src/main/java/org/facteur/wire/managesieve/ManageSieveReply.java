package org.facteur.wire.managesieve;

import java.util.Objects;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// What a server says (RFC 5804 §1.3).
public sealed interface ManageSieveReply {
    /// How it ends.
    enum Outcome {
        OK,
        NO,
        BYE
    }

    /// Why, for programs (RFC 5804 §1.3).
    enum Code {
        NONE(""),
        AUTH_TOO_WEAK("AUTH-TOO-WEAK"),
        ENCRYPT_NEEDED("ENCRYPT-NEEDED"),
        QUOTA("QUOTA"),
        MAXSCRIPTS("QUOTA/MAXSCRIPTS"),
        MAXSIZE("QUOTA/MAXSIZE"),
        TRYLATER("TRYLATER"),
        ACTIVE("ACTIVE"),
        NONEXISTENT("NONEXISTENT"),
        ALREADYEXISTS("ALREADYEXISTS"),
        WARNINGS("WARNINGS"),
        TAG("TAG"),
        SASL("SASL");

        private final String word;

        Code(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /// The last line of an answer.
    ///
    /// @param argument of the code; null for none
    /// @param text for people; may have several lines; empty for none
    record Ended(Outcome outcome, Code code, @Nullable String argument, String text)
            implements ManageSieveReply {
        public Ended {
            Objects.requireNonNull(outcome);
            Objects.requireNonNull(code);
            Objects.requireNonNull(text);
        }

        public static Ended ok(String text) {
            return new Ended(Outcome.OK, Code.NONE, null, text);
        }

        public static Ended no(Code code, String text) {
            return new Ended(Outcome.NO, code, null, text);
        }

        public static Ended bye(Code code, String text) {
            return new Ended(Outcome.BYE, code, null, text);
        }
    }

    /// A line of what is announced: a name and perhaps what belongs to it.
    record Announced(String name, @Nullable String value) implements ManageSieveReply {
        public Announced {
            Objects.requireNonNull(name);
        }
    }

    /// A line of a list of scripts.
    record Listed(String name, boolean active) implements ManageSieveReply {
        public Listed {
            Objects.requireNonNull(name);
        }
    }

    /// A script.
    record Script(Octets octets) implements ManageSieveReply {
        public Script {
            Objects.requireNonNull(octets);
        }
    }

    /// A step of an exchange that the client answers.
    record Challenge(Octets octets) implements ManageSieveReply {
        public Challenge {
            Objects.requireNonNull(octets);
        }
    }
}
