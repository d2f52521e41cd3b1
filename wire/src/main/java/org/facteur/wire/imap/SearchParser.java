package org.facteur.wire.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.facteur.wire.text.MailCharsets;
import org.jspecify.annotations.Nullable;

/// Reads SEARCH after its first word: a tree built on a stack of its own, bounded in depth and
/// keys.
final class SearchParser {
    private static final Map<String, SearchResultOptions.Option> OPTIONS =
            ImapParser.words(SearchResultOptions.Option.values(), SearchResultOptions.Option::name);
    private static final Map<String, SortCriterion.Key> KEYS =
            ImapParser.words(SortCriterion.Key.values(), SortCriterion.Key::name);

    /// More would only repeat each other.
    private static final int SORT_KEYS = 18;

    private static final String RULE = "RFC 9051 §6.4.4";

    private final ImapCursor cursor;
    private final Deque<Frame> stack = new ArrayDeque<>();
    private int keys;
    private boolean charsetNamed;

    /// How many FUZZY stand around the next key.
    private int fuzzy;

    SearchParser(ImapCursor cursor) {
        this.cursor = cursor;
    }

    /// A key that waits for the keys inside it.
    private static final class Frame {
        enum Kind {
            WHOLE,
            LIST,
            NOT,
            OR,
            FUZZY
        }

        final Kind kind;
        final List<SearchKey> inside = new ArrayList<>(2);

        Frame(Kind kind) {
            this.kind = kind;
        }
    }

    /// `search = "SEARCH" [search-return-opts] SP search-program`
    ImapCommand search(boolean uid) {
        cursor.space();
        return searchAfterSpace(uid);
    }

    private ImapCommand searchAfterSpace(boolean uid) {
        SearchResultOptions options = null;
        if (cursor.takeWord("RETURN")) {
            cursor.space();
            options = resultOptions();
            cursor.space();
        }
        if (cursor.takeWord("CHARSET")) {
            cursor.space();
            ImapCommand unknown = unknownCharset(uid, options);
            if (unknown != null) {
                return unknown;
            }
            cursor.space();
        }
        return new ImapCommand.Search(uid, options, program());
    }

    // search-source-opts = "IN" SP "(" source-mbox [SP "(" scope-options ")"] ")", where no
    // scope-option is defined
    /// `esearch = "ESEARCH" [SP search-source-opts] [SP search-return-opts] SP search-program`
    ImapCommand multiSearch() {
        cursor.space();
        List<MailboxFilter> sources = new ArrayList<>();
        if (cursor.takeWord("IN")) {
            cursor.space();
            cursor.expect('(');
            do {
                if (sources.size() == cursor.limits().listItems()) {
                    throw cursor.tooMany("mailboxes");
                }
                MailboxFilter source = new NotifyParser(cursor).filter();
                if (source.kind() == MailboxFilter.Kind.SELECTED_DELAYED) {
                    throw cursor.fault("which mailboxes", "RFC 7377 §2.2");
                }
                sources.add(source);
            } while (cursor.take(' '));
            cursor.expect(')');
            cursor.space();
        }
        return switch (searchAfterSpace(true)) {
            case ImapCommand.Search(boolean _, var result, var key) ->
                    new ImapCommand.MultiSearch(sources, result, key);
            case ImapCommand other -> other;
        };
    }

    /// Reads a charset.
    ///
    /// @return null when it is known; the keys can then be read
    private @Nullable ImapCommand unknownCharset(
            boolean uid, @Nullable SearchResultOptions options) {
        charsetNamed = true;
        String charset = cursor.text(cursor.astring()).toUpperCase(Locale.ROOT);
        if (charset.equals("UTF-8") || charset.equals("US-ASCII")) {
            return null;
        }
        cursor.skipRest();
        boolean saves =
                options != null && options.options().contains(SearchResultOptions.Option.SAVE);
        return new ImapCommand.SearchInUnknownCharset(uid, saves, charset);
    }

