package org.facteur.wire.imap;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Puts a command together from the lines and literals it comes in. Does no reading itself: the
/// session reads what each [AssemblyStep] asks for and hands it over.
///
/// ```
/// AssemblyStep step = assembler.line(reader.readLine(assembler.lineOctets()));
/// ```
///
/// Lines come without their CRLF. A letter given to APPEND is never kept: [AssemblyStep.NeedLetter]
/// says how long it is and the session streams it away. All outcomes are values; nothing is thrown
/// on what a client sent. Memory is bounded by [ImapLimits.Framing#commandOctets]. Used by one
/// thread; between two commands it holds no buffer.
public final class ImapCommandAssembler {
    private static final byte[] NONE = new byte[0];
    private static final byte[] CRLF = {'\r', '\n'};

    private ImapLimits.Framing limits;
    private ImapParser parser;

    private byte[] buffer = NONE;
    private int size;
    private int literals;
    private int awaited;
    private boolean appending;

    /// Whether its literals may hold NUL.
    private boolean binary;

    private @Nullable AppendAssembly append;

    /// Why the command is lost, while the client is still sending the rest of it.
    private @Nullable SyntaxFault fault;

    private boolean tooBig;
    private boolean rejected;
    private long skippable;
    private @Nullable String tag;

    public ImapCommandAssembler(ImapLimits limits, ImapDialect dialect) {
        this.limits = limits.framing();
        this.parser = new ImapParser(limits.grammar(), dialect);
    }

    /// Changes limits and dialect, after a login or ENABLE; only between two commands.
    public void use(ImapLimits limits, ImapDialect dialect) {
        if (!atStart()) {
            throw new IllegalStateException("inside a command");
        }
        this.limits = limits.framing();
        this.parser = new ImapParser(limits.grammar(), dialect);
    }

    /// The longest line to read next, in octets without CRLF.
    public int lineOctets() {
        return limits.lineOctets();
    }

    /// Whether the next line begins a command.
    public boolean atStart() {
        return size == 0 && append == null && fault == null && !rejected;
    }

    /// Forgets a command half come: for a line that was too long to read.
    ///
    /// @return the refusal to answer with
    public AssemblyStep lineTooLong() {
        fault = new SyntaxFault(-1, "a shorter line", null);
        tooBig = true;
        return finishRefusal(false);
    }

    /// Takes the next line.
    public AssemblyStep line(byte[] line) {
        if (awaited > 0) {
            throw new IllegalStateException("a literal is awaited");
        }
        LiteralMark mark = LiteralMark.find(line);
        if (fault != null || rejected) {
            return afterLoss(mark);
        }
        try {
            return append != null ? appendLine(append, line, mark) : commandLine(line, mark);
        } catch (SyntaxFault broken) {
            return lose(broken, mark);
        }
    }

    /// Takes the literal that [AssemblyStep.NeedLiteral] asked for.
    public void literal(byte[] octets) {
        if (octets.length != awaited) {
            throw new IllegalStateException("a literal of " + awaited + " octets is awaited");
        }
        awaited = 0;
        add(octets);
    }

    /// Refuses the letter that [AssemblyStep.NeedLetter] announced, before any of it was read.
    ///
    /// @return [AssemblyStep.Rejected] when the client was not invited to send, else what to skip
    ///   first
    public AssemblyStep reject() {
        AppendAssembly rejecting = append;
        if (rejecting == null) {
            throw new IllegalStateException("no letter was announced");
        }
        rejected = true;
        LiteralMark mark = rejecting.mark();
        skippable = mark.size() + limits.commandOctets();
        return afterLoss(mark);
    }

    private AssemblyStep commandLine(byte[] line, @Nullable LiteralMark mark) {
        if (size == 0) {
            tag = parser.findTag(line);
        }
        add(line);
        if (size > limits.commandOctets()) {
            tooBig = true;
            throw new SyntaxFault(-1, "a shorter command", null);
        }
        if (mark == null) {
            TaggedCommand complete = parser.parse(Arrays.copyOf(buffer, size));
            reset();
            return new AssemblyStep.Complete(complete);
        }
        if (literals == 0) {
            String verb = parser.checkLiteralAllowed(line);
            appending = verb.equals("APPEND");
            binary = verb.equals("SETMETADATA");
        }
        if (appending) {
            ImapCursor cursor = parser.cursor(Arrays.copyOf(buffer, size));
            AppendAssembly begun = AppendAssembly.begin(cursor, mark, limits);
            if (begun != null) {
                buffer = NONE;
                size = 0;
                append = begun;
                return letter(begun);
            }
        }
        return keep(mark);
    }

    private AssemblyStep keep(LiteralMark mark) {
        if (mark.binary() && !binary) {
            throw new SyntaxFault(-1, "a literal without ~", "RFC 3516 §7");
        }
        if (mark.size() > limits.literalOctets()
                || mark.size() + size > limits.commandOctets()
                || ++literals > limits.literals()) {
            tooBig = true;
            throw new SyntaxFault(-1, "a smaller literal", null);
        }
        add(CRLF);
        awaited = (int) mark.size();
        return new AssemblyStep.NeedLiteral(awaited, mark.synchronizing());
    }

    private AssemblyStep appendLine(
            AppendAssembly current, byte[] line, @Nullable LiteralMark mark) {
        ImapCursor cursor = parser.cursor(line);
        if (current.afterLetter(cursor, mark, limits)) {
            return letter(current);
        }
        TaggedCommand complete = current.complete();
        reset();
        return new AssemblyStep.Complete(complete);
    }

