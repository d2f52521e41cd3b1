package org.facteur.edge.web;

import java.util.List;
import java.util.Objects;
import org.facteur.wire.address.Domain;

/// What a domain ought to publish, and what it does. Any thread; may wait for the network.
@FunctionalInterface
public interface DnsTable {
    List<Line> check(Domain domain);

    /// How a record stands in the DNS.
    enum State {
        /// As it should be.
        RIGHT,
        /// Something else is published in its place.
        OTHER,
        MISSING,
        /// Nobody could say.
        UNKNOWN
    }

    /// One record.
    ///
    /// @param name with a dot at its end
    /// @param type `MX`, `TXT`, `SRV`
    /// @param found what is published in its place
    record Line(String name, String type, String value, List<String> found, State state) {
        public Line {
            Objects.requireNonNull(name);
            Objects.requireNonNull(type);
            Objects.requireNonNull(value);
            found = List.copyOf(found);
            Objects.requireNonNull(state);
        }
    }
}