    // sort = ["UID" SP] "SORT" [search-return-opts] SP sort-criteria SP search-criteria
    /// `search-criteria = charset 1*(SP search-key)`
    ImapCommand sort(boolean uid) {
        cursor.space();
        SearchResultOptions options = null;
        if (cursor.takeWord("RETURN")) {
            cursor.space();
            options = resultOptions();
            cursor.space();
        }
        List<SortCriterion> criteria = criteria();
        cursor.space();
        ImapCommand unknown = unknownCharset(uid, options);
        if (unknown != null) {
            return unknown;
        }
        cursor.space();
        return new ImapCommand.Sort(uid, options, criteria, program());
    }

    // sort-criterion = ["REVERSE" SP] sort-key
    /// `sort-criteria = "(" sort-criterion *(SP sort-criterion) ")"`
    private List<SortCriterion> criteria() {
        cursor.expect('(');
        List<SortCriterion> criteria = new ArrayList<>();
        do {
            if (criteria.size() == SORT_KEYS) {
                throw cursor.tooMany("sort keys");
            }
            String word = cursor.keyword();
            boolean reverse = word.equals("REVERSE");
            if (reverse) {
                cursor.space();
                word = cursor.keyword();
            }
            SortCriterion.Key key = KEYS.get(word);
            if (key == null) {
                throw cursor.fault("a known sort key", "RFC 5256 §3");
            }
            criteria.add(new SortCriterion(reverse, key));
        } while (cursor.take(' '));
        cursor.expect(')');
        return criteria;
    }

    /// `thread = ["UID" SP] "THREAD" SP thread-alg SP search-criteria`
    ImapCommand thread(boolean uid) {
        cursor.space();
        String word = cursor.keyword();
        ThreadAlgorithm algorithm =
                switch (word) {
                    case "REFERENCES" -> ThreadAlgorithm.REFERENCES;
                    case "ORDEREDSUBJECT" -> ThreadAlgorithm.ORDEREDSUBJECT;
                    default -> throw cursor.fault("a known algorithm", "RFC 5256 §3");
                };
        cursor.space();
        ImapCommand unknown = unknownCharset(uid, null);
        if (unknown != null) {
            return unknown;
        }
        cursor.space();
        return new ImapCommand.ThreadLetters(uid, algorithm, program());
    }

    /// `search-return-opts = SP "RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")"`
    private SearchResultOptions resultOptions() {
        cursor.expect('(');
        Set<SearchResultOptions.Option> options = EnumSet.noneOf(SearchResultOptions.Option.class);
        PartialRange partial = null;
        if (!cursor.take(')')) {
            do {
                String word = cursor.keyword();
                SearchResultOptions.Option option = OPTIONS.get(word);
                if (option != null) {
                    options.add(option);
                } else if (word.equals("PARTIAL") && partial == null) {
                    cursor.space();
                    partial = cursor.partialRange();
                } else {
                    throw cursor.fault("a known result option", "RFC 4731 §4");
                }
            } while (cursor.take(' '));
            cursor.expect(')');
        }
        if (options.isEmpty() && partial == null) {
            options.add(SearchResultOptions.Option.ALL);
        }
        if (partial != null && options.contains(SearchResultOptions.Option.ALL)) {
            throw cursor.fault("PARTIAL or ALL, not both", "RFC 9394 §3.1");
        }
        return new SearchResultOptions(options, partial);
    }

    // search-key =/ "FUZZY" SP search-key
    /// `search-program = ["CHARSET" SP charset SP] search-key *(SP search-key)`, after the charset
    private SearchKey program() {
        stack.push(new Frame(Frame.Kind.WHOLE));
        while (true) {
            if (cursor.take('(')) {
                open(Frame.Kind.LIST);
            } else if (cursor.takeWord("NOT")) {
                cursor.space();
                open(Frame.Kind.NOT);
            } else if (cursor.takeWord("OR")) {
                cursor.space();
                open(Frame.Kind.OR);
            } else if (cursor.takeWord("FUZZY")) {
                cursor.space();
                open(Frame.Kind.FUZZY);
                fuzzy++;
            } else {
                count();
                SearchKey whole = place(key());
                if (whole != null) {
                    return whole;
                }
                cursor.space();
            }
        }
    }

    private void open(Frame.Kind kind) {
        count();
        if (stack.size() > cursor.limits().depth()) {
            throw cursor.tooMany("levels of search keys");
        }
        stack.push(new Frame(kind));
    }

