package org.facteur.edge.smtp;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Supplier;
import org.facteur.core.account.Account;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.net.milter.MilterClient;
import org.facteur.net.milter.MilterLetter;
import org.facteur.net.milter.MilterVerdict;
import org.facteur.store.blob.Blob;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.milter.HeaderEdit;
import org.facteur.wire.smtp.SmtpReply;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a filter beside us makes of one whole letter. One thread; used once.
///
/// A letter whose header the filter changes is written anew, so that what lies in boxes, what goes
/// out and what was indexed are one and the same; others are not touched.
final class FilterStep {
    private static final Logger LOG = LoggerFactory.getLogger(FilterStep.class);
    private static final int PIECE = 64 * 1024;

    private final MilterClient filter;
    private final Announcement announcement;
    private final InetSocketAddress peer;
    private final String id;

    /// What is to be done.
    sealed interface Outcome {
        /// Deliver this letter, which is the receiver's to close.
        ///
        /// @param apart whether it is to be kept where it is not believed
        record Deliver(NewLetter letter, boolean apart) implements Outcome {
            public Deliver {
                Objects.requireNonNull(letter);
            }
        }

        /// Deliver nothing, and answer this.
        record Answer(SmtpReply reply) implements Outcome {
            public Answer {
                Objects.requireNonNull(reply);
            }
        }
    }

    FilterStep(MilterClient filter, Announcement announcement, InetSocketAddress peer, String id) {
        this.filter = filter;
        this.announcement = announcement;
        this.peer = peer;
        this.id = id;
    }

    /// @param letter closed here unless it is what is delivered
    /// @param anew a writer for a changed letter
    Outcome judge(NewLetter letter, Supplier<LetterWriter> anew) {
        try {
            return decide(letter, anew);
        } catch (RuntimeException fault) {
            letter.close();
            throw fault;
        }
    }

    private Outcome decide(NewLetter letter, Supplier<LetterWriter> anew) {
        int bodyStart = (int) letter.index().anatomy().root().range().bodyStart();
        byte[] header = new byte[bodyStart];
        MilterVerdict verdict;
        try (Blob blob = letter.octets().open()) {
            blob.read(0, header, 0, bodyStart);
            verdict =
                    filter.judge(
                            new MilterLetter(
                                    peer(),
                                    envelope(),
                                    header,
                                    () -> blob.open(bodyStart, blob.size())));
        }
        return switch (verdict) {
            case MilterVerdict.Accept(var changes, var quarantine) when changes.isEmpty() ->
                    new Outcome.Deliver(letter, apart(quarantine));
            case MilterVerdict.Accept(var changes, var quarantine) -> {
                try (letter) {
                    yield new Outcome.Deliver(
                            rewritten(letter, HeaderEdit.apply(header, changes), bodyStart, anew),
                            apart(quarantine));
                } catch (SyntaxFault odd) {
                    LOG.warn("letter {}: a filter wants what cannot be: {}", id, odd.getMessage());
                    yield new Outcome.Answer(Replies.BUSY);
                }
            }
            case MilterVerdict.Refuse(SmtpReply reply) -> {
                letter.close();
                yield new Outcome.Answer(reply);
            }
            case MilterVerdict.Discard _ -> {
                letter.close();
                LOG.info("letter {} discarded by a filter", id);
                yield new Outcome.Answer(SmtpReply.of(250, "2.0.0", "Letter accepted as " + id));
            }
        };
    }

    private boolean apart(@Nullable String quarantine) {
        if (quarantine != null) {
            LOG.info("letter {} is kept apart: {}", id, EncodedWords.clean(quarantine));
        }
        return quarantine != null;
    }

    private MilterLetter.Peer peer() {
        Domain name = announcement.greeting().name();
        return new MilterLetter.Peer(name == null ? null : name.name(), peer);
    }

    private MilterLetter.Envelope envelope() {
        EmailAddress sender = announcement.transaction().sender();
        Account submitter = announcement.submitter();
        return new MilterLetter.Envelope(
                id,
                submitter == null ? null : submitter.address().toString(),
                sender == null ? "" : sender.toString(),
                announcement.recipients().stream().map(each -> each.address().toString()).toList());
    }

    private static NewLetter rewritten(
            NewLetter letter, byte[] header, int bodyStart, Supplier<LetterWriter> anew) {
        try (LetterWriter writer = anew.get();
                Blob blob = letter.octets().open()) {
            writer.write(header, 0, header.length);
            byte[] piece = new byte[PIECE];
            long at = bodyStart;
            while (at < blob.size()) {
                int some = (int) Math.min(PIECE, blob.size() - at);
                blob.read(at, piece, 0, some);
                writer.write(piece, 0, some);
                at += some;
            }
            return writer.finish();
        }
    }
}
