package org.facteur.wire.sieve;

import java.util.List;
import java.util.Set;

/// A script ready to run. Immutable; any thread.
public final class SieveProgram {
    private final List<Step> steps;
    private final List<Position> positions;
    private final int[] labels;
    private final Set<SieveExtension> required;

    /// @param positions where each step comes from
    /// @param labels the steps that labels stand for; taken over
    SieveProgram(
            List<Step> steps,
            List<Position> positions,
            int[] labels,
            Set<SieveExtension> required) {
        this.steps = List.copyOf(steps);
        this.positions = List.copyOf(positions);
        this.labels = labels;
        this.required = Set.copyOf(required);
    }

    /// What it asked for.
    public Set<SieveExtension> required() {
        return required;
    }

    /// How many instructions it has.
    public int size() {
        return steps.size();
    }

    Step step(int at) {
        return steps.get(at);
    }

    Position position(int at) {
        return positions.get(at);
    }

    int target(int label) {
        return labels[label];
    }
}
