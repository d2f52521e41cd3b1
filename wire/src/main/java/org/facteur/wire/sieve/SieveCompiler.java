package org.facteur.wire.sieve;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.facteur.wire.sieve.Node.Argument;

/// Makes programs of scripts: reads them, checks every command and test against what the script
/// asked for, and lays them out flat. Any thread.
///
/// Goes over nested blocks and tests with a list of what is still to be done, not by calling
/// itself.
public final class SieveCompiler {
    private final Script script;
    private final Deque<Runnable> work = new ArrayDeque<>();
    private boolean requireOver;

    private SieveCompiler(SieveLimits limits) {
        this.script = new Script(limits);
    }

    /// Never throws on what a script holds.
    ///
    /// @param octets UTF-8 (RFC 5228 §2.1)
    public static SieveCompilation compile(byte[] octets, SieveLimits limits) {
        SieveCompiler compiler = new SieveCompiler(limits);
        try {
            List<Node> commands = Parser.parse(octets, limits);
            compiler.commands(commands);
            while (!compiler.work.isEmpty()) {
                compiler.guarded(compiler.work.pop());
            }
        } catch (ScriptFault fault) {
            compiler.script.complain(fault.problem());
        }
        return compiler.result();
    }

    private SieveCompilation result() {
        if (!script.problems().isEmpty()) {
            return new SieveCompilation.Faulty(
                    script.problems().stream()
                            .sorted(
                                    Comparator.comparingInt(SieveProblem::line)
                                            .thenComparingInt(SieveProblem::column))
                            .toList());
        }
        script.emit(new Step.Stop(), new Position(0, 0));
        List<SieveProblem> warnings =
                script.required().stream()
                        .filter(each -> !script.used().contains(each))
                        .filter(SieveCompiler::worthUsing)
                        .map(
                                each ->
                                        new SieveProblem(
                                                0,
                                                0,
                                                SieveComplaint.UNUSED_REQUIRE,
                                                each.keyword()))
                        .toList();
        return new SieveCompilation.Ready(script.program(), warnings);
    }

    /// Whether asking for it in vain is a mistake. Some work without being named again.
    private static boolean worthUsing(SieveExtension extension) {
        return switch (extension) {
            case COMPARATOR_OCTET,
                    COMPARATOR_ASCII_CASEMAP,
                    ENCODED_CHARACTER,
                    VARIABLES,
                    VACATION,
                    SPAMTEST,
                    IMAPSIEVE ->
                    false;
            default -> true;
        };
    }

