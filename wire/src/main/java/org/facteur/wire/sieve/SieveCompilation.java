package org.facteur.wire.sieve;

import java.util.List;
import java.util.Objects;

/// What became of a script.
public sealed interface SieveCompilation {
    /// It can run.
    ///
    /// @param warnings what its writer should look at
    record Ready(SieveProgram program, List<SieveProblem> warnings) implements SieveCompilation {
        public Ready {
            Objects.requireNonNull(program);
            warnings = List.copyOf(warnings);
        }
    }

    /// It cannot.
    ///
    /// @param problems at least one, in the order they stand in the script
    record Faulty(List<SieveProblem> problems) implements SieveCompilation {
        public Faulty {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a faulty script has a problem");
            }
        }
    }
}