    private void count() {
        if (++keys > cursor.limits().searchKeys()) {
            throw cursor.tooMany("search keys");
        }
    }

    /// Puts a finished key where it belongs, finishing what it finishes.
    ///
    /// @return the whole program when that was the last key, else null: another key must follow
    private @Nullable SearchKey place(SearchKey finished) {
        SearchKey key = finished;
        while (true) {
            Frame top = stack.element();
            top.inside.add(key);
            switch (top.kind) {
                case WHOLE -> {
                    return cursor.atCommandEnd() ? joined(top.inside) : null;
                }
                case LIST -> {
                    if (!cursor.takeClosing()) {
                        return null;
                    }
                    key = joined(top.inside);
                }
                case NOT -> key = new SearchKey.Not(key);
                case FUZZY -> fuzzy--;
                case OR -> {
                    if (top.inside.size() == 1) {
                        return null;
                    }
                    key = new SearchKey.Or(top.inside.getFirst(), key);
                }
            }
            stack.pop();
        }
    }

    private static SearchKey joined(List<SearchKey> keys) {
        return keys.size() == 1 ? keys.getFirst() : new SearchKey.And(keys);
    }

    /// `search-key`, those without keys inside
    private SearchKey key() {
        int next = cursor.peek();
        if (next == '*' || next == '$' || (next >= '0' && next <= '9')) {
            return new SearchKey.Numbers(cursor.sequenceSet());
        }
        String word = cursor.keyword();
        SearchKey key = flagKey(word);
        if (key == null) {
            key = textKey(word);
        }
        if (key == null) {
            key = dateKey(word);
        }
        return key == null ? otherKey(word) : key;
    }

    private @Nullable SearchKey flagKey(String word) {
        return switch (word) {
            case "ANSWERED" -> new SearchKey.HasFlag(Flag.ANSWERED);
            case "DELETED" -> new SearchKey.HasFlag(Flag.DELETED);
            case "DRAFT" -> new SearchKey.HasFlag(Flag.DRAFT);
            case "FLAGGED" -> new SearchKey.HasFlag(Flag.FLAGGED);
            case "SEEN" -> new SearchKey.HasFlag(Flag.SEEN);
            case "RECENT" -> new SearchKey.HasFlag(Flag.RECENT);
            case "UNANSWERED" -> new SearchKey.LacksFlag(Flag.ANSWERED);
            case "UNDELETED" -> new SearchKey.LacksFlag(Flag.DELETED);
            case "UNDRAFT" -> new SearchKey.LacksFlag(Flag.DRAFT);
            case "UNFLAGGED" -> new SearchKey.LacksFlag(Flag.FLAGGED);
            case "UNSEEN" -> new SearchKey.LacksFlag(Flag.SEEN);
            case "OLD" -> new SearchKey.LacksFlag(Flag.RECENT);
            case "NEW" ->
                    new SearchKey.And(
                            List.of(
                                    new SearchKey.HasFlag(Flag.RECENT),
                                    new SearchKey.LacksFlag(Flag.SEEN)));
            case "KEYWORD" -> new SearchKey.HasFlag(spacedKeyword());
            case "UNKEYWORD" -> new SearchKey.LacksFlag(spacedKeyword());
            default -> null;
        };
    }

    /// `flag-keyword = "$MDNSent" / … / atom`
    private Flag spacedKeyword() {
        cursor.space();
        return new Flag(cursor.atom());
    }

    private @Nullable SearchKey textKey(String word) {
        return switch (word) {
            case "BCC" -> contains(SearchKey.Place.BCC);
            case "BODY" -> contains(SearchKey.Place.BODY);
            case "CC" -> contains(SearchKey.Place.CC);
            case "FROM" -> contains(SearchKey.Place.FROM);
            case "SUBJECT" -> contains(SearchKey.Place.SUBJECT);
            case "TEXT" -> contains(SearchKey.Place.TEXT);
            case "TO" -> contains(SearchKey.Place.TO);
            case "HEADER" -> {
                String field = spacedText();
                yield new SearchKey.Header(field, spacedText());
            }
            default -> null;
        };
    }

