package org.facteur.edge.pop3;

import java.time.Duration;
import java.util.Objects;
import org.facteur.wire.pop3.Pop3Limits;

/// What POP3 sessions may do.
///
/// @param idle how long a signed-in client may be silent; RFC 1939 §3 asks for at least 10 minutes
/// @param beforeLogin from the first octet to the end of sign-in, in all
/// @param recheck how often at most a session asks whether its credential is still good
/// @param errors faulty commands after which a session ends, 1 or more
/// @param loginDelay the least time between two sign-ins of one device (RFC 2449 §6.5); zero for
///   none
/// @param insecurePlaintextLogin whether the machine's own loopback may sign in without TLS
public record Pop3Settings(
        Duration idle,
        Duration beforeLogin,
        Duration recheck,
        int errors,
        Duration loginDelay,
        boolean insecurePlaintextLogin,
        Pop3Limits limits) {
    public static final Pop3Settings DEFAULT =
            new Pop3Settings(
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(1),
                    20,
                    Duration.ZERO,
                    false,
                    Pop3Limits.DEFAULT);

    public Pop3Settings {
        Objects.requireNonNull(limits);
        if (!idle.isPositive()
                || !beforeLogin.isPositive()
                || recheck.isNegative()
                || loginDelay.isNegative()) {
            throw new IllegalArgumentException("a time is positive");
        }
        if (errors < 1) {
            throw new IllegalArgumentException("at least one error ends a session");
        }
    }

    /// These with sign-in in the clear from the machine's own loopback.
    public Pop3Settings withInsecurePlaintextLogin() {
        return new Pop3Settings(idle, beforeLogin, recheck, errors, loginDelay, true, limits);
    }

    /// These with a least time between two sign-ins of one device.
    public Pop3Settings withLoginDelay(Duration delay) {
        return new Pop3Settings(
                idle, beforeLogin, recheck, errors, delay, insecurePlaintextLogin, limits);
    }
}
