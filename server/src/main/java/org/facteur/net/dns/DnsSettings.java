package org.facteur.net.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// Whom to ask for names, and how patiently.
///
/// @param servers resolvers in order; empty for those of the machine
/// @param timeout for one try at one resolver
/// @param tries for one question over all resolvers
/// @param longestMemory the longest an answer is remembered, whatever its TTL says
/// @param failureMemory how long it is remembered that nobody answered
/// @param domains how many domains are remembered
public record DnsSettings(
        List<InetSocketAddress> servers,
        Duration timeout,
        int tries,
        Duration longestMemory,
        Duration failureMemory,
        int domains) {
    public DnsSettings {
        servers = List.copyOf(servers);
        Objects.requireNonNull(timeout);
        Objects.requireNonNull(longestMemory);
        Objects.requireNonNull(failureMemory);
        if (tries < 1 || domains < 1) {
            throw new IllegalArgumentException("tries and domains are 1 or more");
        }
    }

    /// Three tries of five seconds; a day at most, ten seconds for silence.
    public static DnsSettings standard(List<InetSocketAddress> servers) {
        return new DnsSettings(
                servers,
                Duration.ofSeconds(5),
                3,
                Duration.ofDays(1),
                Duration.ofSeconds(10),
                20_000);
    }
}
