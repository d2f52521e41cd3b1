package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.facteur.base.fault.Refusal;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.Arrival;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterCatalog;
import org.facteur.core.mailbox.LetterEdit;
import org.facteur.core.mailbox.LetterEdits;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.mailbox.Placed;
import org.facteur.core.mailbox.WholeLetter;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.mime.ComposedWriter;
import tools.jackson.databind.node.ObjectNode;

/// Puts letters into mailboxes: composed ones, and octets that are one already.
///
/// @param letters makes what takes a letter in
record LetterImport(LetterBox box, Supplier<LetterWriter> letters) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 15;

    /// A text nobody else has.
    static String random() {
        byte[] octets = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    /// Writes a composed letter and keeps it.
    ///
    /// @return what the client is told of it
    ObjectNode create(EmailDraft draft) throws IOException {
        try (LetterWriter writer = letters.get()) {
            new ComposedWriter(writer::write, () -> "=_" + random())
                    .write(draft.fields(), draft.body());
            return keep(writer, draft.mailboxes(), draft.keywords(), draft.received());
        }
    }

    /// Keeps octets as they are; line ends become CRLF.
    ObjectNode keep(OpenBlob blob, Set<MailboxId> mailboxes, Set<Keyword> keywords, Instant when)
            throws IOException {
        try (LetterWriter writer = letters.get();
                InputStream in = blob.open()) {
            byte[] piece = new byte[16 << 10];
            LineEnds lines = new LineEnds(writer::write);
            int count = in.read(piece);
            while (count >= 0) {
                lines.accept(piece, 0, count);
                count = in.read(piece);
            }
            return keep(writer, mailboxes, keywords, when);
        }
    }

    /// The first mailbox takes the letter, the others the same letter.
    private ObjectNode keep(
            LetterWriter writer, Set<MailboxId> mailboxes, Set<Keyword> keywords, Instant when) {
        if (mailboxes.isEmpty()) {
            throw SetFault.invalidProperties("a letter lies in a mailbox", "mailboxIds");
        }
        for (MailboxId each : mailboxes) {
            if (box.mailboxes().find(each).filter(found -> !found.hidden()).isEmpty()) {
                throw SetFault.invalidProperties("there is no such mailbox", "mailboxIds");
            }
        }
        try (NewLetter letter = writer.finish()) {
            MailboxId first = mailboxes.iterator().next();
            Placed placed =
                    box.append(new Arrival(letter, new byte[0], first, keywords, when, null));
            if (mailboxes.size() > 1) {
                LetterEdits.Outcome more =
                        box.catalog()
                                .edit()
                                .run(
                                        List.of(
                                                new LetterEdit(
                                                        placed.letter(),
                                                        LetterEdit.Selection.of(mailboxes),
                                                        null)));
                Refusal refused = more.refusals().get(placed.letter());
                if (refused != null) {
                    box.expunge(first, List.of(placed.uid()), false);
                    throw refused;
                }
            }
            return told(placed);
        }
    }

    private ObjectNode told(Placed placed) {
        LetterCatalog.Found found = box.catalog().find(List.of(placed.letter()));
        WholeLetter letter = found.letters().getFirst();
        if (letter == null) {
            throw new SetFault("serverFail", "the letter is gone already");
        }
        return EmailDraft.told(
                ObjectIds.of(letter.letter().id()),
                BlobIds.of(letter.letter().id()),
                ObjectIds.of(letter.letter().thread()),
                letter.letter().sizeBytes());
    }
}
