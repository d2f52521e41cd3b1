package org.facteur.wire.sieve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.wire.mime.Part;
import org.jspecify.annotations.Nullable;

/// Runs programs: facts in, actions out, nothing else touched. Any thread.
public final class SieveInterpreter {
    private final SieveProgram program;
    private final SieveLimits limits;
    private final SieveFacts facts;
    private final Budget budget;
    private final Variables variables;
    private final Checks checks;
    private final Deeds deeds;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Set<String> included = new HashSet<>();

    /// A script that is open.
    private static final class Frame {
        private final SieveProgram program;
        private final String name;
        private final Map<String, String> outer;
        private final Deque<Loop> loops = new ArrayDeque<>();
        private int next;

        Frame(SieveProgram program, String name, Map<String, String> outer) {
            this.program = program;
            this.name = name;
            this.outer = outer;
        }
    }

    /// The parts a loop still goes over.
    ///
    /// @param before the part around the loop; null for none
    private record Loop(Deque<Part> left, @Nullable Part before) {}

    private SieveInterpreter(SieveProgram program, SieveFacts facts, SieveLimits limits) {
        this.program = program;
        this.limits = limits;
        this.facts = facts;
        this.budget = new Budget(limits.run());
        this.variables = new Variables(limits, budget);
        Comparison comparison = new Comparison(variables, budget, facts.surroundings());
        LetterState state = new LetterState(facts.letter());
        Flags flags = new Flags(variables);
        this.deeds = new Deeds(new Deeds.Tools(facts, limits, variables, comparison), state, flags);
        this.checks =
                new Checks(
                        new Checks.Tools(facts, limits, variables, comparison, budget),
                        state,
                        flags,
                        deeds);
    }

    /// Runs a program over a letter. Never throws on what script or letter hold; past a limit the
    /// letter is kept and nothing else done (RFC 5228 §2.10.6).
    public static SieveOutcome run(SieveProgram program, SieveFacts facts, SieveLimits limits) {
        return new SieveInterpreter(program, facts, limits).run();
    }

    private SieveOutcome run() {
        try {
            enter(program, "");
            while (!frames.isEmpty()) {
                Frame frame = frames.element();
                budget.step();
                Step step = frame.program.step(frame.next);
                frame.next++;
                switch (step) {
                    case Step.Flow flow -> flow(frame, flow);
                    case Step.Check check -> checks.run(check);
                    case Step.Deed deed -> deeds.run(deed);
                }
            }
            return new SieveOutcome(deeds.finish(), null, budget.steps());
        } catch (ScriptFault fault) {
            return new SieveOutcome(
                    List.of(new SieveAction.Keep(List.of(), null, true)),
                    placed(fault.problem()),
                    budget.steps());
        }
    }

    /// Says where it happened: the line of the script that was open first.
    private SieveProblem placed(SieveProblem problem) {
        if (problem.line() > 0 || frames.isEmpty()) {
            return problem;
        }
        Frame outermost = frames.getLast();
        Position at = outermost.program.position(Math.max(0, outermost.next - 1));
        return new SieveProblem(at.line(), at.column(), problem.complaint(), problem.detail());
    }

    private void enter(SieveProgram entered, String name) {
        frames.push(new Frame(entered, name, variables.enter()));
    }

    private void leave() {
        variables.leave(frames.pop().outer);
    }

    private void flow(Frame frame, Step.Flow flow) {
        switch (flow) {
            case Step.Jump(int label) -> frame.next = frame.program.target(label);
            case Step.JumpIf(boolean wanted, int label) -> {
                if (checks.answer() == wanted) {
                    frame.next = frame.program.target(label);
                }
            }
            case Step.Not _ -> checks.answer(!checks.answer());
            case Step.Answer(boolean value) -> checks.answer(value);
            case Step.Stop _ -> {
                // The end of a script that was included is its return.
                boolean end = frame.next == frame.program.size();
                if (end) {
                    leave();
                } else {
                    frames.clear();
                }
            }
            case Step.Return _ -> leave();
            case Step.Include include -> include(include);
            case Step.LoopBegin _ -> beginLoop(frame);
            case Step.LoopNext(int end) -> {
                Loop loop = frame.loops.element();
                Part next = loop.left().poll();
                if (next == null) {
                    endLoop(frame);
                    frame.next = frame.program.target(end);
                } else {
                    deeds.state().enter(next);
                }
            }
            case Step.LoopBreak(int loops, int label) -> {
                for (int i = 0; i < loops; i++) {
                    endLoop(frame);
                }
                frame.next = frame.program.target(label);
            }
        }
    }

    private void beginLoop(Frame frame) {
        Part around = deeds.state().part();
        List<Part> parts = facts.letter().anatomy().parts();
        Deque<Part> left = new ArrayDeque<>();
        if (around == null) {
            left.addAll(parts);
        } else {
            // Parts stand in the order of their octets, so those inside follow their parent.
            Set<Integer> inside = new HashSet<>(Set.of(around.number()));
            for (Part part : parts) {
                if (inside.contains(part.parent())) {
                    inside.add(part.number());
                    left.add(part);
                }
            }
        }
        budget.characters(100L * parts.size());
        frame.loops.push(new Loop(left, around));
    }

    private void endLoop(Frame frame) {
        Part before = frame.loops.pop().before();
        deeds.state().enter(before);
    }

    private void include(Step.Include include) {
        String name = variables.expand(include.name());
        String key = (include.global() ? "g " : "p ") + name;
        if (include.once() && included.contains(key)) {
            return;
        }
        if (frames.stream().anyMatch(frame -> frame.name.equals(key))) {
            throw new ScriptFault(new Position(0, 0), SieveComplaint.INCLUDED_TWICE, name);
        }
        if (frames.size() > limits.includes()) {
            throw new ScriptFault(
                    new Position(0, 0),
                    SieveComplaint.INCLUDED_TOO_DEEP,
                    Integer.toString(limits.includes()));
        }
        // Looking for a script costs more than looking at one.
        budget.characters(10_000);
        switch (facts.surroundings().script(include.global(), name)) {
            case SieveSurroundings.Included.Found(SieveProgram found) -> {
                included.add(key);
                enter(found, key);
            }
            case SieveSurroundings.Included.Missing _ -> {
                if (!include.optional()) {
                    throw new ScriptFault(new Position(0, 0), SieveComplaint.NO_SUCH_SCRIPT, name);
                }
            }
            case SieveSurroundings.Included.Broken _ ->
                    throw new ScriptFault(new Position(0, 0), SieveComplaint.BROKEN_SCRIPT, name);
        }
    }
}