    /// A fault ends one command, not the reading of the others.
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (ScriptFault fault) {
            script.complain(fault.problem());
        }
    }

    /// Puts tasks before all that wait, the first to be done first.
    private void next(List<Runnable> tasks) {
        for (Runnable task : tasks.reversed()) {
            work.push(task);
        }
    }

    private void commands(List<Node> commands) {
        Deque<Runnable> tasks = new ArrayDeque<>();
        for (int i = 0; i < commands.size(); i++) {
            Node node = commands.get(i);
            if (node.name().equals("if")) {
                int end = i + 1;
                while (end < commands.size() && isElse(commands.get(end))) {
                    end++;
                }
                List<Node> branches = commands.subList(i, end);
                tasks.add(() -> branches(branches));
                i = end - 1;
            } else {
                tasks.add(() -> command(node));
            }
        }
        next(List.copyOf(tasks));
    }

    private static boolean isElse(Node node) {
        return node.name().equals("elsif") || node.name().equals("else");
    }

    private void command(Node node) {
        boolean require = node.name().equals("require");
        if (require && requireOver) {
            throw node.fault(SieveComplaint.REQUIRE_FIRST, "");
        }
        requireOver |= !require;
        if (isElse(node)) {
            throw node.fault(SieveComplaint.LONE_ELSE, node.name());
        }
        if (!node.tests().isEmpty()) {
            throw node.fault(SieveComplaint.NO_TEST, node.name());
        }
        if (node.name().equals("foreverypart")) {
            everyPart(node);
            return;
        }
        if (node.hasBlock()) {
            throw node.fault(SieveComplaint.NO_BLOCK, node.name());
        }
        switch (node.name()) {
            case "require" -> require(node);
            case "stop" -> {
                new Arguments(node, script).end();
                script.emit(new Step.Stop(), node.at());
            }
            case "break" -> breakLoop(node);
            default -> ActionCompiler.compile(node, script);
        }
    }

    // require = "require" <capabilities: string-list>
    private void require(Node node) {
        Arguments arguments = new Arguments(node, script);
        List<Template> names = arguments.nextTexts("string list");
        arguments.end();
        for (Template name : names) {
            String keyword = name.text();
            SieveExtension extension =
                    SieveExtension.find(keyword)
                            .orElseThrow(
                                    () -> node.fault(SieveComplaint.UNKNOWN_EXTENSION, keyword));
            script.require(extension);
        }
    }

    // if = "if" <test1: test> <block1: block>    elsif, else
    private void branches(List<Node> branches) {
        requireOver = true;
        int end = script.newLabel();
        Deque<Runnable> tasks = new ArrayDeque<>();
        for (int i = 0; i < branches.size(); i++) {
            Node branch = branches.get(i);
            boolean last = branch.name().equals("else");
            if (last && i + 1 < branches.size()) {
                throw branches.get(i + 1)
                        .fault(SieveComplaint.LONE_ELSE, branches.get(i + 1).name());
            }
            checkBranch(branch, last);
            Optional<Boolean> known =
                    last ? Optional.of(true) : constant(branch.tests().getFirst());
            if (known.isPresent()) {
                if (known.get()) {
                    tasks.add(() -> claim(branch));
                    tasks.add(() -> commands(branch.block()));
                    break;
                }
            } else {
                int over = script.newLabel();
                tasks.add(() -> test(branch.tests().getFirst()));
                tasks.add(() -> script.emit(new Step.JumpIf(false, over), branch.at()));
                tasks.add(() -> commands(branch.block()));
                tasks.add(() -> script.emit(new Step.Jump(end), branch.at()));
                tasks.add(() -> script.place(over));
            }
        }
        tasks.add(() -> script.place(end));
        next(List.copyOf(tasks));
    }

    private static void checkBranch(Node branch, boolean last) {
        if (!branch.arguments().isEmpty()) {
            throw new ScriptFault(branch.arguments().getFirst().at(), SieveComplaint.TOO_MUCH, "");
        }
        if (!branch.hasBlock()) {
            throw branch.fault(SieveComplaint.BLOCK, branch.name());
        }
        if (last && !branch.tests().isEmpty()) {
            throw branch.fault(SieveComplaint.NO_TEST, branch.name());
        }
        if (!last && (branch.tests().size() != 1 || branch.bracketed())) {
            throw branch.fault(SieveComplaint.ONE_TEST, branch.name());
        }
    }

    /// What `ihave` promised may be used from here on (RFC 5463 §4).
    private void claim(Node branch) {
        if (branch.tests().isEmpty()) {
            return;
        }
        Node test = branch.tests().getFirst();
        claimTest(test);
        test.tests().forEach(this::claimTest);
    }

    private void claimTest(Node test) {
        if (test.name().equals("ihave")) {
            names(test).forEach(name -> SieveExtension.find(name).ifPresent(script::require));
        }
    }

    /// The answer of a test that is known before any letter is seen, because it is made of `ihave`.
    private Optional<Boolean> constant(Node test) {
        boolean turned = false;
        Node inner = test;
        while (inner.name().equals("not") && inner.tests().size() == 1) {
            turned = !turned;
            inner = inner.tests().getFirst();
        }
        boolean turn = turned;
        Optional<Boolean> answer =
                switch (inner.name()) {
                    case "ihave" -> Optional.of(available(inner));
                    case "allof" -> anyChild(inner, false);
                    case "anyof" -> anyChild(inner, true);
                    default -> Optional.empty();
                };
        return answer.map(value -> value != turn);
    }

    private Optional<Boolean> anyChild(Node tests, boolean decisive) {
        for (Node child : tests.tests()) {
            boolean turned = child.name().equals("not") && child.tests().size() == 1;
            Node inner = turned ? child.tests().getFirst() : child;
            if (inner.name().equals("ihave") && (available(inner) != turned) == decisive) {
                return Optional.of(decisive);
            }
        }
        return Optional.empty();
    }

    // ihave = "ihave" <capabilities: string-list>
    private boolean available(Node ihave) {
        script.need(SieveExtension.IHAVE, ihave.at());
        return names(ihave).stream().allMatch(name -> SieveExtension.find(name).isPresent());
    }

    private static List<String> names(Node ihave) {
        if (ihave.arguments().size() != 1
                || !(ihave.arguments().getFirst() instanceof Argument.Strings(var values, _, _))) {
            throw ihave.fault(SieveComplaint.MISSING, "“capabilities”");
        }
        return values;
    }

    /// Lays out a test, so that its answer stands in the flag.
    private void test(Node test) {
        if (test.hasBlock()) {
            throw test.fault(SieveComplaint.NO_BLOCK, test.name());
        }
        switch (test.name()) {
            case "not" -> {
                if (test.tests().size() != 1 || test.bracketed()) {
                    throw test.fault(SieveComplaint.ONE_TEST, test.name());
                }
                next(
                        List.of(
                                () -> test(test.tests().getFirst()),
                                () -> script.emit(new Step.Not(), test.at())));
            }
            case "allof", "anyof" -> several(test, test.name().equals("anyof"));
            case "true", "false" -> {
                noTests(test);
                new Arguments(test, script).end();
                script.emit(new Step.Answer(test.name().equals("true")), test.at());
            }
            case "ihave" -> {
                boolean answer = available(test);
                if (answer) {
                    claimTest(test);
                }
                script.emit(new Step.Answer(answer), test.at());
            }
            default -> {
                noTests(test);
                TestCompiler.compile(test, script);
            }
        }
    }

    private static void noTests(Node test) {
        if (!test.tests().isEmpty()) {
            throw test.fault(SieveComplaint.NO_TEST, test.name());
        }
    }

    /// The first answer that decides ends it.
    private void several(Node test, boolean decisive) {
        if (test.tests().isEmpty() || !test.bracketed() || !test.arguments().isEmpty()) {
            throw test.fault(SieveComplaint.TESTS, test.name());
        }
        int end = script.newLabel();
        Deque<Runnable> tasks = new ArrayDeque<>();
        for (int i = 0; i < test.tests().size(); i++) {
            Node each = test.tests().get(i);
            tasks.add(() -> test(each));
            if (i + 1 < test.tests().size()) {
                tasks.add(() -> script.emit(new Step.JumpIf(decisive, end), test.at()));
            }
        }
        tasks.add(() -> script.place(end));
        next(List.copyOf(tasks));
    }

    // foreverypart = "foreverypart" [":name" string] block
    private void everyPart(Node node) {
        script.need(SieveExtension.FOREVERYPART, node.at());
        if (!node.hasBlock()) {
            throw node.fault(SieveComplaint.BLOCK, node.name());
        }
        Arguments arguments = new Arguments(node, script);
        String name = arguments.constant("name", null);
        arguments.end();
        int again = script.newLabel();
        int end = script.newLabel();
        next(
                List.of(
                        () -> {
                            script.emit(new Step.LoopBegin(), node.at());
                            script.place(again);
                            script.emit(new Step.LoopNext(end), node.at());
                            script.loops().push(new Script.Loop(name == null ? "" : name, end));
                        },
                        () -> commands(node.block()),
                        () -> {
                            script.loops().pop();
                            script.emit(new Step.Jump(again), node.at());
                            script.place(end);
                        }));
    }

    // break = "break" [":name" string]
    private void breakLoop(Node node) {
        script.need(SieveExtension.FOREVERYPART, node.at());
        Arguments arguments = new Arguments(node, script);
        String name = arguments.constant("name", null);
        arguments.end();
        int count = 0;
        for (Script.Loop loop : script.loops()) {
            count++;
            if (name == null
                    || loop.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                script.emit(new Step.LoopBreak(count, loop.end()), node.at());
                return;
            }
        }
        throw node.fault(SieveComplaint.OUTSIDE_LOOP, node.name());
    }
}
