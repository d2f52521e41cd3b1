package org.facteur.wire.auth;

import java.util.List;
import java.util.Objects;

/// Asks the domain name system. What an implementation waits for, remembers and refuses is its own
/// affair; it never throws for what others publish.
@FunctionalInterface
public interface DnsLookup {
    /// A world without names.
    DnsLookup NONE = question -> new NoName();

    Answer ask(Question question);

    /// What is asked for.
    enum Kind {
        /// Addresses as `192.0.2.1`.
        A,
        /// Addresses as `2001:db8::1`.
        AAAA,
        /// Names of mail servers, most wanted first; a null MX is an empty text.
        MX,
        /// Names.
        PTR,
        /// Texts, the strings of each record joined, each octet a character.
        TXT
    }

    /// @param name without a dot at its end; may have labels no host has, as `_dmarc`
    record Question(String name, Kind kind) {
        public Question {
            Objects.requireNonNull(name);
            Objects.requireNonNull(kind);
        }
    }

    /// What is known.
    sealed interface Answer {}

    /// @param values empty when the name has records of other kinds only; aliases are followed
    record Found(List<String> values) implements Answer {
        public Found {
            values = List.copyOf(values);
        }
    }

    /// The name does not exist (RFC 2308 §2.1).
    record NoName() implements Answer {}

    /// Nobody could say; later somebody may.
    record Failed() implements Answer {}

    /// The same, remembering within one letter what was answered before.
    static DnsLookup remembering(DnsLookup names) {
        return new RememberedLookup(names);
    }
}
