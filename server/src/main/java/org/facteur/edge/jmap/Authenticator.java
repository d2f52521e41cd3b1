package org.facteur.edge.jmap;

import java.util.Optional;
import org.facteur.net.http.Exchange;

/// Finds out who sends a request. Any thread; may wait, as guessing is slowed.
@FunctionalInterface
public interface Authenticator {
    /// Empty when the request does not say in a way this one understands, or says something wrong.
    ///
    /// @throws org.facteur.base.fault.Refusal NOT_ALLOWED for one that says who it is but may not
    ///   come in this way, as from a page of another origin
    Optional<Caller> find(Exchange exchange);
}
