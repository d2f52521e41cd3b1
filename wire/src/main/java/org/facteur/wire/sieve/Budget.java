package org.facteur.wire.sieve;

/// What is left of a run's steps. Used by one thread.
final class Budget {
    private static final int CHARACTERS_PER_STEP = 100;

    private final SieveLimits.Run limits;
    private long characters;

    Budget(SieveLimits.Run limits) {
        this.limits = limits;
    }

    /// @throws ScriptFault when nothing is left
    void step() {
        characters(CHARACTERS_PER_STEP);
    }

    /// Pays for looking at characters.
    void characters(long count) {
        characters += count;
        if (characters / CHARACTERS_PER_STEP > limits.steps()) {
            throw new ScriptFault(
                    new Position(0, 0),
                    SieveComplaint.TOO_MANY_STEPS,
                    Integer.toString(limits.steps()));
        }
    }

    long steps() {
        return characters / CHARACTERS_PER_STEP;
    }
}
