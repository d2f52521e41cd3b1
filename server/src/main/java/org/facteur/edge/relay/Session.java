package org.facteur.edge.relay;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.facteur.core.queue.Carriage;
import org.facteur.core.queue.QueuedRecipient;
import org.facteur.net.listen.OutgoingConnection;
import org.facteur.wire.address.Domain;
import org.facteur.wire.smtp.SmtpCapabilities;
import org.facteur.wire.smtp.SmtpCapability;
import org.facteur.wire.smtp.SmtpCommand;
import org.facteur.wire.smtp.SmtpCommandWriter;
import org.facteur.wire.smtp.SmtpReply;
import org.facteur.wire.smtp.SmtpReplyReader;
import org.facteur.wire.text.DotStuffing;
import org.jspecify.annotations.Nullable;

/// A conversation with one server that has said what it offers: hands over letters, one after the
/// other. One thread at a time.
///
/// With PIPELINING the next letter's envelope travels behind the last letter's octets (RFC 2920
/// §3.1), so that a letter costs one round trip.
final class Session implements AutoCloseable {
    private static final SmtpReplyReader READER = new SmtpReplyReader(2048, 100);
    private static final int PIECE = 16 * 1024;

    private final Frame frame;
    private final OutgoingConnection connection;
    private final SmtpCapabilities capabilities;
    private final Carriage carriage;
    private final Outgoing outgoing;
    private final boolean pipelined;
    private int letters;
    private boolean dirty;
    private boolean broken;
    private @Nullable Passage passage;
    private List<QueuedRecipient> announced = List.of();
    private Outgoing.@Nullable Form announcedForm;

    /// What stays the same while a session lives.
    ///
    /// @param host the server's name
    /// @param limits of the server or of us, whichever is less
    record Frame(RelaySettings.Times times, Domain host, Limits limits) {
        Frame {
            Objects.requireNonNull(times);
            Objects.requireNonNull(host);
            Objects.requireNonNull(limits);
        }
    }

    /// @param letters in one session (RFC 9422 §4: MAILMAX)
    /// @param recipients of one letter (RFC 9422 §4: RCPTMAX)
    record Limits(int letters, int recipients) {}

    /// Where letters come from and go to while a session hands them over.
    interface Letters {
        /// The next one that goes the same way; null when none does.
        @Nullable Passage next();

        /// Waits until what was done before is written down: only one letter of a session may be in
        /// doubt at a time.
        void settled();

        /// Everybody has a result.
        void done(Passage passage);

        /// One that was given out and not begun.
        void back(Passage passage);
    }

    Session(
            Frame frame,
            OutgoingConnection connection,
            SmtpCapabilities capabilities,
            Carriage carriage,
            Outgoing outgoing) {
        this.frame = frame;
        this.connection = connection;
        this.capabilities = capabilities;
        this.carriage = carriage;
        this.outgoing = outgoing;
        this.pipelined = capabilities.has(SmtpCapability.PIPELINING);
    }

    Carriage carriage() {
        return carriage;
    }

    /// How many letters were begun.
    int letters() {
        return letters;
    }

    /// Whether another letter can be handed over.
    boolean usable() {
        return !broken && letters < frame.limits().letters() && !connection.disturbed();
    }

    /// The letter that has no end yet after [#carry], for another session; null when there is none.
    @Nullable Passage unfinished() {
        Passage left = passage;
        return left != null && !left.done() ? left : null;
    }

    /// Hands over letters until none follows or the server has had enough.
    ///
    /// @throws IOException when the line broke; [#unfinished] then tells which letter did not get
    ///   through
    void carry(Letters source) throws IOException {
        try {
            passage = source.next();
            announcedForm = null;
            for (Passage now = passage; now != null; now = passage) {
                hand(now, source);
                if (broken) {
                    return;
                }
            }
        } catch (IOException | RuntimeException failed) {
            broken = true;
            throw failed;
        }
    }

