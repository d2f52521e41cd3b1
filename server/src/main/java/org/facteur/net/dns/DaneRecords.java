package org.facteur.net.dns;

import java.util.List;
import java.util.Objects;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.Octets;

/// Finds what signed DNS says about a mail server's certificate (RFC 7672 §2.2). Any thread; may
/// wait for the network.
@FunctionalInterface
public interface DaneRecords {
    /// Nobody says anything.
    DaneRecords NONE = (domain, host, port) -> new None();

    /// @param domain whose mail exchanger the host is
    Answer find(Domain domain, Domain host, int port);

    /// One TLSA record (RFC 6698 §2.1), usable or not.
    record Tlsa(int usage, int selector, int matching, Octets data) {
        public Tlsa {
            Objects.requireNonNull(data);
        }
    }

    /// What is known.
    sealed interface Answer {}

    /// Validated records, at least one.
    record Found(List<Tlsa> records) implements Answer {
        public Found {
            records = List.copyOf(records);
        }
    }

    /// Validated: there are none, or the zone is not signed.
    record None() implements Answer {}

    /// The answers are forged, broken or missing: the server must not be used now (RFC 7672
    /// §2.1.1).
    record Failed(String why) implements Answer {
        public Failed {
            Objects.requireNonNull(why);
        }
    }
}
