package org.facteur.core.queue;

import java.util.Objects;
import org.facteur.wire.address.Domain;

/// Where an item goes.
public sealed interface Destination {
    /// To the mail servers of a domain elsewhere.
    record Remote(Domain domain) implements Destination {
        public Remote {
            Objects.requireNonNull(domain);
        }
    }

    /// Into boxes here that could not take the letter at once.
    record Local() implements Destination {}
}