    /// One letter for as many of its recipients as go at once.
    private void hand(Passage now, Letters source) throws IOException {
        if (now.done()) {
            advance(now, source);
            return;
        }
        Outgoing.Form form = announcedForm;
        if (form == null) {
            form = outgoing.form(now, capabilities, frame.host());
            if (form == null) {
                advance(now, source);
                return;
            }
            announce(now, form);
            connection.flush();
        }
        Exchange exchange = pipelined ? readEnvelope(form) : stepThrough(now, form);
        dirty = exchange.mail().positive();
        if (exchange.goodbye()) {
            broken = true;
            return;
        }
        List<QueuedRecipient> accepted = exchange.accepted();
        SmtpReply data = exchange.data();
        if (accepted.isEmpty()) {
            if (data != null && data.code() == 354) {
                endUnwantedLetter();
            }
            refuse(now, exchange);
            advance(now, source);
        } else if (!form.chunked() && (data == null || data.code() != 354)) {
            exchange.refusals(now, frame.host());
            for (QueuedRecipient each : accepted) {
                now.result(
                        Verdicts.of(
                                each, Objects.requireNonNull(data), frame.host(), capabilities));
            }
            advance(now, source);
        } else {
            letter(now, form, exchange, source);
        }
    }

    private void refuse(Passage now, Exchange exchange) {
        if (exchange.mail().positive()) {
            exchange.refusals(now, frame.host());
        } else {
            for (QueuedRecipient each : now.open()) {
                now.result(Verdicts.of(each, exchange.mail(), frame.host(), capabilities));
            }
        }
    }

    /// The letter itself; what follows it is announced in the same breath.
    private void letter(Passage now, Outgoing.Form form, Exchange exchange, Letters source)
            throws IOException {
        source.settled();
        exchange.refusals(now, frame.host());
        List<QueuedRecipient> accepted = exchange.accepted();
        boolean more = now.open().size() > accepted.size();
        Passage following = null;
        SmtpReply last;
        try {
            write(form);
            dirty = false;
            announcedForm = null;
            if (!more && letters < frame.limits().letters()) {
                following = source.next();
                if (pipelined && following != null && !following.done()) {
                    Outgoing.Form next = outgoing.form(following, capabilities, frame.host());
                    if (next != null) {
                        announce(following, next);
                    }
                }
            }
            connection.flush();
            last = read(frame.times().end());
        } catch (IOException broke) {
            // It may have the letter all the same: no other server gets it in this attempt.
            for (QueuedRecipient each : accepted) {
                now.result(Verdicts.inDoubt(each, frame.host()));
            }
            finish(now, source);
            passage = more ? now : following;
            throw broke;
        }
        if (last.code() == 421) {
            broken = true;
            if (following != null) {
                source.back(following);
            }
            return;
        }
        for (QueuedRecipient each : accepted) {
            now.result(Verdicts.of(each, last, frame.host(), capabilities));
        }
        finish(now, source);
        if (!more) {
            passage = following;
        }
    }

    /// Goes on with the same letter where recipients are left, else with the next.
    private void advance(Passage now, Letters source) {
        announcedForm = null;
        if (now.done()) {
            source.done(now);
            passage = usable() ? source.next() : null;
        }
    }

    private static void finish(Passage now, Letters source) {
        if (now.done()) {
            source.done(now);
        }
    }

    /// What was answered to an envelope.
    ///
    /// @param rcpt in the order of the recipients that were announced
    /// @param data null where it was not asked
    record Exchange(
            List<QueuedRecipient> recipients,
            SmtpReply mail,
            List<SmtpReply> rcpt,
            @Nullable SmtpReply data) {
        Exchange {
            recipients = List.copyOf(recipients);
            rcpt = List.copyOf(rcpt);
        }

        List<QueuedRecipient> accepted() {
            List<QueuedRecipient> accepted = new ArrayList<>();
            if (mail.positive()) {
                for (int i = 0; i < rcpt.size(); i++) {
                    if (rcpt.get(i).positive()) {
                        accepted.add(recipients.get(i));
                    }
                }
            }
            return accepted;
        }

        /// Whether the server has taken its leave: nobody's answer counts.
        boolean goodbye() {
            SmtpReply end = data;
            return mail.code() == 421
                    || rcpt.stream().anyMatch(reply -> reply.code() == 421)
                    || (end != null && end.code() == 421);
        }

        /// Writes down who was refused. Too many at once is no refusal where others were taken: the
        /// rest goes in a next round (RFC 5321 §4.5.3.1.10).
        void refusals(Passage passage, Domain host) {
            boolean some = !accepted().isEmpty();
            for (int i = 0; i < rcpt.size(); i++) {
                SmtpReply reply = rcpt.get(i);
                boolean tooMany = some && reply.code() == 452;
                if (!reply.positive() && !tooMany) {
                    passage.result(
                            Verdicts.of(recipients.get(i), reply, host, SmtpCapabilities.NONE));
                }
            }
        }
    }

