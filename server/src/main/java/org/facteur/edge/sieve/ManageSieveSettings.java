package org.facteur.edge.sieve;

import java.time.Duration;

/// What ManageSieve sessions may do.
///
/// @param idle how long a signed-in client may be silent; RFC 5804 §1.2 asks for at least 30
///   minutes
/// @param beforeLogin from the first octet to the end of sign-in, in all
/// @param command how long one command may take
/// @param errors faulty commands after which a session ends, 1 or more
/// @param insecurePlaintextLogin whether the machine's own loopback may sign in without TLS
public record ManageSieveSettings(
        Duration idle,
        Duration beforeLogin,
        Duration command,
        int errors,
        boolean insecurePlaintextLogin) {
    public static final ManageSieveSettings STANDARD =
            new ManageSieveSettings(
                    Duration.ofMinutes(30),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(5),
                    20,
                    false);

    public ManageSieveSettings {
        if (!idle.isPositive() || !beforeLogin.isPositive() || !command.isPositive()) {
            throw new IllegalArgumentException("a time is positive");
        }
        if (errors < 1) {
            throw new IllegalArgumentException("at least one error ends a session");
        }
    }

    /// These with sign-in in the clear from the machine's own loopback.
    public ManageSieveSettings withInsecurePlaintextLogin() {
        return new ManageSieveSettings(idle, beforeLogin, command, errors, true);
    }
}
