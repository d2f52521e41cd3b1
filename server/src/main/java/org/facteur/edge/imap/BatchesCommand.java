package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.imap.SequenceRange;

/// UIDBATCHES (RFC 10022): ranges of UIDs with so many letters each, from the highest down to UID
/// 1, without gaps.
final class BatchesCommand {
    private static final long SMALLEST = 500;

    /// Letters in batches that are asked for by number.
    private static final long MOST_LETTERS = 100_000;

    private final ImapSession session;

    BatchesCommand(ImapSession session) {
        this.session = session;
    }

    Answer run(String tag, ImapCommand.UidBatches asked) throws IOException {
        MailboxView shown = session.selected().shown();
        ImapCommand.BatchRange range = asked.batches();
        if (asked.size() < SMALLEST) {
            return Answer.no(
                    ResponseCode.Word.TOOFEW, "A batch has " + SMALLEST + " letters or more.");
        }
        if (range != null && range.first() > range.last()) {
            return new Answer(
                    ImapResponse.Outcome.BAD,
                    ResponseCode.Word.CLIENTBUG,
                    "The first batch comes before the last.");
        }
        long size = Math.min(asked.size(), new MessageLimit(session).most());
        long first = range == null ? 1 : range.first();
        long last = range == null ? Long.MAX_VALUE : range.last();
        if (range != null && last > first && (last - first + 1) * size > MOST_LETTERS) {
            return Answer.no(ResponseCode.Word.TOOMANY, "Those are too many batches at once.");
        }
        session.out()
                .write(new ImapResponse.UidBatchesData(tag, batches(shown, size, first, last)));
        return Answer.ok("Those are the batches.");
    }

    private static List<SequenceRange> batches(
            MailboxView shown, long size, long first, long last) {
        List<SequenceRange> batches = new ArrayList<>();
        long skipped = (first - 1) * size;
        int left = (int) Math.max(0, shown.size() - Math.min(skipped, shown.size()));
        for (long batch = first; batch <= last && left > 0; batch++) {
            long highest = left == shown.size() ? shown.uid(left - 1) : shown.uid(left) - 1;
            left = (int) Math.max(0, left - size);
            batches.add(new SequenceRange(highest, left == 0 ? 1 : shown.uid(left)));
        }
        return batches;
    }
}
