package org.facteur.wire.sasl;

import java.util.List;
import java.util.Objects;
import org.facteur.wire.text.Octets;

/// What a SCRAM server has to know of a name (RFC 5802 §3).
@FunctionalInterface
public interface ScramLookup {
    /// Gives an entry for every name: one that does not exist has a salt that is always the same
    /// and no keys.
    Entry find(String name);

    /// @param salt at least 8 octets
    /// @param iterations rounds of PBKDF2, at least 4,096 (RFC 7677 §4)
    /// @param keys one for each password that would do
    record Entry(Octets salt, int iterations, List<Keys> keys) {
        public Entry {
            Objects.requireNonNull(salt);
            keys = List.copyOf(keys);
        }
    }

    /// The keys of one password. Prints as `***`.
    ///
    /// @param credential the caller's number for it
    record Keys(long credential, Octets storedKey, Octets serverKey) {
        public Keys {
            Objects.requireNonNull(storedKey);
            Objects.requireNonNull(serverKey);
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
