package org.facteur.core.login;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.facteur.core.account.Door;
import org.facteur.core.account.PopRule;

/// What a credential is for.
///
/// @param name what its owner calls the device; empty for the main password
/// @param doors where it opens
/// @param pop what it is shown by POP and what deleting means there
public record Purpose(String name, Set<Door> doors, PopRule pop) {
    private static final int NAME_LONGEST = 100;

    public Purpose {
        Objects.requireNonNull(name);
        doors = Set.copyOf(doors);
        Objects.requireNonNull(pop);
    }

    /// The main password's: everywhere.
    public static Purpose main(PopRule pop) {
        return new Purpose("", EnumSet.allOf(Door.class), pop);
    }

    /// Whether a device may be called so and open something.
    boolean fitsDevice() {
        return !name.isBlank() && name.length() <= NAME_LONGEST && !doors.isEmpty();
    }
}
