package org.facteur.edge.imap;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.Arrival;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.mailbox.Placed;
import org.facteur.core.mailbox.Right;
import org.facteur.core.mailbox.Usage;
import org.facteur.wire.imap.AppendLetter;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.imap.SequenceSet;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.SyntaxFault;

/// One APPEND from the announcement of its first letter to its answer (RFC 9051 §6.3.12), with one
/// letter or several that come in together or not at all (RFC 3502). Letters stream to the store
/// and are never held. One thread; closed when the command has ended, however it did.
final class AppendCommand implements AutoCloseable {
    /// What one transaction can well hold.
    private static final int MOST_LETTERS = 50;

    private final ImapSession session;
    private final NamedMailbox named;
    private final List<Coming> letters = new ArrayList<>(1);
    private long announcedBytes;

    /// A letter on its way.
    private record Coming(AppendLetter letter, Set<Keyword> keywords, LetterWriter writer) {}

    /// @throws Refusal INVALID for a name that no mailbox can have
    AppendCommand(ImapSession session, MailboxPath mailbox) {
        this.session = session;
        this.named = session.named(mailbox);
    }

    /// Looks for what can be seen before the octets of a letter come.
    ///
    /// @return why the letter is not taken, or null
    /// @throws Refusal INVALID for flags that are none
    @org.jspecify.annotations.Nullable
    Answer announce(AppendLetter letter) {
        Optional<Mailbox> mailbox = named.find();
        if (mailbox.isEmpty()) {
            return missing(named);
        }
        if (!named.box().rights(mailbox.get().id()).has(Right.INSERT)) {
            return Answer.no(ResponseCode.Word.NOPERM, "You may not put letters there.");
        }
        if (letter.sizeOctets() == 0) {
            return Answer.no(null, "An empty letter takes the command back.");
        }
        if (letters.size() == MOST_LETTERS) {
            return Answer.no(
                    ResponseCode.Word.LIMIT, "At most " + MOST_LETTERS + " letters at a time.");
        }
        announcedBytes += letter.sizeOctets();
        Usage usage = named.box().usage();
        if (usage.bytes() + announcedBytes > usage.quota().bytes()
                || usage.letters() + letters.size() >= usage.quota().letters()) {
            return Answer.no(ResponseCode.Word.OVERQUOTA, "There is no room for this letter.");
        }
        Set<Keyword> keywords = FlagNames.keywords(letter.flags());
        letters.add(new Coming(letter, keywords, session.services().letters().get()));
        return null;
    }

    /// In another's letter box, whether CREATE would help is not told.
    static Answer missing(NamedMailbox named) {
        return Answer.no(
                named.box().guest() ? ResponseCode.Word.NONEXISTENT : ResponseCode.Word.TRYCREATE,
                "There is no such mailbox.");
    }

    /// Reads the letter announced last. Never fails for what it holds: [#place] tells.
    void take(LineReader input, long octets) throws IOException {
        LetterWriter writer = letters.getLast().writer();
        ImapConnection.pass(input, octets, (piece, count) -> writer.write(piece, 0, count));
    }

    /// Puts the letters into the mailbox, once the command is whole.
    Answer place() {
        List<NewLetter> whole = new ArrayList<>(letters.size());
        try {
            Optional<Mailbox> mailbox = named.find();
            if (mailbox.isEmpty()) {
                return missing(named);
            }
            List<Arrival> arrivals = new ArrayList<>(letters.size());
            for (Coming coming : letters) {
                NewLetter letter = coming.writer().finish();
                whole.add(letter);
                arrivals.add(
                        new Arrival(
                                letter,
                                new byte[0],
                                mailbox.get().id(),
                                coming.keywords(),
                                received(coming.letter()),
                                null));
            }
            if (arrivals.isEmpty()) {
                throw SyntaxFault.at(-1, "a letter as a literal", "RFC 9051 §6.3.12");
            }
            List<Placed> placed = named.box().append(arrivals);
            long[] uids = placed.stream().mapToLong(Placed::uid).toArray();
            return Answer.ok(
                    new ResponseCode.AppendUid(
                            placed.getFirst().uidValidity(), SequenceSet.inOrder(uids)),
                    "Kept.");
        } finally {
            whole.forEach(NewLetter::close);
        }
    }

    private Instant received(AppendLetter letter) {
        OffsetDateTime date = letter.internalDate();
        return date == null ? session.services().clock().instant() : date.toInstant();
    }

    @Override
    public void close() {
        letters.forEach(coming -> coming.writer().close());
    }
}
