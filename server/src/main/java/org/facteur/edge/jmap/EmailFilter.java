package org.facteur.edge.jmap;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterCatalog;
import org.facteur.core.mailbox.LetterFacts;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.search.IndexAnswer;
import org.facteur.core.search.SearchIndex;
import org.facteur.core.search.TextPlace;
import org.facteur.core.search.TextQuestion;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.HeaderProperty;
import org.facteur.wire.jmap.MethodFault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A filter of Email/query (RFC 8621 §4.4.1) as a program of tests without recursion: tests that
/// the columns or the index answer come first, the others read letters. One query.
final class EmailFilter {
    /// The most conditions and operators of one filter.
    private static final int NODES = 500;

    /// So few letters are read sooner than anything is kept of them.
    private static final int FEW = 256;

    private final LetterBox box;
    private final SearchIndex index;
    private final List<Step> steps = new ArrayList<>();
    private final List<Test> tests = new ArrayList<>();
    private final List<TextQuestion> texts = new ArrayList<>();
    private final Universe universe;
    private LetterCatalog.@org.jspecify.annotations.Nullable Threads threads;

    /// How a question stands.
    enum Verdict {
        NO,
        YES,
        UNKNOWN
    }

    /// One step of the program, on a stack of verdicts.
    private sealed interface Step {
        record Ask(int test) implements Step {}

        record All(int operands) implements Step {}

        record Any(int operands) implements Step {}

        record None(int operands) implements Step {}
    }

    /// One question about a letter.
    private interface Test {
        /// What is known without reading.
        Verdict look(int row);

        /// Reads.
        boolean read(Letter letter) throws IOException;
    }

    private EmailFilter(LetterBox box, SearchIndex index, Universe universe) {
        this.box = box;
        this.index = index;
        this.universe = universe;
    }

    /// The mailbox every letter that fits lies in, where the filter says so in a way that needs no
    /// look at other mailboxes.
    static Optional<MailboxId> onlyMailbox(ObjectNode filter) {
        String text = filter.toString();
        if (text.contains("\"inMailboxOtherThan\"") || text.contains("InThreadHaveKeyword\"")) {
            return Optional.empty();
        }
        JsonNode conditions = filter.get("conditions");
        JsonNode operator = filter.get("operator");
        List<JsonNode> together = new ArrayList<>();
        if (operator == null) {
            together.add(filter);
        } else if (operator.isString()
                && operator.stringValue().equals("AND")
                && conditions != null) {
            conditions.forEach(together::add);
        }
        for (JsonNode each : together) {
            JsonNode id = each.get("inMailbox");
            if (id != null && id.isString()) {
                return ObjectIds.mailbox(id.stringValue());
            }
        }
        return Optional.empty();
    }

