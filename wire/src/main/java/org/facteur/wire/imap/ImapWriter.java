package org.facteur.wire.imap;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.facteur.wire.text.ModifiedUtf7;
import org.jspecify.annotations.Nullable;

/// Writes responses. The only way octets get to a client: it chooses atom, quoted string or literal
/// itself, and takes no text that is already encoded but the two forms of the letter index.
///
/// Collects 16 kB before it writes to the sink; the session calls [#flush] once per answer and
/// [#rest] before it waits for long. Used by one thread.
public final class ImapWriter {
    private final OutBuffer out;
    private final FetchLine fetchLine;

    /// @param utf8 whether names and strings may go as UTF-8; see [ImapDialect#utf8()]
    public ImapWriter(ByteTarget sink, boolean utf8) {
        this.out = new OutBuffer(sink, utf8);
        this.fetchLine = new FetchLine(out);
    }

    /// Changes the spelling of names and strings, after ENABLE.
    public void utf8(boolean on) {
        out.utf8(on);
    }

    /// Hands all that was written to the sink.
    public void flush() throws IOException {
        out.flush();
    }

    /// Flushes and gives the buffer back; the next write takes a new one.
    public void rest() throws IOException {
        out.rest();
    }

    /// Begins a FETCH response about a message number; it must be ended before anything else is
    /// written.
    public FetchLine fetch(long number) throws IOException {
        return fetchLine.begin(number);
    }

    /// Begins a UIDFETCH response (RFC 9586 §3.3), in the same way.
    public FetchLine uidFetch(long uid) throws IOException {
        return fetchLine.beginUid(uid);
    }

    /// Writes a response.
    ///
    /// @throws IOException when the sink fails, or a supply gives another number of octets than it
    ///   said: the session must end
    public void write(ImapResponse response) throws IOException {
        switch (response) {
            case ImapResponse.Condition condition -> condition(condition);
            case ImapResponse.Continue(var text) -> {
                out.ascii("+ ");
                text(text, "OK");
            }
            case ImapResponse.Challenge(var octets) -> {
                out.ascii("+ ");
                out.ascii(Base64.getEncoder().encodeToString(octets.toArray()));
            }
            case ImapResponse.CapabilityData(var capabilities) -> {
                out.ascii("* CAPABILITY");
                out.atoms(capabilities);
            }
            case ImapResponse.Enabled(var capabilities) -> {
                out.ascii("* ENABLED");
                out.atoms(capabilities);
            }
            case ImapResponse.IdData(var fields) -> id(fields);
            case ImapResponse.ListData list -> list(list);
            case ImapResponse.NamespaceData namespaces -> namespaces(namespaces);
            case ImapResponse.StatusData status -> status(status);
            case ImapResponse.SearchData(var numbers, var modSeq) -> search(numbers, modSeq);
            case ImapResponse.ExtendedSearchData search -> extendedSearch(search);
            case ImapResponse.SortData(var numbers, var modSeq) -> sort(numbers, modSeq);
            case ImapResponse.ThreadData(var threads) -> threads(threads);
            case ImapResponse.FlagsData(var flags) -> {
                out.ascii("* FLAGS ");
                out.flags(flags);
            }
            case ImapResponse.JmapAccess(var url) -> {
                out.ascii("* JMAPACCESS ");
                out.string(url);
            }
            case ImapResponse.UidBatchesData(var tag, var batches) -> batches(tag, batches);
            case ImapResponse.Exists(var count) -> counted(count, " EXISTS");
            case ImapResponse.RecentCount(var count) -> counted(count, " RECENT");
            case ImapResponse.Expunged(var number) -> counted(number, " EXPUNGE");
            case ImapResponse.Vanished(var earlier, var uids) -> {
                out.ascii(earlier ? "* VANISHED (EARLIER) " : "* VANISHED ");
                out.set(uids);
            }
            case ImapResponse.FetchData(var number, var data) -> {
                data(fetch(number), data);
                return;
            }
            case ImapResponse.UidFetchData(var uid, var data) -> {
                data(uidFetch(uid), data);
                return;
            }
            case ImapResponse.OnSharing sharing -> new SharingWriter(out).write(sharing);
        }
        out.crlf();
    }

    private static void data(FetchLine line, List<FetchDatum> data) throws IOException {
        for (FetchDatum datum : data) {
            line.datum(datum);
        }
        line.end();
    }

