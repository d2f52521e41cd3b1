package org.facteur.net.milter;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.facteur.net.listen.OutgoingConnection;
import org.facteur.wire.milter.MilterReader;
import org.facteur.wire.milter.MilterReply;
import org.facteur.wire.milter.MilterWriter;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The line to a filter: packets out and answers in. One thread.
final class MilterTalk {
    private static final Logger LOG = LoggerFactory.getLogger(MilterTalk.class);
    private static final int MOST_CHANGES = 200;

    /// How often a filter may say that it still works.
    private static final int MOST_PROGRESS = 10;

    private static final MilterReply GO_ON = new MilterReply.Continue();

    private final OutgoingConnection connection;
    private final Duration patience;
    private long steps;
    private int progress;
    private @Nullable String quarantine;

    /// The steps, with the bit that spares them and the bit that spares their answer.
    enum Step {
        CONNECT(0x1, 0x1000),
        HELO(0x2, 0x2000),
        MAIL(0x4, 0x4000),
        RCPT(0x8, 0x8000),
        DATA(0x200, 0x10000),
        HEADER(0x20, 0x80),
        END_OF_HEADER(0x40, 0x40000),
        BODY(0x10, 0x80000);

        private final long spared;
        private final long silent;

        Step(long spared, long silent) {
            this.spared = spared;
            this.silent = silent;
        }
    }

    MilterTalk(OutgoingConnection connection, Duration patience) {
        this.connection = connection;
        this.patience = patience;
    }

    void negotiate() throws IOException {
        send(MilterWriter.negotiate());
        MilterReply reply = read();
        if (!(reply instanceof MilterReply.Negotiated(long version, long actions, long wanted))
                || version < 2
                || (actions & ~MilterWriter.ACTIONS) != 0) {
            throw new SyntaxFault(0, "a filter that does what was offered", null);
        }
        steps = wanted & MilterWriter.STEPS;
    }

    boolean wants(Step step) {
        return (steps & step.spared) == 0;
    }

    void macros(char step, Map<String, String> values) throws IOException {
        connection.output().write(MilterWriter.macros(step, values));
    }

    /// Takes a step, unless the filter spares it.
    MilterReply ask(Step step, byte[] packet) throws IOException {
        if (!wants(step)) {
            return GO_ON;
        }
        connection.output().write(packet);
        if ((steps & step.silent) != 0) {
            return GO_ON;
        }
        return read();
    }

    /// Ends the letter.
    ///
    /// @param changes takes what is to be changed
    MilterReply end(List<MilterReply.Change> changes) throws IOException {
        send(MilterWriter.endOfMessage());
        while (true) {
            MilterReply reply = read();
            if (reply instanceof MilterReply.Quarantine(String reason)) {
                quarantine = reason;
                continue;
            }
            if (!(reply instanceof MilterReply.Change change)) {
                return reply;
            }
            if (changes.size() == MOST_CHANGES) {
                throw new SyntaxFault(0, "fewer changes", null);
            }
            changes.add(change);
        }
    }

    /// Why the filter wants the letter kept apart; null where it does not.
    @Nullable String quarantine() {
        return quarantine;
    }

    /// Says goodbye. A filter may be gone before it has heard that: what it decided stands.
    void quit() {
        try {
            send(MilterWriter.quit());
        } catch (IOException gone) {
            LOG.debug("a filter left early: {}", gone.getMessage());
        }
    }

    private void send(byte[] packet) throws IOException {
        connection.output().write(packet);
        connection.flush();
    }

    /// The next answer; while it works a filter may say so.
    private MilterReply read() throws IOException {
        connection.flush();
        while (true) {
            byte[] head = new byte[4];
            connection.input().readFully(head, 0, 4);
            int length =
                    head[0] << 24
                            | (head[1] & 0xFF) << 16
                            | (head[2] & 0xFF) << 8
                            | (head[3] & 0xFF);
            if (length < 1 || length > MilterReader.LONGEST) {
                throw new SyntaxFault(0, "an answer of at most 128 kB", null);
            }
            byte[] packet = new byte[length];
            connection.input().readFully(packet, 0, length);
            MilterReply reply = MilterReader.parse(packet);
            if (!(reply instanceof MilterReply.Progress)) {
                return reply;
            }
            if (++progress > MOST_PROGRESS) {
                throw new SyntaxFault(0, "a filter that comes to an end", null);
            }
            connection.deadline(patience);
        }
    }
}
