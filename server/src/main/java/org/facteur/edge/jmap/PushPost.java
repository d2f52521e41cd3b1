package org.facteur.edge.jmap;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/// Brings a message to a push service. Any thread; waits for the network.
@FunctionalInterface
public interface PushPost {
    /// What the service said.
    ///
    /// @param status of HTTP
    /// @param retryAfter when to come again; zero where nothing was said
    record Answer(int status, Duration retryAfter) {
        public Answer {
            Objects.requireNonNull(retryAfter);
        }
    }

    /// @param service with https and a host
    /// @param fields of the request
    /// @throws IOException where the service cannot be reached, or may not be
    Answer post(URI service, Map<String, String> fields, byte[] body) throws IOException;
}