    /// `"UIDBATCHES" SP "(" "TAG" SP string ")" [SP uid-range *("," uid-range)]`
    private void batches(String tag, List<SequenceRange> batches) throws IOException {
        out.ascii("* UIDBATCHES (TAG ");
        out.string(tag);
        out.octet(')');
        for (int i = 0; i < batches.size(); i++) {
            out.octet(i == 0 ? ' ' : ',');
            out.number(batches.get(i).first());
            out.octet(':');
            out.number(batches.get(i).last());
        }
    }

    private void counted(long count, String word) throws IOException {
        out.ascii("* ");
        out.number(count);
        out.ascii(word);
    }

    /// `resp-cond-state = ("OK" / "NO" / "BAD") SP resp-text`
    private void condition(ImapResponse.Condition condition) throws IOException {
        String tag = condition.tag();
        out.ascii(tag == null ? "*" : tag);
        out.octet(' ');
        out.ascii(condition.outcome().name());
        out.octet(' ');
        ResponseCode code = condition.code();
        if (code != null) {
            out.octet('[');
            code(code);
            out.ascii("] ");
        }
        text(condition.text(), condition.outcome().name());
    }

    /// `text = 1*TEXT-CHAR`, which must not look like a code
    private void text(String text, String whenEmpty) throws IOException {
        String shown = text.isEmpty() ? whenEmpty : text;
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            boolean plain = c >= ' ' && c < 127 && !(i == 0 && c == '[');
            out.octet(plain ? c : '?');
        }
    }

    /// `resp-text-code`
    private void code(ResponseCode code) throws IOException {
        switch (code) {
            case ResponseCode.Word word -> out.ascii(word.keyword());
            case ResponseCode.Capability(var capabilities) -> {
                out.ascii("CAPABILITY");
                out.atoms(capabilities);
            }
            case ResponseCode.BadCharset(var known) -> {
                out.ascii("BADCHARSET");
                for (int i = 0; i < known.size(); i++) {
                    out.ascii(i == 0 ? " (" : " ");
                    out.astring(known.get(i));
                }
                if (!known.isEmpty()) {
                    out.octet(')');
                }
            }
            case ResponseCode.PermanentFlags(var flags) -> {
                out.ascii("PERMANENTFLAGS ");
                out.flags(flags);
            }
            case ResponseCode.UidNext(var uid) -> number("UIDNEXT ", uid);
            case ResponseCode.UidValidity(var value) -> number("UIDVALIDITY ", value);
            case ResponseCode.Unseen(var number) -> number("UNSEEN ", number);
            case ResponseCode.HighestModSeq(var modSeq) -> number("HIGHESTMODSEQ ", modSeq);
            case ResponseCode.Modified(var messages) -> {
                out.ascii("MODIFIED ");
                out.set(messages);
            }
            case ResponseCode.AppendUid(var validity, var uids) -> {
                number("APPENDUID ", validity);
                out.octet(' ');
                out.set(uids);
            }
            case ResponseCode.CopyUid(var validity, var from, var to) -> {
                number("COPYUID ", validity);
                out.octet(' ');
                out.set(from);
                out.octet(' ');
                out.set(to);
            }
            case ResponseCode.MailboxId(var id) -> mailboxId(id);
            case ResponseCode.BadEvent(var known) -> badEvent(known);
            case ResponseCode.InProgress progress -> inProgress(progress);
            case ResponseCode.Metadata(var problem, var octets) -> {
                out.ascii("METADATA " + problem.name());
                optional(" ", octets);
            }
            case ResponseCode.MessageLimit limit -> messageLimit(limit);
            case ResponseCode.Other(var name, var argument) -> {
                out.atom(name);
                if (argument != null) {
                    out.octet(' ');
                    text(argument.replace(']', '?'), "NIL");
                }
            }
        }
    }

    /// `"MESSAGELIMIT" SP nz-number [SP nz-number]`
    private void messageLimit(ResponseCode.MessageLimit limit) throws IOException {
        number("MESSAGELIMIT ", limit.most());
        optional(" ", limit.uid());
    }

    /// `"BADEVENT" SP "(" event-name *(SP event-name) ")"`
    private void badEvent(List<NotifyEvent> known) throws IOException {
        out.ascii("BADEVENT (");
        for (int i = 0; i < known.size(); i++) {
            out.ascii(i == 0 ? "" : " ");
            out.ascii(known.get(i).keyword());
        }
        out.octet(')');
    }

    /// `"INPROGRESS" SP "(" inprogress-tag SP inprogress-state ")"`
    private void inProgress(ResponseCode.InProgress progress) throws IOException {
        out.ascii("INPROGRESS (");
        String tag = progress.tag();
        if (tag == null) {
            out.ascii("NIL");
        } else {
            out.string(tag);
        }
        out.octet(' ');
        count(progress.done());
        out.octet(' ');
        count(progress.goal());
        out.octet(')');
    }

    private void mailboxId(String id) throws IOException {
        out.ascii("MAILBOXID (");
        out.atom(id);
        out.octet(')');
    }

    private void count(@Nullable Long count) throws IOException {
        if (count == null) {
            out.ascii("NIL");
        } else {
            out.number(count);
        }
    }

    private void number(String word, long value) throws IOException {
        out.ascii(word);
        out.number(value);
    }

    /// A mailbox name as the session spells it.
    private void name(String name) throws IOException {
        out.mailbox(name);
    }

    private void id(List<IdField> fields) throws IOException {
        out.ascii("* ID ");
        if (fields.isEmpty()) {
            out.ascii("NIL");
            return;
        }
        char before = '(';
        for (IdField field : fields) {
            out.octet(before);
            before = ' ';
            out.string(field.name());
            out.octet(' ');
            String value = field.value();
            if (value == null) {
                out.ascii("NIL");
            } else {
                out.string(value);
            }
        }
        out.octet(')');
    }

    /// `mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [SP
    /// mbox-list-extended]`
    private void list(ImapResponse.ListData list) throws IOException {
        out.ascii(list.lsub() ? "* LSUB (" : "* LIST (");
        for (int i = 0; i < list.attributes().size(); i++) {
            if (i > 0) {
                out.octet(' ');
            }
            out.ascii(list.attributes().get(i).name());
        }
        out.ascii(") ");
        delimiter(list.delimiter());
        out.octet(' ');
        name(list.name());
        MailboxPath oldName = list.oldName();
        if (oldName == null && !list.subscribedBelow()) {
            return;
        }
        out.ascii(" (");
        if (oldName != null) {
            out.ascii("\"OLDNAME\" (");
            name(oldName.text());
            out.ascii(list.subscribedBelow() ? ") " : ")");
        }
        if (list.subscribedBelow()) {
            out.ascii("\"CHILDINFO\" (\"SUBSCRIBED\")");
        }
        out.octet(')');
    }

    private void delimiter(@Nullable Character delimiter) throws IOException {
        if (delimiter == null) {
            out.ascii("NIL");
        } else {
            out.string(delimiter.toString());
        }
    }

    private void namespaces(ImapResponse.NamespaceData namespaces) throws IOException {
        out.ascii("* NAMESPACE ");
        spaces(namespaces.personal());
        out.octet(' ');
        spaces(namespaces.others());
        out.octet(' ');
        spaces(namespaces.shared());
    }

    /// `namespace = nil / "(" 1*namespace-descr ")"`
    private void spaces(List<ImapResponse.Space> spaces) throws IOException {
        if (spaces.isEmpty()) {
            out.ascii("NIL");
            return;
        }
        out.octet('(');
        for (ImapResponse.Space space : spaces) {
            out.octet('(');
            out.string(out.utf8() ? space.prefix() : ModifiedUtf7.encode(space.prefix()));
            out.octet(' ');
            delimiter(space.delimiter());
            out.octet(')');
        }
        out.octet(')');
    }

    private void status(ImapResponse.StatusData status) throws IOException {
        out.ascii("* STATUS ");
        name(status.mailbox().text());
        out.ascii(" (");
        boolean first = true;
        for (Map.Entry<StatusItem, Long> entry : status.values().entrySet()) {
            if (!first) {
                out.octet(' ');
            }
            first = false;
            out.ascii(entry.getKey().keyword());
            out.octet(' ');
            long value = entry.getValue();
            if (value == ImapResponse.StatusData.UNLIMITED) {
                out.ascii("NIL");
            } else {
                out.number(value);
            }
        }
        String mailboxId = status.mailboxId();
        if (mailboxId != null) {
            out.ascii(first ? "MAILBOXID (" : " MAILBOXID (");
            out.atom(mailboxId);
            out.octet(')');
        }
        out.octet(')');
    }

    private void search(NumberSet numbers, @Nullable Long modSeq) throws IOException {
        out.ascii("* SEARCH");
        for (var iterator = numbers.iterator(); iterator.hasNext(); ) {
            out.octet(' ');
            out.number(iterator.nextLong());
        }
        if (modSeq != null && !numbers.isEmpty()) {
            number(" (MODSEQ ", modSeq);
            out.octet(')');
        }
    }

    /// `sort-data = "SORT" *(SP nz-number)`, with MODSEQ as SEARCH has it (RFC 7162 §3.1.6)
    private void sort(List<Long> numbers, @Nullable Long modSeq) throws IOException {
        out.ascii("* SORT");
        for (long number : numbers) {
            out.octet(' ');
            out.number(number);
        }
        if (modSeq != null && !numbers.isEmpty()) {
            number(" (MODSEQ ", modSeq);
            out.octet(')');
        }
    }

    /// `thread-data = "THREAD" [SP 1*thread-list]`
    private void threads(ThreadForest threads) throws IOException {
        out.ascii("* THREAD");
        out.ascii(threads.size() == 0 ? "" : " ");
        int[] answers = new int[threads.size()];
        int[] line = new int[threads.size()];
        for (int i = 0; i < threads.size(); i++) {
            int depth = threads.depth(i);
            line[depth] = i;
            if (depth > 0) {
                answers[line[depth - 1]]++;
            }
        }
        int[] open = new int[threads.size()];
        int opened = 0;
        for (int i = 0; i < threads.size(); i++) {
            int depth = threads.depth(i);
            while (opened > 0 && open[opened - 1] >= depth) {
                out.octet(')');
                opened--;
            }
            int parent = depth == 0 ? -1 : line[depth - 1];
            boolean alone = parent >= 0 && answers[parent] == 1;
            boolean first = parent == i - 1;
            if (parent >= 0 && first && threads.number(parent) != ThreadForest.MISSING) {
                out.octet(' ');
            }
            if (!alone || threads.number(parent) == ThreadForest.MISSING) {
                out.octet('(');
                open[opened++] = depth;
            }
            line[depth] = i;
            if (threads.number(i) != ThreadForest.MISSING) {
                out.number(threads.number(i));
            }
        }
        for (; opened > 0; opened--) {
            out.octet(')');
        }
    }

    /// `esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)`
    private void extendedSearch(ImapResponse.ExtendedSearchData search) throws IOException {
        out.ascii("* ESEARCH");
        String tag = search.tag();
        ImapResponse.Searched source = search.source();
        if (tag != null || source != null) {
            out.ascii(" (");
            if (tag != null) {
                out.ascii("TAG ");
                out.string(tag);
                out.ascii(source == null ? "" : " ");
            }
            if (source != null) {
                out.ascii("MAILBOX ");
                out.mailbox(source.mailbox().text());
                number(" UIDVALIDITY ", source.uidValidity());
            }
            out.octet(')');
        }
        out.ascii(search.uid() ? " UID" : "");
        SearchSummary found = search.found();
        optional(" MIN ", found.min());
        optional(" MAX ", found.max());
        optional(" COUNT ", found.count());
        SequenceSet all = found.all();
        if (all != null) {
            out.ascii(" ALL ");
            out.set(all);
        }
        SearchSummary.Window partial = found.partial();
        if (partial != null) {
            out.ascii(" PARTIAL (");
            out.partialRange(partial.range());
            out.octet(' ');
            SequenceSet window = partial.found();
            if (window == null) {
                out.ascii("NIL");
            } else {
                out.set(window);
            }
            out.octet(')');
        }
        List<Integer> relevancy = found.relevancy();
        if (relevancy != null) {
            out.ascii(" RELEVANCY (");
            for (int i = 0; i < relevancy.size(); i++) {
                out.ascii(i == 0 ? "" : " ");
                out.number(relevancy.get(i));
            }
            out.octet(')');
        }
        optional(" MODSEQ ", found.modSeq());
    }

    private void optional(String word, @Nullable Long value) throws IOException {
        if (value != null) {
            number(word, value);
        }
    }
}
