package org.facteur.wire.imap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.LineReader;

/// The reading half of a server session, for tests: does what the assembler asks until the octets
/// end or the session must close.
final class Session {
    private final ImapCommandAssembler assembler;
    private final Predicate<AssemblyStep.NeedLetter> accepts;

    /// Complete, Refused, Rejected, in their order.
    final List<AssemblyStep> outcomes = new ArrayList<>();

    /// The letters taken.
    final List<String> letters = new ArrayList<>();

    /// How many continuation requests were sent.
    int invitations;

    boolean closed;

    private Session(ImapCommandAssembler assembler, Predicate<AssemblyStep.NeedLetter> accepts) {
        this.assembler = assembler;
        this.accepts = accepts;
    }

    static Session run(LineReader reader, ImapCommandAssembler assembler) {
        return run(reader, assembler, _ -> true);
    }

    static Session run(
            LineReader reader,
            ImapCommandAssembler assembler,
            Predicate<AssemblyStep.NeedLetter> accepts) {
        Session session = new Session(assembler, accepts);
        try {
            session.read(reader);
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
        return session;
    }

    private void read(LineReader reader) throws IOException {
        while (!closed) {
            AssemblyStep step;
            try {
                byte[] line = reader.readLine(assembler.lineOctets());
                if (line == null) {
                    return;
                }
                step = assembler.line(line);
            } catch (LineFault fault) {
                step = assembler.lineTooLong();
                closed = !fault.inStep();
            }
            act(step, reader);
        }
    }

    private void act(AssemblyStep step, LineReader reader) throws IOException {
        switch (step) {
            case AssemblyStep.NeedLiteral(int octets, boolean invite) -> {
                invitations += invite ? 1 : 0;
                assembler.literal(take(reader, octets));
            }
            case AssemblyStep.NeedLetter letter -> {
                if (accepts.test(letter)) {
                    invitations += letter.invite() ? 1 : 0;
                    byte[] octets = take(reader, letter.letter().sizeOctets());
                    letters.add(new String(octets, StandardCharsets.UTF_8));
                } else {
                    act(assembler.reject(), reader);
                }
            }
            case AssemblyStep.Skip(long octets) -> take(reader, octets);
            case AssemblyStep.Ignored _ -> {
                // Nothing was said.
            }
            case AssemblyStep.Refused refused -> {
                outcomes.add(refused);
                closed |= refused.closing();
            }
            case AssemblyStep.Complete _, AssemblyStep.Rejected _ -> outcomes.add(step);
        }
    }

    private static byte[] take(LineReader reader, long octets) throws IOException {
        byte[] taken = new byte[(int) octets];
        reader.readFully(taken, 0, taken.length);
        return taken;
    }

    List<ImapCommand> commands() {
        return outcomes.stream()
                .map(step -> ((AssemblyStep.Complete) step).command().command())
                .toList();
    }
}
