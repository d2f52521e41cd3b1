package org.facteur.net.http;

import java.io.IOException;

/// Answers requests under a path. Any thread; each request on its own virtual thread, which it may
/// block.
@FunctionalInterface
public interface HttpHandler {
    /// Answers one request.
    ///
    /// A fault it throws becomes an answer where none was begun: `SyntaxFault` 400, `Refusal` by
    /// its reason, `Busy` 503, anything else 500 with the id of an incident.
    ///
    /// @throws IOException when the client has left; nothing can be told any more
    void handle(Exchange exchange) throws IOException;
}