    /// @throws MethodFault unsupportedFilter, invalidArguments
    static EmailFilter of(ObjectNode filter, LetterBox box, SearchIndex index, Universe universe) {
        EmailFilter program = new EmailFilter(box, index, universe);
        program.compile(filter);
        return program;
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

    private void compile(ObjectNode root) {
        java.util.Deque<Open> open = new java.util.ArrayDeque<>();
        open.push(new Open("AND", List.of(root)));
        int nodes = 0;
        while (!open.isEmpty()) {
            Open top = open.element();
            if (top.next == top.operands.size()) {
                open.pop();
                steps.add(operator(top));
                continue;
            }
            if (!(top.operands.get(top.next++) instanceof ObjectNode node) || ++nodes > NODES) {
                throw new MethodFault("unsupportedFilter", "at most " + NODES + " conditions");
            }
            if (node.has("operator")) {
                open.push(operands(node));
            } else {
                condition(node);
            }
        }
    }

    private static Open operands(ObjectNode node) {
        Arguments arguments = new Arguments(node);
        String operator = arguments.text("operator");
        List<JsonNode> conditions = arguments.findList("conditions");
        arguments.end();
        if (!Set.of("AND", "OR", "NOT").contains(operator) || conditions == null) {
            throw MethodFault.invalidArguments("an operator is AND, OR or NOT of conditions");
        }
        return new Open(operator, conditions);
    }

    private static Step operator(Open node) {
        int count = node.operands.size();
        return switch (node.operator) {
            case "OR" -> new Step.Any(count);
            case "NOT" -> new Step.None(count);
            default -> new Step.All(count);
        };
    }

    private void condition(ObjectNode node) {
        Arguments condition = new Arguments(node);
        int before = tests.size();
        mailboxes(condition);
        numbers(condition);
        keywords(condition);
        texts(condition);
        try {
            condition.end();
        } catch (MethodFault unknown) {
            throw new MethodFault("unsupportedFilter", unknown.getMessage());
        }
        for (int i = before; i < tests.size(); i++) {
            steps.add(new Step.Ask(i));
        }
        steps.add(new Step.All(tests.size() - before));
    }

    private void mailboxes(Arguments condition) {
        String in = condition.findId("inMailbox");
        if (in != null) {
            Optional<MailboxId> mailbox = ObjectIds.mailbox(in);
            column(row -> mailbox.isPresent() && universe.in(row, mailbox.get()));
        }
        List<String> others = condition.findIds("inMailboxOtherThan");
        if (others != null) {
            Set<MailboxId> ids = new HashSet<>();
            others.forEach(each -> ObjectIds.mailbox(each).ifPresent(ids::add));
            column(row -> universe.outside(row, ids));
        }
    }

    private void numbers(Arguments condition) {
        Instant before = condition.findDate("before");
        if (before != null) {
            column(row -> Instant.ofEpochSecond(universe.received(row)).isBefore(before));
        }
        Instant after = condition.findDate("after");
        if (after != null) {
            column(row -> !Instant.ofEpochSecond(universe.received(row)).isBefore(after));
        }
        Long least = condition.findUnsigned("minSize");
        if (least != null) {
            column(row -> universe.sizeBytes(row) >= least);
        }
        Long below = condition.findUnsigned("maxSize");
        if (below != null) {
            column(row -> universe.sizeBytes(row) < below);
        }
        if (condition.has("hasAttachment")) {
            boolean wanted = condition.flag("hasAttachment", true);
            LetterFacts facts = universe.size() < FEW ? null : universe.facts().orElse(null);
            if (facts == null) {
                reading(letter -> box.listing(letter).summary().hasAttachment() == wanted);
            } else {
                column(row -> facts.attachment(universe.letter(row)) == wanted);
            }
        }
    }

    private void keywords(Arguments condition) {
        String has = condition.findText("hasKeyword");
        if (has != null) {
            Universe.KeywordTest test = universe.keyword(keyword(has));
            column(test::test);
        }
        String lacks = condition.findText("notKeyword");
        if (lacks != null) {
            Universe.KeywordTest test = universe.keyword(keyword(lacks));
            column(row -> !test.test(row));
        }
        String all = condition.findText("allInThreadHaveKeyword");
        if (all != null) {
            BitSet lacking = threadsWith(keyword(all), false);
            column(row -> !inThread(row, lacking));
        }
        String some = condition.findText("someInThreadHaveKeyword");
        if (some != null) {
            BitSet having = threadsWith(keyword(some), true);
            column(row -> inThread(row, having));
        }
        String none = condition.findText("noneInThreadHaveKeyword");
        if (none != null) {
            BitSet having = threadsWith(keyword(none), true);
            column(row -> !inThread(row, having));
        }
    }

    private static Keyword keyword(String name) {
        try {
            return new Keyword(name);
        } catch (Refusal invalid) {
            throw MethodFault.invalidArguments(invalid.sentence().english());
        }
    }

    /// Threads in which a letter has a keyword, or lacks it.
    private BitSet threadsWith(Keyword keyword, boolean having) {
        return threadsWith(universe, threads(), universe.keyword(keyword), having);
    }

    static BitSet threadsWith(
            Universe universe,
            LetterCatalog.Threads threads,
            Universe.KeywordTest test,
            boolean having) {
        BitSet found = new BitSet();
        for (int row = 0; row < universe.size(); row++) {
            if (test.test(row) == having) {
                threads.find(universe.letter(row))
                        .filter(thread -> thread.number() < Integer.MAX_VALUE)
                        .ifPresent(thread -> found.set((int) thread.number()));
            }
        }
        return found;
    }

    private boolean inThread(int row, BitSet set) {
        return threads()
                .find(universe.letter(row))
                .filter(thread -> thread.number() < Integer.MAX_VALUE)
                .map(thread -> set.get((int) thread.number()))
                .orElse(false);
    }

    private LetterCatalog.Threads threads() {
        LetterCatalog.Threads known = threads;
        if (known == null) {
            known = box.catalog().threads();
            threads = known;
        }
        return known;
    }

    private void texts(Arguments condition) {
        text(condition, "text", EnumSet.of(TextPlace.HEADER, TextPlace.BODY));
        text(condition, "from", EnumSet.of(TextPlace.FROM));
        text(condition, "to", EnumSet.of(TextPlace.TO));
        text(condition, "cc", EnumSet.of(TextPlace.CC));
        text(condition, "subject", EnumSet.of(TextPlace.SUBJECT));
        text(condition, "body", EnumSet.of(TextPlace.BODY));
        String bcc = condition.findText("bcc");
        if (bcc != null) {
            question(TextQuestion.ofField(index, box, "bcc", bcc));
        }
        List<String> header = condition.findTexts("header");
        if (header != null) {
            if (header.isEmpty() || header.size() > 2 || !HeaderProperty.isName(header.get(0))) {
                throw MethodFault.invalidArguments("header: a name, and a text or none");
            }
            question(
                    TextQuestion.ofField(
                            index,
                            box,
                            header.get(0).toLowerCase(Locale.ROOT),
                            header.size() == 2 ? header.get(1) : ""));
        }
    }

    private void text(Arguments condition, String name, Set<TextPlace> places) {
        String text = condition.findText(name);
        if (text != null) {
            TextQuestion question = new TextQuestion(index, box, places, text);
            texts.add(question);
            question(question);
        }
    }

    /// What texts are looked for in subject and body, for showing where they stand.
    List<TextQuestion> questions() {
        return List.copyOf(texts);
    }

    /// A question the columns answer.
    private interface ColumnTest {
        boolean test(int row);
    }

    private void column(ColumnTest test) {
        tests.add(
                new Test() {
                    @Override
                    public Verdict look(int row) {
                        return test.test(row) ? Verdict.YES : Verdict.NO;
                    }

                    @Override
                    public boolean read(Letter letter) {
                        throw new IllegalStateException("columns always answer");
                    }
                });
    }

    /// A question only the letter answers.
    private interface LetterTest {
        boolean test(Letter letter) throws IOException;
    }

    private void reading(LetterTest test) {
        tests.add(
                new Test() {
                    @Override
                    public Verdict look(int row) {
                        return Verdict.UNKNOWN;
                    }

                    @Override
                    public boolean read(Letter letter) throws IOException {
                        return test.test(letter);
                    }
                });
    }

    private void question(TextQuestion question) {
        tests.add(
                new Test() {
                    @Override
                    public Verdict look(int row) {
                        IndexAnswer.Verdict known = question.look(universe.letter(row).number());
                        return switch (known) {
                            case FITS -> Verdict.YES;
                            case DOES_NOT -> Verdict.NO;
                            case UNKNOWN -> Verdict.UNKNOWN;
                        };
                    }

                    @Override
                    public boolean read(Letter letter) throws IOException {
                        return question.test(letter);
                    }
                });
    }

    /// What is known without reading.
    Verdict look(int row) {
        return run(known(row));
    }

    private Verdict[] known(int row) {
        Verdict[] verdicts = new Verdict[tests.size()];
        for (int i = 0; i < verdicts.length; i++) {
            verdicts[i] = tests.get(i).look(row);
        }
        return verdicts;
    }

    /// Reads as much of a letter as is needed.
    boolean read(int row, Letter letter) throws IOException {
        Verdict[] verdicts = known(row);
        for (int i = 0; i < verdicts.length && run(verdicts) == Verdict.UNKNOWN; i++) {
            if (verdicts[i] == Verdict.UNKNOWN) {
                verdicts[i] = tests.get(i).read(letter) ? Verdict.YES : Verdict.NO;
            }
        }
        return run(verdicts) == Verdict.YES;
    }

    private Verdict run(Verdict[] verdicts) {
        Verdict[] stack = new Verdict[steps.size()];
        int top = 0;
        for (Step step : steps) {
            switch (step) {
                case Step.Ask(int test) -> stack[top++] = verdicts[test];
                case Step.All(int operands) -> {
                    top -= operands;
                    stack[top] = all(stack, top, operands, Verdict.NO);
                    top++;
                }
                case Step.Any(int operands) -> {
                    top -= operands;
                    stack[top] = all(stack, top, operands, Verdict.YES);
                    top++;
                }
                case Step.None(int operands) -> {
                    top -= operands;
                    stack[top] = not(all(stack, top, operands, Verdict.YES));
                    top++;
                }
            }
        }
        return stack[0];
    }

    /// @param decisive what one operand decides alone
    private static Verdict all(Verdict[] stack, int from, int count, Verdict decisive) {
        Verdict result = not(decisive);
        for (int i = from; i < from + count; i++) {
            if (stack[i] == decisive) {
                return decisive;
            }
            if (stack[i] == Verdict.UNKNOWN) {
                result = Verdict.UNKNOWN;
            }
        }
        return result;
    }

    private static Verdict not(Verdict verdict) {
        return switch (verdict) {
            case YES -> Verdict.NO;
            case NO -> Verdict.YES;
            case UNKNOWN -> Verdict.UNKNOWN;
        };
    }
}
