package org.facteur.wire.imap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Reads one response.
final class ResponseParser {
    private static final Map<String, ImapResponse.Outcome> OUTCOMES =
            ImapParser.words(ImapResponse.Outcome.values(), ImapResponse.Outcome::name);
    private static final Map<String, StatusItem> STATUS_ITEMS =
            ImapParser.words(StatusItem.values(), StatusItem::keyword);

    private final ImapCursor cursor;

    ResponseParser(ImapCursor cursor) {
        this.cursor = cursor;
    }

    /// `response = *(continue-req / response-data) response-done`, one of them
    ImapResponse response() {
        if (cursor.take('+')) {
            return continuation();
        }
        if (!cursor.take('*')) {
            String tag = cursor.tag();
            cursor.space();
            ImapResponse.Outcome outcome = OUTCOMES.get(cursor.keyword());
            if (outcome == null || outcome.alwaysUntagged()) {
                throw cursor.fault("OK, NO or BAD", Grammar.BASE);
            }
            return condition(tag, outcome);
        }
        cursor.space();
        int next = cursor.peek();
        if (next >= '0' && next <= '9') {
            return numbered();
        }
        String word = cursor.keyword();
        ImapResponse.Outcome outcome = OUTCOMES.get(word);
        if (outcome != null) {
            return condition(null, outcome);
        }
        ImapResponse response = data(word);
        cursor.end();
        return response;
    }

    /// `continue-req = "+" SP (resp-text / base64) CRLF`
    private ImapResponse continuation() {
        if (cursor.atEnd()) {
            return new ImapResponse.Challenge(Octets.EMPTY);
        }
        cursor.space();
        int start = cursor.offset();
        cursor.skipRest();
        byte[] rest = cursor.slice(start, cursor.offset());
        try {
            return new ImapResponse.Challenge(ImapParser.base64(rest, start));
        } catch (SyntaxFault _) {
            cursor.seek(start);
            return new ImapResponse.Continue(text());
        }
    }

    /// `resp-text = ["[" resp-text-code "]" SP] [text]`
    private ImapResponse condition(@Nullable String tag, ImapResponse.Outcome outcome) {
        cursor.space();
        ResponseCode code = null;
        if (cursor.take('[')) {
            code = new ResponseCodeParser(cursor).code();
            cursor.expect(']');
            if (!cursor.atEnd()) {
                cursor.space();
            }
        }
        return new ImapResponse.Condition(tag, outcome, code, text());
    }

    /// `text = 1*TEXT-CHAR`, maybe none of them
    private String text() {
        int start = cursor.offset();
        cursor.skipRest();
        byte[] rest = cursor.slice(start, cursor.offset());
        for (byte b : rest) {
            if (b == '\r' || b == '\n') {
                throw SyntaxFault.at(start, "a text without line ends", Grammar.BASE);
            }
        }
        return cursor.text(rest);
    }

    /// `message-data = nz-number SP ("EXPUNGE" / ("FETCH" SP msg-att))` and `number SP "EXISTS"`
    private ImapResponse numbered() {
        long number = cursor.number(SequenceRange.MAX);
        cursor.space();
        String word = cursor.keyword();
        ImapResponse response =
                switch (word) {
                    case "EXISTS" -> new ImapResponse.Exists(number);
                    case "RECENT" -> new ImapResponse.RecentCount(number);
                    case "EXPUNGE" -> new ImapResponse.Expunged(existing(number));
                    case "FETCH" -> {
                        cursor.space();
                        yield new ImapResponse.FetchData(
                                existing(number), new FetchDataParser(cursor).data());
                    }
                    case "UIDFETCH" -> {
                        cursor.space();
                        yield new ImapResponse.UidFetchData(
                                existing(number), new FetchDataParser(cursor).data());
                    }
                    default -> throw cursor.fault("a known response", Grammar.BASE);
                };
        cursor.end();
        return response;
    }

    private long existing(long number) {
        if (number == 0) {
            throw cursor.fault("a message number above 0", Grammar.BASE);
        }
        return number;
    }

