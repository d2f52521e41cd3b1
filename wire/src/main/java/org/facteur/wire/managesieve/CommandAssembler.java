package org.facteur.wire.managesieve;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Puts a command together from lines and literals. Used by one thread; ready for the next command
/// after [Step.Complete] and after any fault of a whole command.
public final class CommandAssembler {
    private static final String SOURCE = "RFC 5804 §4";
    private static final int QUOTED_OCTETS = 1024;
    private static final int MOST_ARGUMENTS = 4;

    private final ManageSieveLimits limits;
    private final List<Value> values = new ArrayList<>();
    private @Nullable SyntaxFault fault;

    /// What is needed next.
    public sealed interface Step {
        /// So many octets, for [#literal], then a line.
        record NeedLiteral(int octets) implements Step {}

        /// So many octets are to be read and dropped, then a line: the text is larger than is kept.
        record PassOver(long octets) implements Step {}

        /// A text is announced that is larger than all limits: nothing can follow.
        record Hopeless() implements Step {}

        record Complete(ManageSieveCommand command) implements Step {}
    }

    /// An argument, or the command's name first.
    private sealed interface Value {
        record Atom(String text) implements Value {}

        record Text(Octets octets) implements Value {}

        record Number(long value) implements Value {}
    }

    public CommandAssembler(ManageSieveLimits limits) {
        this.limits = limits;
    }

    /// Whether a command has begun.
    public boolean inside() {
        return !values.isEmpty() || fault != null;
    }

    /// Takes a line without its CRLF.
    ///
    /// @throws SyntaxFault when the command is none; it is over then, all its literals read
    public Step line(byte[] line) {
        long literal = -1;
        try {
            literal = read(line);
        } catch (SyntaxFault broken) {
            // Literals that follow belong to this command still.
            fault = fault == null ? broken : fault;
            literal = announced(line);
        }
        if (literal >= 0) {
            return literal(literal);
        }
        SyntaxFault broken = fault;
        List<Value> command = List.copyOf(values);
        values.clear();
        fault = null;
        if (broken != null) {
            throw broken;
        }
        return new Step.Complete(command(command));
    }

    private Step literal(long octets) {
        if (octets > limits.passedOver()) {
            values.clear();
            fault = null;
            return new Step.Hopeless();
        }
        if (octets > limits.literal() || fault != null) {
            fault = fault == null ? tooLarge() : fault;
            return new Step.PassOver(octets);
        }
        return new Step.NeedLiteral((int) octets);
    }

    /// A fault that says a text was too large, and nothing else.
    private SyntaxFault tooLarge() {
        return new SyntaxFault(-1, "a text of at most " + limits.literal() + " octets", null);
    }

    /// Whether a fault says that a text was too large.
    public static boolean isTooLarge(SyntaxFault fault) {
        return fault.offset() < 0 && fault.section() == null;
    }

    /// Takes the octets that [Step.NeedLiteral] asked for; they belong to this now.
    public void literal(byte[] octets) {
        values.add(new Value.Text(Octets.copyOf(octets)));
    }

    // literal-c2s = "{" number "+}" CRLF *OCTET
    /// The size a line's end announces, or -1.
    private static long announced(byte[] line) {
        int end = line.length - 1;
        if (end < 2 || line[end] != '}') {
            return -1;
        }
        int at = line[end - 1] == '+' ? end - 1 : end;
        int start = at;
        while (start > 0 && line[start - 1] >= '0' && line[start - 1] <= '9') {
            start--;
        }
        if (start == at || start == 0 || line[start - 1] != '{') {
            return -1;
        }
        return number(line, start, at);
    }

