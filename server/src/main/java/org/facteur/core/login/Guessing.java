package org.facteur.core.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/// Slows who guesses passwords. Any thread.
///
/// A source is an IPv4 address or an IPv6 /64. Five failures are free; each further one delays its
/// answer by one second more, up to ten; twenty within ten minutes block the source for an hour. An
/// account that is guessed at from many sources delays answers to sources that never signed in to
/// it, and never others: its owner, on a known line, notices nothing, and nobody can lock anybody
/// out.
public final class Guessing {
    private static final int FREE = 5;
    private static final int BLOCKED_AT = 20;
    private static final int LONGEST_DELAY_SECONDS = 10;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration BLOCK = Duration.ofHours(1);
    private static final Duration REMEMBER_GOOD = Duration.ofDays(30);
    private static final int REMEMBERED = 100_000;

    private final InstantSource clock;
    private final Cache<Source, Failures> bySource =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(BLOCK).build();
    private final Cache<String, Failures> byName =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(WINDOW).build();
    private final Cache<Known, Boolean> good =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBER_GOOD).build();

    private record Source(byte[] network) {
        static Source of(InetAddress address) {
            byte[] octets = address.getAddress();
            return new Source(octets.length == 16 ? Arrays.copyOf(octets, 8) : octets);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Source source && Arrays.equals(network, source.network);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(network);
        }
    }

    private record Known(Source source, String name) {}

    private record Failures(int count, Instant since) {}

    public Guessing(InstantSource clock) {
        this.clock = clock;
    }

    /// Whether a source may not even try.
    public boolean blocked(InetAddress address) {
        Failures failures = bySource.getIfPresent(Source.of(address));
        return failures != null
                && failures.count() >= BLOCKED_AT
                && clock.instant().isBefore(failures.since().plus(BLOCK));
    }

    /// Notes a failure.
    ///
    /// @param name as it was given, in compared form
    /// @return how long to hold the answer back
    public Duration failed(InetAddress address, String name) {
        Source source = Source.of(address);
        int fromSource = count(bySource, source);
        int atName = count(byName, name);
        boolean known = good.getIfPresent(new Known(source, name)) != null;
        int over = known ? fromSource - FREE : Math.max(fromSource, atName) - FREE;
        return Duration.ofSeconds(Math.clamp(over, 0, LONGEST_DELAY_SECONDS));
    }

    /// Notes a success: this source is the owner's.
    public void succeeded(InetAddress address, String name) {
        good.put(new Known(Source.of(address), name), Boolean.TRUE);
    }

    private <K> int count(Cache<K, Failures> cache, K key) {
        Instant now = clock.instant();
        return cache.asMap()
                .merge(
                        key,
                        new Failures(1, now),
                        (known, one) ->
                                known.count() < BLOCKED_AT
                                                && now.isAfter(known.since().plus(WINDOW))
                                        ? one
                                        : new Failures(known.count() + 1, known.since()))
                .count();
    }
}