    private ImapResponse data(String word) {
        return switch (word) {
            case "CAPABILITY" -> new ImapResponse.CapabilityData(atoms());
            case "ENABLED" -> new ImapResponse.Enabled(atoms());
            case "ID" -> id();
            case "LIST" -> list(false);
            case "LSUB" -> list(true);
            case "NAMESPACE" -> new ImapResponse.NamespaceData(spaces(), spaces(), spaces());
            case "STATUS" -> status();
            case "SEARCH" -> search();
            case "ESEARCH" -> extendedSearch();
            case "SORT" -> sort();
            case "THREAD" -> threads();
            case "FLAGS" -> {
                cursor.space();
                yield new ImapResponse.FlagsData(new ResponseCodeParser(cursor).flags());
            }
            case "VANISHED" -> {
                cursor.space();
                boolean earlier = cursor.take('(');
                if (earlier) {
                    word("EARLIER");
                    cursor.expect(')');
                    cursor.space();
                }
                yield new ImapResponse.Vanished(earlier, cursor.numberSet());
            }
            case "JMAPACCESS" -> {
                cursor.space();
                yield new ImapResponse.JmapAccess(cursor.text(cursor.string()));
            }
            case "UIDBATCHES" -> batches();
            case "QUOTA" -> quota();
            case "QUOTAROOT" -> quotaRoot();
            default -> {
                ImapResponse sharing = SharingResponseParser.response(word, cursor);
                if (sharing == null) {
                    throw cursor.fault("a known response", Grammar.BASE);
                }
                yield sharing;
            }
        };
    }

    /// `"UIDBATCHES" SP "(" "TAG" SP string ")" [SP uid-range *("," uid-range)]`
    private ImapResponse batches() {
        cursor.space();
        cursor.expect('(');
        word("TAG");
        cursor.space();
        String tag = cursor.text(cursor.string());
        cursor.expect(')');
        List<SequenceRange> batches = cursor.take(' ') ? cursor.sequenceSet().ranges() : List.of();
        long before = Long.MAX_VALUE;
        for (SequenceRange batch : batches) {
            if (batch.last() == SequenceRange.STAR
                    || batch.last() > batch.first()
                    || batch.first() >= before) {
                throw cursor.fault("ranges of UIDs in descending order", "RFC 10022");
            }
            before = batch.last();
        }
        return new ImapResponse.UidBatchesData(tag, batches);
    }

    private void word(String word) {
        if (!cursor.takeWord(word)) {
            throw cursor.fault(word, Grammar.BASE);
        }
    }

    private List<String> atoms() {
        List<String> atoms = new ArrayList<>();
        while (cursor.take(' ')) {
            if (atoms.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("words");
            }
            atoms.add(cursor.atom());
        }
        return atoms;
    }

    private ImapResponse id() {
        cursor.space();
        List<IdField> fields = new ArrayList<>();
        if (!cursor.takeWord("NIL")) {
            cursor.expect('(');
            do {
                if (fields.size() == cursor.limits().listItems()) {
                    throw cursor.tooMany("fields");
                }
                String field = cursor.text(cursor.string());
                cursor.space();
                fields.add(new IdField(field, nstring()));
            } while (cursor.take(' '));
            cursor.expect(')');
        }
        return new ImapResponse.IdData(fields);
    }

    /// `nstring = string / nil`
    private @Nullable String nstring() {
        return cursor.takeWord("NIL") ? null : cursor.text(cursor.string());
    }

    private @Nullable Character delimiter() {
        String text = nstring();
        if (text != null && text.length() != 1) {
            throw cursor.fault("one character", Grammar.BASE);
        }
        return text == null ? null : text.charAt(0);
    }

    /// `mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [SP
    /// mbox-list-extended]`
    private ImapResponse list(boolean lsub) {
        cursor.space();
        cursor.expect('(');
        List<MailboxAttribute> attributes = new ArrayList<>();
        if (!cursor.take(')')) {
            do {
                if (attributes.size() == cursor.limits().listItems()) {
                    throw cursor.tooMany("attributes");
                }
                cursor.expect('\\');
                attributes.add(new MailboxAttribute("\\" + cursor.atom()));
            } while (cursor.take(' '));
            cursor.expect(')');
        }
        cursor.space();
        Character delimiter = delimiter();
        cursor.space();
        String name = cursor.mailboxText(cursor.astring());
        MailboxPath oldName = null;
        boolean below = false;
        if (cursor.take(' ')) {
            cursor.expect('(');
            do {
                String tag = cursor.text(cursor.astring());
                cursor.space();
                if (tag.equalsIgnoreCase("OLDNAME")) {
                    cursor.expect('(');
                    oldName = cursor.mailbox();
                    cursor.expect(')');
                } else {
                    byte[] value = new FormParser(cursor).form();
                    below |= tag.equalsIgnoreCase("CHILDINFO") && isSubscribed(value);
                }
            } while (cursor.take(' '));
            cursor.expect(')');
        }
        return new ImapResponse.ListData(lsub, attributes, delimiter, name, oldName, below);
    }

    private static boolean isSubscribed(byte[] value) {
        return new String(value, java.nio.charset.StandardCharsets.UTF_8)
                .equalsIgnoreCase("(\"SUBSCRIBED\")");
    }