    /// Long.MAX_VALUE for what is larger than any limit.
    private static long number(byte[] line, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            if (value > Integer.MAX_VALUE) {
                return Long.MAX_VALUE;
            }
            value = value * 10 + (line[i] - '0');
        }
        return value;
    }

    // command = atom *( SP ( atom / string / number ) ) CRLF
    /// Reads the values of a line.
    ///
    /// @return the size of the literal at its end, or -1
    private long read(byte[] line) {
        int at = 0;
        boolean first = values.isEmpty();
        if (!first && line.length > 0 && line[0] != ' ') {
            throw SyntaxFault.at(0, "a space", SOURCE);
        }
        while (at < line.length) {
            if (!first) {
                if (line[at] != ' ') {
                    throw SyntaxFault.at(at, "a space", SOURCE);
                }
                while (at < line.length && line[at] == ' ') {
                    at++;
                }
                if (at == line.length) {
                    break;
                }
            }
            first = false;
            if (values.size() > MOST_ARGUMENTS) {
                throw SyntaxFault.at(at, "the end of the line", SOURCE);
            }
            if (line[at] == '{') {
                long size = announced(line);
                int sign = line.length - 1;
                boolean whole = size >= 0 && lastBrace(line) == at && line[sign] == '}';
                if (!whole) {
                    throw SyntaxFault.at(at, "the size of a text", SOURCE);
                }
                return size;
            }
            at = line[at] == '"' ? quoted(line, at + 1) : word(line, at);
        }
        return -1;
    }

    private static int lastBrace(byte[] line) {
        int at = line.length - 1;
        while (at >= 0 && line[at] != '{') {
            at--;
        }
        return at;
    }

    // quoted = <"> *1024QUOTED-CHAR <">
    private int quoted(byte[] line, int from) {
        byte[] text = new byte[line.length - from];
        int length = 0;
        int at = from;
        while (at < line.length && line[at] != '"') {
            if (line[at] == '\\') {
                at++;
            }
            if (at >= line.length || length >= QUOTED_OCTETS * 12) {
                throw SyntaxFault.at(at, "a text in quotes", SOURCE);
            }
            text[length++] = line[at++];
        }
        if (at >= line.length) {
            throw SyntaxFault.at(at, "a quote", SOURCE);
        }
        values.add(new Value.Text(Octets.copyOf(text, 0, length)));
        return at + 1;
    }

    // number = 1*DIGIT
    private int word(byte[] line, int from) {
        int at = from;
        boolean digits = true;
        while (at < line.length && line[at] > ' ' && line[at] < 0x7F && line[at] != '"') {
            digits &= line[at] >= '0' && line[at] <= '9';
            at++;
        }
        if (at == from) {
            throw SyntaxFault.at(at, "a word, a number or a text", SOURCE);
        }
        values.add(
                digits
                        ? new Value.Number(number(line, from, at))
                        : new Value.Atom(
                                new String(line, from, at - from, StandardCharsets.US_ASCII)));
        return at;
    }

    private static ManageSieveCommand command(List<Value> values) {
        if (values.isEmpty() || !(values.getFirst() instanceof Value.Atom(String name))) {
            throw SyntaxFault.at(0, "a command", SOURCE);
        }
        int given = values.size() - 1;
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "AUTHENTICATE" -> {
                count(given, 1, 2);
                yield new ManageSieveCommand.Authenticate(
                        text(values, 1).toUpperCase(Locale.ROOT),
                        given == 2 ? decoded(octets(values, 2)) : null);
            }
            case "STARTTLS" -> alone(given, new ManageSieveCommand.StartTls());
            case "LOGOUT" -> alone(given, new ManageSieveCommand.Logout());
            case "CAPABILITY" -> alone(given, new ManageSieveCommand.Capability());
            case "LISTSCRIPTS" -> alone(given, new ManageSieveCommand.ListScripts());
            case "UNAUTHENTICATE" -> alone(given, new ManageSieveCommand.Unauthenticate());
            case "HAVESPACE" -> {
                count(given, 2, 2);
                yield new ManageSieveCommand.HaveSpace(text(values, 1), size(values, 2));
            }
            case "PUTSCRIPT" -> {
                count(given, 2, 2);
                yield new ManageSieveCommand.PutScript(text(values, 1), octets(values, 2));
            }
            case "CHECKSCRIPT" -> {
                count(given, 1, 1);
                yield new ManageSieveCommand.CheckScript(octets(values, 1));
            }
            case "SETACTIVE" -> {
                count(given, 1, 1);
                yield new ManageSieveCommand.SetActive(text(values, 1));
            }
            case "GETSCRIPT" -> {
                count(given, 1, 1);
                yield new ManageSieveCommand.GetScript(text(values, 1));
            }
            case "DELETESCRIPT" -> {
                count(given, 1, 1);
                yield new ManageSieveCommand.DeleteScript(text(values, 1));
            }
            case "RENAMESCRIPT" -> {
                count(given, 2, 2);
                yield new ManageSieveCommand.RenameScript(text(values, 1), text(values, 2));
            }
            case "NOOP" -> {
                count(given, 0, 1);
                yield new ManageSieveCommand.Noop(given == 1 ? text(values, 1) : null);
            }
            default -> throw SyntaxFault.at(0, "a command that is known", "RFC 5804 §2");
        };
    }

    private static ManageSieveCommand alone(int given, ManageSieveCommand command) {
        count(given, 0, 0);
        return command;
    }

    private static void count(int given, int least, int most) {
        if (given < least || given > most) {
            throw SyntaxFault.at(0, least + " to " + most + " arguments", "RFC 5804 §2");
        }
    }

    private static Octets octets(List<Value> values, int at) {
        return switch (values.get(at)) {
            case Value.Text(Octets octets) -> octets;
            case Value.Atom _, Value.Number _ ->
                    throw SyntaxFault.at(0, "a text as argument " + at, SOURCE);
        };
    }

    /// The text of an argument.
    private static String text(List<Value> values, int at) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets(values, at).toArray()))
                    .toString();
        } catch (CharacterCodingException _) {
            throw SyntaxFault.at(0, "UTF-8 as argument " + at, SOURCE);
        }
    }

    private static long size(List<Value> values, int at) {
        return switch (values.get(at)) {
            case Value.Number(long value) -> value;
            case Value.Atom _, Value.Text _ ->
                    throw SyntaxFault.at(0, "a number as argument " + at, SOURCE);
        };
    }

    /// A response inside an exchange, base64 taken off (RFC 5804 §2.1).
    private static Octets decoded(Octets text) {
        return Octets.copyOf(Base64Text.decodeStrict(text.toArray()));
    }

    /// Reads what a client answers to a challenge, once it is whole.
    ///
    /// @param line the line, or the literal's octets where the line announced one
    /// @return null when it takes its command back
    /// @throws SyntaxFault for anything but base64
    public static @Nullable Octets response(byte[] line) {
        byte[] text = line;
        int end = line.length - 1;
        if (end >= 1 && line[0] == '"' && line[end] == '"') {
            text = java.util.Arrays.copyOfRange(line, 1, end);
        }
        if (text.length == 1 && text[0] == '*') {
            return null;
        }
        return decoded(Octets.copyOf(text));
    }

    /// The size of the literal that a line of an exchange announces, or -1.
    public static long responseLiteral(byte[] line) {
        return line.length > 0 && line[0] == '{' ? announced(line) : -1;
    }
}
