package org.facteur.edge.imap;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.facteur.base.fault.Busy;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.KeywordTable;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.Marking;
import org.facteur.wire.imap.FetchDatum;
import org.facteur.wire.imap.FetchItem;
import org.facteur.wire.imap.FetchLine;
import org.facteur.wire.imap.FetchModifiers;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.NumberSet;
import org.facteur.wire.imap.OctetSupply;
import org.facteur.wire.imap.PartialRange;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.imap.Section;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// FETCH (RFC 9051 §6.4.5). Rows are read 256 at a time; bodies are streamed, never held. Letters
/// that others took away meanwhile are left out.
final class FetchCommand {
    private static final int BATCH = 256;

    private final ImapSession session;
    private final SelectedMailbox mailbox;
    private MailboxView now;
    private final KeptForms forms = new KeptForms();
    private boolean gone;
    private boolean unknownEncoding;

    FetchCommand(ImapSession session) {
        this.session = session;
        this.mailbox = session.selected();
        this.now = mailbox.now();
    }

    Answer run(ImapCommand.Fetch fetch) throws IOException {
        FetchModifiers modifiers = fetch.modifiers();
        if (modifiers.vanished() && !(fetch.uid() && session.features().qResync())) {
            throw SyntaxFault.at(
                    -1, "VANISHED in UID FETCH after ENABLE QRESYNC", "RFC 7162 §3.2.6");
        }
        Long changedSince = modifiers.changedSince();
        boolean modSeq = changedSince != null || fetch.items().contains(FetchItem.Word.MODSEQ);
        if (modSeq) {
            session.features().enableCondStore();
        }
        MessageLimit limit = new MessageLimit(session);
        int[] asked = window(mailbox.places(fetch.messages(), fetch.uid()), modifiers.partial());
        if (modifiers.partial() != null && limit.exceededBy(asked.length)) {
            return limit.refusal();
        }
        int[] places = limit.cut(asked);
        if (modifiers.vanished() && changedSince != null) {
            tellVanished(fetch, changedSince);
        }
        boolean uid = fetch.uid() && !session.features().uidOnly();
        FetchPlan plan = FetchPlan.of(fetch.items(), uid, modSeq);
        long since = changedSince == null ? -1 : changedSince;
        List<Row> batch = new ArrayList<>(BATCH);
        for (int place : places) {
            int at = now.indexOf(mailbox.shown().uid(place));
            if (at < 0) {
                gone = true;
            } else if (now.modSeq(at) > since) {
                batch.add(new Row(place + 1L, now.uid(at)));
            }
            if (batch.size() == BATCH) {
                write(batch, plan);
                batch.clear();
            }
        }
        write(batch, plan);
        return limit.of(answer(fetch.uid()));
    }

    /// Tells of letters that have come, what NOTIFY asked for (RFC 5465 §5.2).
    ///
    /// @param places in the view shown
    void tellNew(List<Integer> places, List<FetchItem> items) throws IOException {
        FetchPlan plan = FetchPlan.of(items, false, false);
        List<Row> batch = new ArrayList<>();
        for (int place : places) {
            batch.add(new Row(place + 1L, mailbox.shown().uid(place)));
            if (batch.size() == BATCH) {
                write(batch, plan);
                batch.clear();
            }
        }
        write(batch, plan);
    }

    /// The part of what was asked that a window shows (RFC 9394 §3.2).
    private static int[] window(int[] places, @Nullable PartialRange range) {
        return range == null
                ? places
                : ExtendedAnswer.places(range, places.length)
                        .map((from, to) -> Arrays.copyOfRange(places, from, to));
    }

    /// One letter to be told about.
    private record Row(long number, long uid) {}

    private Answer answer(boolean uid) {
        if (unknownEncoding) {
            return Answer.no(
                    ResponseCode.Word.UNKNOWN_CTE, "A part has a transfer encoding unknown here.");
        }
        return gone && !uid
                ? Answer.no(ResponseCode.Word.EXPUNGEISSUED, "Some letters are gone.")
                : Answer.ok("Fetched.");
    }