    /// `SP namespace`, with `namespace = nil / "(" 1*namespace-descr ")"`
    private List<ImapResponse.Space> spaces() {
        cursor.space();
        List<ImapResponse.Space> spaces = new ArrayList<>();
        if (cursor.takeWord("NIL")) {
            return spaces;
        }
        cursor.expect('(');
        while (cursor.take('(')) {
            if (spaces.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("namespaces");
            }
            String prefix = cursor.mailboxText(cursor.string());
            cursor.space();
            Character delimiter = delimiter();
            while (cursor.take(' ')) {
                cursor.string();
                cursor.space();
                new FormParser(cursor).form();
            }
            cursor.expect(')');
            spaces.add(new ImapResponse.Space(prefix, delimiter));
        }
        if (spaces.isEmpty()) {
            throw cursor.fault("a namespace", Grammar.BASE);
        }
        cursor.expect(')');
        return spaces;
    }

    /// `mailbox-data =/ "STATUS" SP mailbox SP "(" [status-att-list] ")"`
    private ImapResponse status() {
        cursor.space();
        MailboxPath mailbox = cursor.mailbox();
        cursor.space();
        cursor.expect('(');
        Map<StatusItem, Long> values = new EnumMap<>(StatusItem.class);
        String mailboxId = null;
        if (!cursor.take(')')) {
            do {
                StatusItem item = STATUS_ITEMS.get(cursor.keyword());
                if (item == null) {
                    throw cursor.fault("a known status item", "RFC 9051 §6.3.11");
                }
                cursor.space();
                if (item == StatusItem.MAILBOXID) {
                    cursor.expect('(');
                    mailboxId = cursor.objectId();
                    cursor.expect(')');
                } else {
                    values.put(
                            item,
                            cursor.takeWord("NIL")
                                    ? ImapResponse.StatusData.UNLIMITED
                                    : cursor.number(Long.MAX_VALUE));
                }
            } while (cursor.take(' '));
            cursor.expect(')');
        }
        return new ImapResponse.StatusData(mailbox, values, mailboxId);
    }

    /// `mailbox-data =/ "SEARCH" *(SP nz-number) [SP search-sort-mod-seq]`
    private ImapResponse search() {
        NumberSet.Builder numbers = NumberSet.builder();
        Long modSeq = null;
        while (cursor.take(' ')) {
            if (cursor.take('(')) {
                word("MODSEQ");
                cursor.space();
                modSeq = cursor.nonZero(Long.MAX_VALUE);
                cursor.expect(')');
                break;
            }
            numbers.add(cursor.nonZero(SequenceRange.MAX));
        }
        return new ImapResponse.SearchData(numbers.build(), modSeq);
    }

    /// `esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)`
    private ImapResponse extendedSearch() {
        String tag = null;
        boolean uid = false;
        boolean more = cursor.take(' ');
        ImapResponse.Searched source = null;
        if (more && cursor.take('(')) {
            boolean tagged = cursor.takeWord("TAG");
            if (tagged) {
                cursor.space();
                tag = cursor.text(cursor.string());
            }
            if (!tagged || cursor.take(' ')) {
                source = searched();
            }
            cursor.expect(')');
            more = cursor.take(' ');
        }
        if (more && cursor.takeWord("UID")) {
            uid = true;
            more = cursor.take(' ');
        }
        Long min = null;
        Long max = null;
        Long count = null;
        Long modSeq = null;
        SequenceSet all = null;
        SearchSummary.Window partial = null;
        List<Integer> relevancy = null;
        while (more) {
            String word = cursor.keyword();
            cursor.space();
            switch (word) {
                case "MIN" -> min = cursor.nonZero(SequenceRange.MAX);
                case "MAX" -> max = cursor.nonZero(SequenceRange.MAX);
                case "COUNT" -> count = cursor.number(SequenceRange.MAX);
                case "MODSEQ" -> modSeq = cursor.nonZero(Long.MAX_VALUE);
                case "ALL" -> all = listed();
                case "PARTIAL" -> partial = window();
                case "RELEVANCY" -> relevancy = scores();
                default -> throw cursor.fault("a known search result", "RFC 4731 §4");
            }
            more = cursor.take(' ');
        }
        return new ImapResponse.ExtendedSearchData(
                tag,
                source,
                uid,
                new SearchSummary(min, max, count, all, partial, relevancy, modSeq));
    }

