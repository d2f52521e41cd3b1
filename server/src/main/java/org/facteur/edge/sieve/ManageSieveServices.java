package org.facteur.edge.sieve;

import java.time.InstantSource;
import java.util.Objects;
import org.facteur.core.login.Login;
import org.facteur.core.sieve.Scripts;

/// What ManageSieve needs of the post office.
///
/// @param product how the server names itself, with its version
public record ManageSieveServices(
        Login login, Scripts scripts, InstantSource clock, String product) {
    public ManageSieveServices {
        Objects.requireNonNull(login);
        Objects.requireNonNull(scripts);
        Objects.requireNonNull(clock);
        Objects.requireNonNull(product);
    }
}
