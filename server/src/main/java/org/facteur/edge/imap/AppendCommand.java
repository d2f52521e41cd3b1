package org.facteur.edge.imap;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.Arrival;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.mailbox.Placed;
import org.facteur.core.mailbox.Usage;
import org.facteur.wire.imap.AppendLetter;
import org.facteur.wire.imap.AssemblyStep;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.imap.SequenceSet;
import org.facteur.wire.text.LineReader;
import org.jspecify.annotations.Nullable;

/// One APPEND from its announcement to its answer (RFC 9051 §6.3.12). The letter streams to the
/// store and is never held. One thread; closed when the command has ended, however it did.
final class AppendCommand implements AutoCloseable {
    private final ImapSession session;
    private final MailboxName name;
    private final AppendLetter letter;
    private Set<Keyword> keywords = Set.of();
    private @Nullable LetterWriter writer;

    /// @throws Refusal INVALID for a name that no mailbox can have
    AppendCommand(ImapSession session, AssemblyStep.NeedLetter announced) {
        this.session = session;
        this.name = MailboxName.parse(announced.mailbox().text());
        this.letter = announced.letter();
    }

    /// Looks for what can be seen before the octets come.
    ///
    /// @return why the letter is not taken, or null
    /// @throws Refusal INVALID for flags that are none
    @Nullable Answer check() {
        if (session.box().mailboxes().find(name).isEmpty()) {
            return missing();
        }
        if (letter.sizeOctets() == 0) {
            return Answer.no(null, "An empty letter takes the command back.");
        }
        keywords = FlagNames.keywords(letter.flags());
        Usage usage = session.box().usage();
        if (usage.bytes() + letter.sizeOctets() > usage.quota().bytes()
                || usage.letters() >= usage.quota().letters()) {
            return Answer.no(ResponseCode.Word.OVERQUOTA, "There is no room for this letter.");
        }
        return null;
    }

    private static Answer missing() {
        return Answer.no(ResponseCode.Word.TRYCREATE, "There is no such mailbox.");
    }

    /// Reads the letter and stores it. Never fails for what it holds: [#place] tells.
    void take(LineReader input, long octets) throws IOException {
        LetterWriter fresh = session.services().letters().get();
        writer = fresh;
        ImapConnection.pass(input, octets, (piece, count) -> fresh.write(piece, 0, count));
    }

    /// Puts the letter into the mailbox, once the command is whole.
    Answer place() {
        LetterWriter taken = writer;
        if (taken == null) {
            throw new IllegalStateException("no letter was taken");
        }
        try (NewLetter whole = taken.finish()) {
            Optional<Mailbox> mailbox = session.box().mailboxes().find(name);
            if (mailbox.isEmpty()) {
                return missing();
            }
            Placed placed =
                    session.box()
                            .append(
                                    new Arrival(
                                            whole,
                                            new byte[0],
                                            mailbox.get().id(),
                                            keywords,
                                            received(),
                                            null));
            return Answer.ok(
                    new ResponseCode.AppendUid(placed.uidValidity(), SequenceSet.of(placed.uid())),
                    "Kept.");
        }
    }

    private Instant received() {
        OffsetDateTime date = letter.internalDate();
        return date == null ? session.services().clock().instant() : date.toInstant();
    }

    @Override
    public void close() {
        LetterWriter open = writer;
        if (open != null) {
            open.close();
        }
    }
}
