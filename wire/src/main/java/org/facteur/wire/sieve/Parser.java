package org.facteur.wire.sieve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Puts tokens together to commands (RFC 5228 §8.2), with a stack of its own: no script makes it go
/// deeper than [SieveLimits#nesting()].
final class Parser {
    private static final int MOST_STRINGS = 10_000;

    private final Lexer lexer;
    private final SieveLimits limits;
    private final Deque<Frame> stack = new ArrayDeque<>();
    private int blocks;
    private int tests;
    private Token token;

    private enum State {
        BLOCK,
        ARGUMENTS,
        /// After `(` or `,`.
        TEST_WANTED,
        /// After a test in a list.
        TEST_READ,
        /// Nothing but the end may follow.
        CLOSED
    }

    /// Something that is not complete.
    private static final class Frame {
        private final String name;
        private final Position at;
        private final boolean test;
        private final List<Node.Argument> arguments = new ArrayList<>();
        private final List<Node> tests = new ArrayList<>();
        private final List<Node> block = new ArrayList<>();
        private boolean bracketed;
        private boolean hasBlock;
        private State state;

        Frame(String name, Position at, boolean test, State state) {
            this.name = name;
            this.at = at;
            this.test = test;
            this.state = state;
        }

        Node node() {
            return new Node(
                    name,
                    at,
                    List.copyOf(arguments),
                    List.copyOf(tests),
                    bracketed,
                    List.copyOf(block),
                    hasBlock);
        }
    }

    private Parser(byte[] script, SieveLimits limits) {
        this.lexer = new Lexer(script, limits);
        this.limits = limits;
        this.token = lexer.next();
    }

    // start = commands
    /// The commands of a script.
    ///
    /// @throws ScriptFault where the grammar is broken
    static List<Node> parse(byte[] script, SieveLimits limits) {
        return new Parser(script, limits).run();
    }

    private List<Node> run() {
        Frame root = new Frame("", new Position(1, 1), false, State.BLOCK);
        stack.push(root);
        while (true) {
            Frame top = stack.element();
            switch (top.state) {
                case BLOCK -> {
                    if (token.kind() == Token.Kind.END) {
                        if (top != root) {
                            throw new ScriptFault(token.at(), SieveComplaint.UNEXPECTED_END, "“}”");
                        }
                        return List.copyOf(root.block);
                    }
                    inBlock(top, root);
                }
                case ARGUMENTS -> inArguments(top);
                case TEST_WANTED -> {
                    if (token.kind() != Token.Kind.IDENTIFIER) {
                        throw unexpected();
                    }
                    beginTest(top, State.TEST_READ);
                }
                case TEST_READ -> afterTest(top);
                case CLOSED -> end(top);
            }
        }
    }

    // command = identifier arguments (";" / block)    block = "{" commands "}"
    private void inBlock(Frame top, Frame root) {
        if (token.kind() == Token.Kind.IDENTIFIER) {
            stack.push(new Frame(token.text(), token.at(), false, State.ARGUMENTS));
            advance();
        } else if (token.is('}') && top != root) {
            advance();
            blocks--;
            finish(top);
        } else {
            throw unexpected();
        }
    }

    // arguments = *argument [ test / test-list ]
    // argument = string-list / number / tag
    private void inArguments(Frame top) {
        switch (token.kind()) {
            case TAG -> add(top, new Node.Argument.Tag(token.text(), token.at()));
            case NUMBER -> add(top, new Node.Argument.Number(token.number(), token.at()));
            case STRING ->
                    add(top, new Node.Argument.Strings(List.of(token.text()), false, token.at()));
            case IDENTIFIER -> beginTest(top, State.CLOSED);
            case END -> throw new ScriptFault(token.at(), SieveComplaint.UNEXPECTED_END, "“;”");
            case MARK -> {
                if (token.is('[')) {
                    top.arguments.add(list());
                } else if (token.is('(')) {
                    top.bracketed = true;
                    top.state = State.TEST_WANTED;
                    advance();
                } else {
                    end(top);
                }
            }
        }
    }

    private void add(Frame top, Node.Argument argument) {
        top.arguments.add(argument);
        advance();
    }

    // string-list = "[" string *("," string) "]" / string
    private Node.Argument.Strings list() {
        Position at = token.at();
        List<String> values = new ArrayList<>();
        do {
            advance();
            if (token.kind() != Token.Kind.STRING) {
                throw unexpected();
            }
            values.add(token.text());
            if (values.size() > MOST_STRINGS) {
                throw new ScriptFault(at, SieveComplaint.TOO_MANY, Integer.toString(MOST_STRINGS));
            }
            advance();
        } while (token.is(','));
        if (!token.is(']')) {
            throw unexpected();
        }
        advance();
        return new Node.Argument.Strings(List.copyOf(values), true, at);
    }

    // test = identifier arguments
    private void beginTest(Frame parent, State after) {
        parent.state = after;
        tests++;
        if (tests > limits.nesting()) {
            throw deep();
        }
        stack.push(new Frame(token.text(), token.at(), true, State.ARGUMENTS));
        advance();
    }

    // test-list = "(" test *("," test) ")"
    private void afterTest(Frame top) {
        if (token.is(',')) {
            top.state = State.TEST_WANTED;
        } else if (token.is(')')) {
            top.state = State.CLOSED;
        } else {
            throw unexpected();
        }
        advance();
    }

    private void end(Frame top) {
        if (top.test) {
            if (!token.is(';') && !token.is('{') && !token.is(',') && !token.is(')')) {
                throw unexpected();
            }
            tests--;
            finish(top);
        } else if (token.is(';')) {
            advance();
            finish(top);
        } else if (token.is('{')) {
            top.hasBlock = true;
            top.state = State.BLOCK;
            blocks++;
            if (blocks > limits.nesting()) {
                throw deep();
            }
            advance();
        } else {
            throw unexpected();
        }
    }

    private void finish(Frame top) {
        stack.pop();
        Frame parent = stack.element();
        if (top.test) {
            parent.tests.add(top.node());
        } else {
            parent.block.add(top.node());
        }
    }

    private void advance() {
        token = lexer.next();
    }

    private ScriptFault deep() {
        return new ScriptFault(
                token.at(), SieveComplaint.NESTED_TOO_DEEP, Integer.toString(limits.nesting()));
    }

    private ScriptFault unexpected() {
        return token.kind() == Token.Kind.END
                ? new ScriptFault(token.at(), SieveComplaint.UNEXPECTED_END, "“;”")
                : new ScriptFault(token.at(), SieveComplaint.UNEXPECTED, token.shown());
    }
}
