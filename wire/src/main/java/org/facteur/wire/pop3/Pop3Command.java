package org.facteur.wire.pop3;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One line of a client.
public sealed interface Pop3Command {
    /// USER (RFC 1939 §7).
    record User(String name) implements Pop3Command {
        public User {
            Objects.requireNonNull(name);
        }
    }

    /// PASS (RFC 1939 §7). Prints without its secret.
    record Pass(String password) implements Pop3Command {
        public Pass {
            Objects.requireNonNull(password);
        }

        @Override
        public String toString() {
            return "Pass[***]";
        }
    }

    /// AUTH (RFC 5034 §4). Prints without its secret.
    ///
    /// @param mechanism upper case
    /// @param initial the initial response, decoded; null when there is none; belongs to the record
    @SuppressWarnings("ArrayRecordComponent")
    record Auth(String mechanism, byte @Nullable [] initial) implements Pop3Command {
        public Auth {
            Objects.requireNonNull(mechanism);
        }

        @Override
        public String toString() {
            return "Auth[" + mechanism + "]";
        }
    }

    /// AUTH without a mechanism: which are there?
    record AuthList() implements Pop3Command {}

    /// UTF8 (RFC 6856 §2.1).
    record Utf8() implements Pop3Command {}

    /// LANG (RFC 6856 §3).
    ///
    /// @param tag the language wished for, `*` for the usual one; null to hear which there are
    record Lang(@Nullable String tag) implements Pop3Command {}

    /// STLS (RFC 2595 §4).
    record StartTls() implements Pop3Command {}

    /// CAPA (RFC 2449 §5).
    record Capabilities() implements Pop3Command {}

    /// STAT (RFC 1939 §5).
    record Status() implements Pop3Command {}

    /// LIST (RFC 1939 §5).
    ///
    /// @param number 0 for all letters
    record Sizes(int number) implements Pop3Command {}

    /// UIDL (RFC 1939 §7).
    ///
    /// @param number 0 for all letters
    record Uids(int number) implements Pop3Command {}

    /// RETR (RFC 1939 §5).
    ///
    /// @param number 1 or more
    record Retrieve(int number) implements Pop3Command {}

    /// TOP (RFC 1939 §7).
    ///
    /// @param number 1 or more
    /// @param lines of the body, 0 or more
    record Top(int number, int lines) implements Pop3Command {}

    /// DELE (RFC 1939 §5).
    ///
    /// @param number 1 or more
    record Delete(int number) implements Pop3Command {}

    /// RSET (RFC 1939 §5).
    record Reset() implements Pop3Command {}

    /// NOOP (RFC 1939 §5).
    record Noop() implements Pop3Command {}

    /// QUIT (RFC 1939 §4, RFC 1939 §6).
    record Quit() implements Pop3Command {}
}
