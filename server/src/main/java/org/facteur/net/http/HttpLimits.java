package org.facteur.net.http;

import java.time.Duration;
import java.util.Objects;

/// What one client may ask of the server.
///
/// @param head of a request
/// @param idle how long a line may be silent between requests
/// @param bodyBytesPerSecond a body that comes more slowly, after ten seconds, is given up
/// @param connectionsPerSource lines from one IPv4 address or IPv6 /64
/// @param connections lines altogether
/// @param streams of HTTP/2 on one line at once; as many may be reset within ten seconds
public record HttpLimits(
        Head head,
        Duration idle,
        int bodyBytesPerSecond,
        int connectionsPerSource,
        int connections,
        int streams) {
    public static final HttpLimits STANDARD =
            new HttpLimits(
                    new Head(8 << 10, 32 << 10, 100, Duration.ofSeconds(10)),
                    Duration.ofSeconds(60),
                    1 << 10,
                    200,
                    10_000,
                    100);

    /// The head of a request.
    ///
    /// @param uriBytes of the target
    /// @param bytes of all fields together
    /// @param fields how many
    /// @param time from the beginning of a line to its first whole head
    public record Head(int uriBytes, int bytes, int fields, Duration time) {
        public Head {
            Objects.requireNonNull(time);
        }
    }

    public HttpLimits {
        Objects.requireNonNull(head);
        Objects.requireNonNull(idle);
    }
}