    /// Writes an envelope without sending it.
    private void announce(Passage next, Outgoing.Form form) throws IOException {
        connection.deadline(frame.times().command());
        announcedForm = form;
        announced = next.open(frame.limits().recipients());
        letters++;
        if (dirty && pipelined) {
            write(new SmtpCommand.Rset());
        }
        if (pipelined) {
            write(outgoing.mail(next, form, capabilities));
            for (QueuedRecipient recipient : announced) {
                write(outgoing.rcpt(recipient, capabilities));
            }
            if (!form.chunked()) {
                write(new SmtpCommand.Data());
            }
        }
    }

    /// Reads the answers to an envelope that was sent in one go.
    private Exchange readEnvelope(Outgoing.Form form) throws IOException {
        if (dirty) {
            read(frame.times().command());
            dirty = false;
        }
        SmtpReply mail = read(frame.times().command());
        List<SmtpReply> rcpt = new ArrayList<>();
        if (mail.code() != 421) {
            for (int i = 0; i < announced.size(); i++) {
                rcpt.add(read(frame.times().command()));
                if (rcpt.getLast().code() == 421) {
                    return new Exchange(announced, mail, rcpt, null);
                }
            }
            return new Exchange(
                    announced, mail, rcpt, form.chunked() ? null : read(frame.times().data()));
        }
        return new Exchange(announced, mail, rcpt, null);
    }

    /// One command after the other, for servers that want it so.
    private Exchange stepThrough(Passage now, Outgoing.Form form) throws IOException {
        if (dirty) {
            ask(new SmtpCommand.Rset(), frame.times().command());
        }
        SmtpReply mail = ask(outgoing.mail(now, form, capabilities), frame.times().command());
        List<SmtpReply> rcpt = new ArrayList<>();
        if (mail.positive()) {
            for (QueuedRecipient recipient : announced) {
                rcpt.add(ask(outgoing.rcpt(recipient, capabilities), frame.times().command()));
                if (rcpt.getLast().code() == 421) {
                    break;
                }
            }
        }
        Exchange so = new Exchange(announced, mail, rcpt, null);
        if (so.accepted().isEmpty() || so.goodbye() || form.chunked()) {
            return so;
        }
        return new Exchange(
                announced, mail, rcpt, ask(new SmtpCommand.Data(), frame.times().data()));
    }

    /// A server that says 354 although nobody was accepted gets an empty letter (RFC 2920 §3.1).
    private void endUnwantedLetter() throws IOException {
        new DotStuffing(connection.output()).end();
        connection.flush();
        read(frame.times().end());
        dirty = false;
    }

    private void write(Outgoing.Form form) throws IOException {
        if (form.chunked()) {
            writeChunk(form);
            return;
        }
        DotStuffing stuffing = new DotStuffing(connection.output());
        byte[] piece = new byte[PIECE];
        try (InputStream in = form.open()) {
            for (int some = in.read(piece); some >= 0; some = in.read(piece)) {
                connection.deadline(frame.times().block());
                stuffing.write(piece, 0, some);
            }
        }
        connection.deadline(frame.times().block());
        stuffing.end();
    }

    /// All octets as one chunk, as they are (RFC 3030 §2).
    private void writeChunk(Outgoing.Form form) throws IOException {
        write(new SmtpCommand.Bdat(form.sizeBytes(), true));
        byte[] piece = new byte[PIECE];
        try (InputStream in = form.open()) {
            for (int some = in.read(piece); some >= 0; some = in.read(piece)) {
                connection.deadline(frame.times().block());
                connection.output().write(piece, 0, some);
            }
        }
        connection.deadline(frame.times().block());
    }

    /// Takes leave without waiting for an answer.
    @Override
    public void close() {
        try {
            if (broken) {
                connection.abort();
            } else if (!connection.disturbed()) {
                connection.deadline(Duration.ofSeconds(5));
                write(new SmtpCommand.Quit());
                connection.flush();
            }
        } catch (IOException gone) {
            connection.abort();
        }
        connection.close();
    }

    private SmtpReply ask(SmtpCommand command, Duration patience) throws IOException {
        connection.deadline(patience);
        write(command);
        connection.flush();
        return read(patience);
    }

    private SmtpReply read(Duration patience) throws IOException {
        connection.deadline(patience);
        return READER.read(connection.input());
    }

    private void write(SmtpCommand command) throws IOException {
        connection.output().write(SmtpCommandWriter.write(command));
    }
}