    private SearchKey contains(SearchKey.Place place) {
        return fuzzy > 0
                ? new SearchKey.Alike(place, spacedText())
                : new SearchKey.Contains(place, spacedText());
    }

    private String spacedText() {
        cursor.space();
        byte[] text = cursor.astring();
        boolean latin =
                !charsetNamed
                        && cursor.dialect().allows(ImapLeniency.LATIN_SEARCH)
                        && !MailCharsets.isUtf8(text, 0, text.length);
        return cursor.text(
                latin
                        ? new String(text, StandardCharsets.ISO_8859_1)
                                .getBytes(StandardCharsets.UTF_8)
                        : text);
    }

    private @Nullable SearchKey dateKey(String word) {
        return switch (word) {
            case "BEFORE" -> dated(SearchKey.Moment.ARRIVED, SearchKey.Relation.BEFORE);
            case "ON" -> dated(SearchKey.Moment.ARRIVED, SearchKey.Relation.ON);
            case "SINCE" -> dated(SearchKey.Moment.ARRIVED, SearchKey.Relation.SINCE);
            case "SENTBEFORE" -> dated(SearchKey.Moment.SENT, SearchKey.Relation.BEFORE);
            case "SENTON" -> dated(SearchKey.Moment.SENT, SearchKey.Relation.ON);
            case "SENTSINCE" -> dated(SearchKey.Moment.SENT, SearchKey.Relation.SINCE);
            case "SAVEDBEFORE" -> dated(SearchKey.Moment.SAVED, SearchKey.Relation.BEFORE);
            case "SAVEDON" -> dated(SearchKey.Moment.SAVED, SearchKey.Relation.ON);
            case "SAVEDSINCE" -> dated(SearchKey.Moment.SAVED, SearchKey.Relation.SINCE);
            default -> null;
        };
    }

    private SearchKey dated(SearchKey.Moment moment, SearchKey.Relation relation) {
        cursor.space();
        return new SearchKey.Dated(moment, relation, ImapDates.date(cursor));
    }

    private SearchKey otherKey(String word) {
        return switch (word) {
            case "ALL" -> new SearchKey.All();
            case "SAVEDATESUPPORTED" -> new SearchKey.SaveDateSupported();
            case "LARGER" -> new SearchKey.Larger(spacedNumber());
            case "SMALLER" -> new SearchKey.Smaller(spacedNumber());
            case "OLDER" -> new SearchKey.Older(spacedInterval());
            case "YOUNGER" -> new SearchKey.Younger(spacedInterval());
            case "UID" -> {
                cursor.space();
                yield new SearchKey.Uids(cursor.sequenceSet());
            }
            case "UIDAFTER" -> {
                cursor.space();
                yield new SearchKey.UidAfter(cursor.nonZero(SequenceRange.MAX));
            }
            case "UIDBEFORE" -> {
                cursor.space();
                yield new SearchKey.UidBefore(cursor.nonZero(SequenceRange.MAX));
            }
            case "EMAILID" -> {
                cursor.space();
                yield new SearchKey.EmailId(cursor.objectId());
            }
            case "THREADID" -> {
                cursor.space();
                yield new SearchKey.ThreadId(cursor.objectId());
            }
            case "MODSEQ" -> modSeq();
            default -> throw cursor.fault("a known search key", RULE);
        };
    }

    private long spacedNumber() {
        cursor.space();
        return cursor.number(Long.MAX_VALUE);
    }

    private long spacedInterval() {
        cursor.space();
        return cursor.nonZero(SequenceRange.MAX);
    }

    /// `search-modsequence = "MODSEQ" [SP entry-name SP entry-type-req] SP mod-sequence-valzer`
    private SearchKey modSeq() {
        cursor.space();
        String entry = null;
        if (cursor.peek() == '"') {
            entry = cursor.text(cursor.string());
            cursor.space();
            String type = cursor.keyword();
            if (!type.equals("ALL") && !type.equals("PRIV") && !type.equals("SHARED")) {
                throw cursor.fault("priv, shared or all", "RFC 7162 §7");
            }
            cursor.space();
        }
        return new SearchKey.ModSeq(entry, cursor.number(Long.MAX_VALUE));
    }
}
