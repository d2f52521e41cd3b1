package org.facteur.wire.sieve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A script while it is compiled: what it asked for, what was found wrong, the steps so far.
final class Script {
    private static final int MOST_PROBLEMS = 20;

    private final SieveLimits limits;
    private final Set<SieveExtension> required = EnumSet.noneOf(SieveExtension.class);
    private final Set<SieveExtension> used = EnumSet.noneOf(SieveExtension.class);
    private final Set<String> variables = new HashSet<>();
    private final Set<String> globals = new HashSet<>();
    private final List<SieveProblem> problems = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Position> positions = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();
    private final Deque<Loop> loops = new ArrayDeque<>();

    /// A loop that is open.
    ///
    /// @param name empty for none
    /// @param end the label behind it
    record Loop(String name, int end) {}

    Script(SieveLimits limits) {
        this.limits = limits;
    }

    SieveLimits limits() {
        return limits;
    }

    void require(SieveExtension extension) {
        required.add(extension);
        switch (extension) {
            case VACATION_SECONDS -> required.add(SieveExtension.VACATION);
            case SPAMTESTPLUS -> required.add(SieveExtension.SPAMTEST);
            default -> {
                // Brings nothing else.
            }
        }
    }

    boolean has(SieveExtension extension) {
        if (required.contains(extension)) {
            used.add(extension);
            return true;
        }
        return false;
    }

    /// @throws ScriptFault NOT_REQUIRED
    void need(SieveExtension extension, Position at) {
        if (!has(extension)) {
            throw new ScriptFault(at, SieveComplaint.NOT_REQUIRED, extension.keyword());
        }
    }

    /// Either is enough.
    void need(SieveExtension one, SieveExtension other, Position at) {
        if (!has(one) && !has(other)) {
            throw new ScriptFault(at, SieveComplaint.NOT_REQUIRED, one.keyword());
        }
    }

    Set<SieveExtension> required() {
        return required;
    }

    Set<SieveExtension> used() {
        return used;
    }

    void complain(SieveProblem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    List<SieveProblem> problems() {
        return problems;
    }

    Template template(String text, Position at) {
        String decoded =
                has(SieveExtension.ENCODED_CHARACTER) ? EncodedCharacters.decode(text, at) : text;
        if (!has(SieveExtension.VARIABLES)) {
            return Template.of(decoded);
        }
        Template template = Template.parse(decoded, globals::contains);
        for (Template.Piece piece : template.pieces()) {
            if (piece instanceof Template.Piece.Variable(String name, _)) {
                remember(name, at);
            }
        }
        return template;
    }

    /// A name that a value can be given to.
    ///
    /// @throws ScriptFault for what is none, and for too many
    Template.Piece.Variable variable(String written, Position at) {
        String name = written.toLowerCase(Locale.ROOT);
        boolean prefixed = name.startsWith("global.") && has(SieveExtension.INCLUDE);
        String own = prefixed ? name.substring(7) : name;
        if (!Template.isName(own)) {
            throw new ScriptFault(at, SieveComplaint.BAD_VALUE, written);
        }
        remember(own, at);
        return new Template.Piece.Variable(own, prefixed || globals.contains(own));
    }

    void global(String written, Position at) {
        globals.add(variable(written, at).name());
    }

    private void remember(String name, Position at) {
        variables.add(name);
        if (variables.size() > limits.variables()) {
            throw new ScriptFault(
                    at, SieveComplaint.TOO_MANY, Integer.toString(limits.variables()));
        }
    }

    int newLabel() {
        labels.add(-1);
        return labels.size() - 1;
    }

    /// Lets a label stand for what comes next.
    void place(int label) {
        labels.set(label, steps.size());
    }

    void emit(Step step, Position at) {
        steps.add(step);
        positions.add(at);
    }

    Deque<Loop> loops() {
        return loops;
    }

    SieveProgram program() {
        int[] targets = new int[labels.size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = labels.get(i);
        }
        return new SieveProgram(steps, positions, targets, required);
    }
}
