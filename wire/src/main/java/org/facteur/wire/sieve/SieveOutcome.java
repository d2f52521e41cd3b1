package org.facteur.wire.sieve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run came to.
///
/// @param actions in the order they were asked for; after a fault only to keep the letter
/// @param problem why the run ended early; null for none
/// @param steps what it took, in the unit of [SieveLimits.Run#steps()]
public record SieveOutcome(List<SieveAction> actions, @Nullable SieveProblem problem, long steps) {
    public SieveOutcome {
        actions = List.copyOf(actions);
    }
}
