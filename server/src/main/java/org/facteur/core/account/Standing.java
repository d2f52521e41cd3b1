package org.facteur.core.account;

/// What an account may do besides receiving.
///
/// @param enabled false keeps receiving and refuses every sign-in
/// @param administrator whether its owner looks after the post office
public record Standing(boolean enabled, boolean administrator) {
    /// Somebody who signs in.
    public static final Standing USUAL = new Standing(true, false);

    Standing enabled(boolean newEnabled) {
        return new Standing(newEnabled, administrator);
    }

    Standing administrator(boolean newAdministrator) {
        return new Standing(enabled, newAdministrator);
    }
}
