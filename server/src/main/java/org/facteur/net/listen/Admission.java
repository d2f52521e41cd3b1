package org.facteur.net.listen;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts connections before anything is allocated for them. Any thread.
///
/// A source is an IPv4 address or an IPv6 /64. The machine's own loopback is not a source: who is
/// there is already inside.
public final class Admission {
    /// How many connections there may be.
    ///
    /// @param perSource from one source over all listeners
    /// @param perListener on one listener
    /// @param total over all listeners
    public record Limits(int perSource, int perListener, int total) {
        public static final Limits DEFAULT = new Limits(100, 10_000, 25_000);

        public Limits {
            if (perSource <= 0 || perListener <= 0 || total <= 0) {
                throw new IllegalArgumentException("a limit is 1 or more");
            }
        }
    }

    private final Limits limits;
    private final AtomicInteger total = new AtomicInteger();
    private final ConcurrentHashMap<String, Integer> sources = new ConcurrentHashMap<>();

    public Admission(Limits limits) {
        this.limits = limits;
    }

    /// The door of one listener.
    Gate gate() {
        return new Gate();
    }

    /// Connections now.
    public int open() {
        return total.get();
    }

    /// One listener's share.
    final class Gate {
        private final AtomicInteger here = new AtomicInteger();

        /// Takes a place.
        ///
        /// @return false when there is none; then nothing is to be given back
        boolean enter(InetAddress source) {
            if (total.incrementAndGet() > limits.total()) {
                total.decrementAndGet();
                return false;
            }
            if (here.incrementAndGet() > limits.perListener()) {
                here.decrementAndGet();
                total.decrementAndGet();
                return false;
            }
            if (!source.isLoopbackAddress()
                    && sources.merge(name(source), 1, Integer::sum) > limits.perSource()) {
                leave(source);
                return false;
            }
            return true;
        }

        void leave(InetAddress source) {
            if (!source.isLoopbackAddress()) {
                sources.computeIfPresent(name(source), (name, n) -> n <= 1 ? null : n - 1);
            }
            here.decrementAndGet();
            total.decrementAndGet();
        }

        /// Whether so many are here that patience must shorten: over half of what is allowed.
        boolean stressed() {
            return here.get() > limits.perListener() / 2 || total.get() > limits.total() / 2;
        }
    }

    private static String name(InetAddress source) {
        byte[] octets = source.getAddress();
        return HexFormat.of().formatHex(octets.length == 16 ? Arrays.copyOf(octets, 8) : octets);
    }
}
