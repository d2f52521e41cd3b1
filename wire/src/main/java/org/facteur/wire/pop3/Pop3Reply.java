package org.facteur.wire.pop3;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a server says to a command, the first line of it when there are more.
public sealed interface Pop3Reply {
    /// `+OK`.
    ///
    /// @param text for people; may be empty
    record Ok(String text) implements Pop3Reply {
        public Ok {
            Objects.requireNonNull(text);
        }
    }

    /// `+OK` with the number of letters and their octets (RFC 1939 §5, STAT).
    record Status(int letters, long octets) implements Pop3Reply {
        public Status {
            if (letters < 0 || octets < 0) {
                throw new IllegalArgumentException("a maildrop of " + letters);
            }
        }
    }

    /// `+OK` with one letter's line of a listing.
    record One(Pop3Line line) implements Pop3Reply {
        public One {
            Objects.requireNonNull(line);
        }
    }

    /// `-ERR`.
    ///
    /// @param code null for none
    /// @param text for people
    record Err(@Nullable Pop3Code code, String text) implements Pop3Reply {
        public Err {
            Objects.requireNonNull(text);
        }
    }

    /// `+ ` and base64: the server's step of an AUTH exchange (RFC 5034 §4).
    ///
    /// @param octets belong to the record
    @SuppressWarnings("ArrayRecordComponent")
    record Challenge(byte[] octets) implements Pop3Reply {
        public Challenge {
            Objects.requireNonNull(octets);
        }

        @Override
        public String toString() {
            return "Challenge[***]";
        }
    }
}
