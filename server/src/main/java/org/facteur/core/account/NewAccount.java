package org.facteur.core.account;

import java.util.Objects;
import org.facteur.wire.address.EmailAddress;

/// An account that is to be.
///
/// @param resembling whether its address may look like one that is there
public record NewAccount(EmailAddress address, Profile profile, boolean resembling) {
    public NewAccount {
        Objects.requireNonNull(address);
        Objects.requireNonNull(profile);
    }
}
