package org.facteur.edge.jmap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A filter of a query over few objects (RFC 8620 §5.5): conditions joined by AND, OR and NOT, as a
/// program on a stack. Immutable.
final class FilterProgram<T> {
    private static final int NODES = 200;

    private final List<Step<T>> steps = new ArrayList<>();

    /// One step.
    private sealed interface Step<T> {
        record Ask<T>(Predicate<T> condition) implements Step<T> {}

        record Join<T>(String operator, int operands) implements Step<T> {}
    }

    /// A node that is being compiled.
    private static final class Open {
        private final String operator;
        private final List<JsonNode> operands;
        private int next;

        Open(String operator, List<JsonNode> operands) {
            this.operator = operator;
            this.operands = operands;
        }
    }

    private FilterProgram() {}

    /// @param filter null for everything
    /// @param condition reads one condition; what it does not take is unsupportedFilter
    /// @throws MethodFault unsupportedFilter, invalidArguments
    static <T> Predicate<T> of(
            @Nullable ObjectNode filter, Function<Arguments, Predicate<T>> condition) {
        if (filter == null) {
            return _ -> true;
        }
        FilterProgram<T> program = new FilterProgram<>();
        program.compile(filter, condition);
        return program::test;
    }

    private void compile(ObjectNode root, Function<Arguments, Predicate<T>> condition) {
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open("AND", List.of(root)));
        int nodes = 0;
        while (!open.isEmpty()) {
            Open top = open.element();
            if (top.next == top.operands.size()) {
                open.pop();
                steps.add(new Step.Join<>(top.operator, top.operands.size()));
                continue;
            }
            if (!(top.operands.get(top.next++) instanceof ObjectNode node) || ++nodes > NODES) {
                throw new MethodFault("unsupportedFilter", "at most " + NODES + " conditions");
            }
            Arguments arguments = new Arguments(node);
            if (node.has("operator")) {
                open.push(operator(arguments));
            } else {
                Predicate<T> test = condition.apply(arguments);
                try {
                    arguments.end();
                } catch (MethodFault unknown) {
                    throw new MethodFault("unsupportedFilter", unknown.getMessage());
                }
                steps.add(new Step.Ask<>(test));
            }
        }
    }

    private static Open operator(Arguments arguments) {
        String operator = arguments.text("operator");
        List<JsonNode> conditions = arguments.findList("conditions");
        arguments.end();
        if (!Set.of("AND", "OR", "NOT").contains(operator) || conditions == null) {
            throw MethodFault.invalidArguments("an operator is AND, OR or NOT of conditions");
        }
        return new Open(operator, conditions);
    }

    private boolean test(T object) {
        boolean[] stack = new boolean[steps.size() + 1];
        int top = 0;
        for (Step<T> step : steps) {
            switch (step) {
                case Step.Ask<T>(var condition) -> stack[top++] = condition.test(object);
                case Step.Join<T>(String operator, int operands) -> {
                    top -= operands;
                    stack[top] = join(operator, stack, top, operands);
                    top++;
                }
            }
        }
        return stack[0];
    }

    private static boolean join(String operator, boolean[] stack, int from, int count) {
        boolean all = true;
        boolean any = false;
        for (int i = from; i < from + count; i++) {
            all &= stack[i];
            any |= stack[i];
        }
        return switch (operator) {
            case "OR" -> any;
            case "NOT" -> !any;
            default -> all;
        };
    }
}
