package org.facteur.wire.sieve;

/// A script cannot go on being read or run. Stays inside this package.
final class ScriptFault extends RuntimeException {
    private final transient SieveProblem problem;

    ScriptFault(SieveProblem problem) {
        super(problem.english(), null, false, false);
        this.problem = problem;
    }

    ScriptFault(Position at, SieveComplaint complaint, String detail) {
        this(new SieveProblem(at.line(), at.column(), complaint, detail));
    }

    SieveProblem problem() {
        return problem;
    }
}