    private AssemblyStep letter(AppendAssembly current) {
        if (current.tooBig(limits)) {
            tooBig = true;
            throw new SyntaxFault(-1, "a smaller letter", null);
        }
        return new AssemblyStep.NeedLetter(
                current.tag(), current.mailbox(), current.last(), current.mark().synchronizing());
    }

    private AssemblyStep lose(SyntaxFault broken, @Nullable LiteralMark mark) {
        fault = broken;
        skippable = limits.commandOctets() + limits.appendOctets();
        return afterLoss(mark);
    }

    /// The client waits at a synchronizing literal, and has ended where there is none; only octets
    /// that come unasked must be let pass (RFC 7888 §4).
    private AssemblyStep afterLoss(@Nullable LiteralMark mark) {
        if (mark == null || mark.synchronizing()) {
            return finishRefusal(false);
        }
        if (mark.size() > skippable) {
            return finishRefusal(true);
        }
        skippable -= mark.size();
        buffer = NONE;
        size = 0;
        return new AssemblyStep.Skip(mark.size());
    }

    private AssemblyStep finishRefusal(boolean closing) {
        SyntaxFault reason = fault == null ? new SyntaxFault(-1, "a smaller letter", null) : fault;
        String name = append == null ? tag : append.tag();
        AssemblyStep step =
                rejected && !closing && name != null
                        ? new AssemblyStep.Rejected(name)
                        : new AssemblyStep.Refused(name, reason, tooBig, closing);
        reset();
        return step;
    }

    private void reset() {
        buffer = NONE;
        size = 0;
        literals = 0;
        awaited = 0;
        appending = false;
        binary = false;
        append = null;
        fault = null;
        tooBig = false;
        rejected = false;
        tag = null;
    }

    private void add(byte[] octets) {
        if (buffer.length - size < octets.length) {
            buffer = Arrays.copyOf(buffer, Math.max(size + octets.length, buffer.length * 2));
        }
        System.arraycopy(octets, 0, buffer, size, octets.length);
        size += octets.length;
    }

    /// An APPEND between its letters.
    private static final class AppendAssembly {
        private final String tag;
        private final MailboxPath mailbox;
        private final List<AppendLetter> letters = new ArrayList<>(1);
        private LiteralMark mark;

        private AppendAssembly(String tag, MailboxPath mailbox, LiteralMark mark) {
            this.tag = tag;
            this.mailbox = mailbox;
            this.mark = mark;
        }

        /// `append = "APPEND" SP mailbox 1*append-message`
        ///
        /// @return null when the literal at the end is the mailbox name
        static @Nullable AppendAssembly begin(
                ImapCursor cursor, LiteralMark mark, ImapLimits.Framing limits) {
            String tag = cursor.tag();
            cursor.space();
            cursor.keyword();
            cursor.space();
            if (cursor.atLiteralAtEnd()) {
                return null;
            }
            AppendAssembly append = new AppendAssembly(tag, cursor.mailbox(), mark);
            cursor.space();
            append.letter(cursor, limits);
            return append;
        }

        /// `append-message = [SP flag-list] [SP date-time] SP append-data`, after its first space
        private void letter(ImapCursor cursor, ImapLimits.Framing limits) {
            if (letters.size() == limits.appendLetters()) {
                throw cursor.tooMany("letters in one command");
            }
            List<Flag> flags = List.of();
            if (cursor.peek() == '(') {
                flags = cursor.flagList();
                cursor.space();
            }
            OffsetDateTime date = null;
            if (cursor.peek() == '"') {
                date = ImapDates.dateTime(cursor);
                cursor.space();
            }
            boolean utf8 = cursor.takeWord("UTF8");
            if (utf8) {
                cursor.space();
                cursor.expect('(');
                if (!mark.binary()) {
                    throw cursor.fault("a literal with ~", "RFC 9755 §4");
                }
            }
            if (!cursor.atLiteralAtEnd()) {
                throw cursor.fault("a letter as a literal", "RFC 9051 §6.3.12");
            }
            AppendLetter.Form form =
                    utf8
                            ? AppendLetter.Form.UTF8
                            : mark.binary() ? AppendLetter.Form.BINARY : AppendLetter.Form.PLAIN;
            letters.add(new AppendLetter(flags, date, mark.size(), form));
        }

        /// What follows a letter: the end of the command, or another letter.
        ///
        /// @return whether another letter follows
        boolean afterLetter(
                ImapCursor cursor, @Nullable LiteralMark next, ImapLimits.Framing limits) {
            if (last().form() == AppendLetter.Form.UTF8) {
                cursor.expect(')');
            }
            if (next == null) {
                cursor.end();
                return false;
            }
            cursor.space();
            mark = next;
            letter(cursor, limits);
            return true;
        }

        boolean tooBig(ImapLimits.Framing limits) {
            return mark.size() > limits.appendOctets();
        }

        AppendLetter last() {
            return letters.getLast();
        }

        String tag() {
            return tag;
        }

        MailboxPath mailbox() {
            return mailbox;
        }

        LiteralMark mark() {
            return mark;
        }

        TaggedCommand complete() {
            return new TaggedCommand(tag, new ImapCommand.Append(mailbox, letters));
        }
    }
}