    /// `"MAILBOX" SP mailbox SP "UIDVALIDITY" SP nz-number`
    private ImapResponse.Searched searched() {
        word("MAILBOX");
        cursor.space();
        MailboxPath mailbox = cursor.mailbox();
        cursor.space();
        word("UIDVALIDITY");
        cursor.space();
        return new ImapResponse.Searched(mailbox, cursor.nonZero(SequenceRange.MAX));
    }

    /// A sequence set of numbers alone.
    private SequenceSet listed() {
        SequenceSet set = cursor.sequenceSet();
        boolean open =
                set.saved()
                        || set.ranges().stream()
                                .anyMatch(
                                        range ->
                                                range.first() == SequenceRange.STAR
                                                        || range.last() == SequenceRange.STAR);
        if (open) {
            throw cursor.fault("message numbers", "RFC 4731 §3.1");
        }
        return set;
    }

    /// `sort-data = "SORT" *(SP nz-number)`
    private ImapResponse sort() {
        List<Long> numbers = new ArrayList<>();
        Long modSeq = null;
        while (cursor.take(' ')) {
            if (cursor.take('(')) {
                word("MODSEQ");
                cursor.space();
                modSeq = cursor.nonZero(Long.MAX_VALUE);
                cursor.expect(')');
                break;
            }
            numbers.add(cursor.nonZero(SequenceRange.MAX));
        }
        return new ImapResponse.SortData(numbers, modSeq);
    }

    // thread-list = "(" (thread-members / thread-nested) ")"
    // thread-members = nz-number *(SP nz-number) [SP thread-nested]    thread-nested =
    // 2*thread-list
    /// `thread-data = "THREAD" [SP 1*thread-list]`
    private ImapResponse threads() {
        ThreadForest.Builder threads = new ThreadForest.Builder();
        if (!cursor.take(' ')) {
            return new ImapResponse.ThreadData(threads.build());
        }
        Deque<Integer> around = new ArrayDeque<>();
        int depth = 0;
        boolean afterOpening = false;
        do {
            if (cursor.take('(')) {
                if (afterOpening) {
                    threads.add(ThreadForest.MISSING, depth++);
                }
                around.push(depth);
                afterOpening = true;
            } else if (cursor.take(')')) {
                depth = around.pop();
                afterOpening = false;
            } else {
                if (!afterOpening) {
                    cursor.space();
                }
                if (cursor.peek() != '(') {
                    threads.add(cursor.nonZero(SequenceRange.MAX), depth++);
                }
                afterOpening = false;
            }
        } while (!around.isEmpty() || cursor.peek() == '(');
        return new ImapResponse.ThreadData(threads.build());
    }

    /// `score-list = "(" [score *(SP score)] ")"`
    private List<Integer> scores() {
        List<Integer> scores = new ArrayList<>();
        cursor.expect('(');
        if (!cursor.take(')')) {
            do {
                scores.add((int) cursor.nonZero(100));
            } while (cursor.take(' '));
            cursor.expect(')');
        }
        return scores;
    }

    /// `ret-data-partial = "PARTIAL" SP "(" partial-range SP partial-results ")"`
    private SearchSummary.Window window() {
        cursor.expect('(');
        PartialRange range = cursor.partialRange();
        cursor.space();
        SequenceSet found = cursor.takeWord("NIL") ? null : listed();
        cursor.expect(')');
        return new SearchSummary.Window(range, found);
    }

    /// `quota-response = "QUOTA" SP quota-root-name SP quota-list`
    private ImapResponse quota() {
        cursor.space();
        String root = cursor.text(cursor.astring());
        cursor.space();
        cursor.expect('(');
        List<ImapResponse.QuotaResource> resources = new ArrayList<>();
        if (!cursor.take(')')) {
            do {
                if (resources.size() == cursor.limits().listItems()) {
                    throw cursor.tooMany("resources");
                }
                String name = cursor.atom();
                cursor.space();
                long usage = cursor.number(Long.MAX_VALUE);
                cursor.space();
                resources.add(
                        new ImapResponse.QuotaResource(name, usage, cursor.number(Long.MAX_VALUE)));
            } while (cursor.take(' '));
            cursor.expect(')');
        }
        return new ImapResponse.QuotaData(root, resources);
    }

    /// `quotaroot-response = "QUOTAROOT" SP mailbox *(SP quota-root-name)`
    private ImapResponse quotaRoot() {
        cursor.space();
        MailboxPath mailbox = cursor.mailbox();
        List<String> roots = new ArrayList<>();
        while (cursor.take(' ')) {
            if (roots.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("quota roots");
            }
            roots.add(cursor.text(cursor.astring()));
        }
        return new ImapResponse.QuotaRootData(mailbox, roots);
    }
}