    private void tellVanished(ImapCommand.Fetch fetch, long since) throws IOException {
        NumberSet among =
                fetch.messages().saved()
                        ? null
                        : fetch.messages().within(Math.max(1, now.state().uidNext() - 1));
        NumberSet vanished = new Vanishing(mailbox.box()).since(now, since, among);
        if (!vanished.isEmpty()) {
            session.out().write(new ImapResponse.Vanished(true, vanished));
        }
    }

    private void write(List<Row> batch, FetchPlan plan) throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        Set<Long> seen = plan.sees() ? see(batch) : Set.of();
        List<@Nullable Letter> letters = plan.heavy().isEmpty() ? noRows(batch) : rows(batch);
        for (int i = 0; i < batch.size(); i++) {
            Row row = batch.get(i);
            Letter letter = letters.get(i);
            int at = now.indexOf(row.uid());
            if (at < 0 || (letter == null && !plan.heavy().isEmpty())) {
                gone = true;
            } else if (letter == null) {
                line(row, at, plan, seen.contains(row.uid()), List.of());
            } else if (plan.kept()) {
                FetchLine line = begin(row, at, plan);
                forms.write(line, plan, mailbox.box().listingOctets(letter));
                line.end();
                told(row, at, plan, false);
            } else {
                session.moreTime(letter.sizeBytes());
                try (LetterReader reader = new LetterReader(mailbox.box(), letter)) {
                    line(row, at, plan, seen.contains(row.uid()), data(plan, reader));
                }
            }
        }
    }

    private static List<@Nullable Letter> noRows(List<Row> batch) {
        return Collections.nCopies(batch.size(), null);
    }

    private List<@Nullable Letter> rows(List<Row> batch) {
        List<LetterId> ids = new ArrayList<>(batch.size());
        for (Row row : batch) {
            int at = now.indexOf(row.uid());
            // One that went since is asked for by its old place, and found or not.
            ids.add(at >= 0 ? now.letter(at) : mailbox.shown().letter((int) row.number() - 1));
        }
        return mailbox.box().letters(ids);
    }

    /// Sets `\Seen` where it is missing (RFC 9051 §6.4.5). A store that cannot write now does not
    /// keep anybody from reading.
    ///
    /// @return UIDs whose flags are other than before
    private Set<Long> see(List<Row> batch) {
        if ((mailbox.changeable() & KeywordTable.SEEN) == 0) {
            return Set.of();
        }
        List<Long> unseen = new ArrayList<>();
        for (Row row : batch) {
            int at = now.indexOf(row.uid());
            if (at >= 0 && (now.keywords(at) & KeywordTable.SEEN) == 0) {
                unseen.add(row.uid());
            }
        }
        if (unseen.isEmpty()) {
            return Set.of();
        }
        try {
            List<Long> changed =
                    mailbox.box()
                            .mark(mailbox.id(), unseen, Marking.add(Set.of(Keyword.SEEN)))
                            .changed();
            now = mailbox.now();
            return Set.copyOf(changed);
        } catch (Busy busy) {
            return Set.of();
        }
    }

    private FetchLine begin(Row row, int at, FetchPlan plan) throws IOException {
        FetchLine line =
                SelectedMailbox.line(session.out(), session.features(), row.number(), row.uid());
        for (FetchItem.Word word : plan.light()) {
            light(line, word, at);
        }
        return line;
    }

    private void told(Row row, int at, FetchPlan plan, boolean seenNow) {
        if (seenNow || plan.light().contains(FetchItem.Word.FLAGS)) {
            mailbox.told((int) row.number() - 1, now.modSeq(at));
        }
    }

    private void line(Row row, int at, FetchPlan plan, boolean seenNow, List<FetchDatum> data)
            throws IOException {
        FetchLine line = begin(row, at, plan);
        boolean flags = plan.light().contains(FetchItem.Word.FLAGS);
        if (seenNow && !flags) {
            light(line, FetchItem.Word.FLAGS, at);
        }
        if (seenNow
                && session.features().condStore()
                && !plan.light().contains(FetchItem.Word.MODSEQ)) {
            light(line, FetchItem.Word.MODSEQ, at);
        }
        for (FetchDatum datum : data) {
            line.datum(datum);
        }
        line.end();
        told(row, at, plan, seenNow);
    }

    /// What is in the columns of the view.
    private void light(FetchLine line, FetchItem.Word word, int at) throws IOException {
        switch (word) {
            case FLAGS -> line.flags(mailbox.names(now).flags(now.keywords(at)));
            case UID -> line.uid(now.uid(at));
            case INTERNALDATE -> line.internalDate(now.receivedSecond(at));
            case RFC822_SIZE -> line.size(now.sizeBytes(at));
            case MODSEQ -> line.modSeq(now.modSeq(at));
            case EMAILID -> line.datum(new FetchDatum.EmailId(ObjectIds.of(now.letter(at))));
            case SAVEDATE -> line.datum(new FetchDatum.SaveDate(utc(now.savedSecond(at))));
            case ENVELOPE, BODYSTRUCTURE, BODY, RFC822, RFC822_HEADER, RFC822_TEXT, THREADID ->
                    throw new IllegalStateException(word + " is not in the view");
        }
    }

    private static OffsetDateTime utc(long second) {
        return Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC);
    }

    /// What must be read, looked up before the line begins so that a fault leaves it unbegun.
    private List<FetchDatum> data(FetchPlan plan, LetterReader reader) throws IOException {
        List<FetchDatum> data = new ArrayList<>(plan.heavy().size());
        for (FetchItem item : plan.heavy()) {
            try {
                FetchDatum datum = datum(item, reader);
                if (datum != null) {
                    data.add(datum);
                }
            } catch (LetterReader.UnknownEncoding unknown) {
                unknownEncoding = true;
            }
        }
        if (data.isEmpty() && plan.light().isEmpty()) {
            data.add(new FetchDatum.EmailId(ObjectIds.of(reader.letter().id())));
        }
        return data;
    }

    private static @Nullable FetchDatum datum(FetchItem item, LetterReader reader)
            throws IOException {
        return switch (item) {
            case FetchItem.Word word -> word(word, reader);
            case FetchItem.Body(var _, var section, var slice) ->
                    new FetchDatum.Body(section, origin(slice), reader.section(section, slice));
            case FetchItem.Binary(var _, var part, var slice) ->
                    new FetchDatum.Binary(part, origin(slice), reader.binary(part, slice));
            case FetchItem.BinarySize(var part) ->
                    reader.binarySize(part)
                            .map(size -> (FetchDatum) new FetchDatum.BinarySize(part, size))
                            .orElse(null);
            case FetchItem.Preview _ ->
                    new FetchDatum.Preview(reader.listing().summary().preview());
        };
    }

    private static @Nullable Long origin(FetchItem.@Nullable Slice slice) {
        return slice == null ? null : slice.offset();
    }

    private static FetchDatum word(FetchItem.Word word, LetterReader reader) {
        return switch (word) {
            case ENVELOPE -> new FetchDatum.Envelope(reader.listing().envelope());
            case BODYSTRUCTURE ->
                    new FetchDatum.BodyStructure(true, reader.listing().bodyStructure());
            case BODY -> new FetchDatum.BodyStructure(false, reader.listing().body());
            case RFC822 -> new FetchDatum.Rfc822(word, whole(reader, Section.WHOLE));
            case RFC822_HEADER -> new FetchDatum.Rfc822(word, whole(reader, Section.HEADER));
            case RFC822_TEXT -> new FetchDatum.Rfc822(word, whole(reader, Section.TEXT));
            case THREADID -> new FetchDatum.ThreadId(ObjectIds.of(reader.letter().thread()));
            case FLAGS, UID, INTERNALDATE, RFC822_SIZE, MODSEQ, EMAILID, SAVEDATE ->
                    throw new IllegalStateException(word + " is in the view");
        };
    }

    private static @Nullable OctetSupply whole(LetterReader reader, Section section) {
        return reader.section(section, null);
    }
}
