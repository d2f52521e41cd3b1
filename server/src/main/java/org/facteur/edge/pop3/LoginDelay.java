package org.facteur.edge.pop3;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.facteur.core.account.Actor;

/// The least time between two sign-ins of one device (RFC 2449 §6.5), each device counted for
/// itself. Any thread. What is remembered is bounded; a device that is forgotten may come earlier.
final class LoginDelay {
    private static final int REMEMBERED = 100_000;

    private final Duration least;
    private final InstantSource clock;
    private final Cache<Device, Instant> last;

    private record Device(long account, long credential) {}

    /// @param least zero for none
    LoginDelay(Duration least, InstantSource clock) {
        this.least = least;
        this.clock = clock;
        this.last = Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    }

    Duration least() {
        return least;
    }

    boolean enforced() {
        return least.isPositive();
    }

    /// Notes a sign-in.
    ///
    /// @return whether it comes early enough after the last one; one that comes too early does not
    ///   begin the wait anew
    boolean admit(Actor actor) {
        if (!enforced()) {
            return true;
        }
        Instant now = clock.instant();
        Device device = new Device(actor.account().number(), actor.credential());
        boolean[] early = new boolean[1];
        last.asMap()
                .merge(
                        device,
                        now,
                        (known, fresh) -> {
                            early[0] = fresh.isBefore(known.plus(least));
                            return early[0] ? known : fresh;
                        });
        return !early[0];
    }
}
