package org.facteur.wire.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads what stands in brackets in a status response.
final class ResponseCodeParser {
    private static final Map<String, ResponseCode.Word> WORDS =
            ImapParser.words(ResponseCode.Word.values(), ResponseCode.Word::keyword);

    private static final Map<String, ResponseCode.Metadata.Problem> PROBLEMS =
            ImapParser.words(
                    ResponseCode.Metadata.Problem.values(), ResponseCode.Metadata.Problem::name);

    private final ImapCursor cursor;

    ResponseCodeParser(ImapCursor cursor) {
        this.cursor = cursor;
    }

    /// `resp-text-code`
    ResponseCode code() {
        String name = cursor.atom().toUpperCase(Locale.ROOT);
        if (cursor.peek() == ']' && name.equals("INPROGRESS")) {
            return new ResponseCode.InProgress(null, null, null);
        }
        if (cursor.peek() == ']') {
            ResponseCode.Word word = WORDS.get(name);
            if (word != null) {
                return word;
            }
            return name.equals("BADCHARSET")
                    ? new ResponseCode.BadCharset(List.of())
                    : new ResponseCode.Other(name, null);
        }
        cursor.space();
        return switch (name) {
            case "CAPABILITY" -> new ResponseCode.Capability(words());
            case "BADCHARSET" -> new ResponseCode.BadCharset(charsets());
            case "PERMANENTFLAGS" -> new ResponseCode.PermanentFlags(flags());
            case "UIDNEXT" -> new ResponseCode.UidNext(cursor.nonZero(SequenceRange.MAX));
            case "UIDVALIDITY" -> new ResponseCode.UidValidity(cursor.nonZero(SequenceRange.MAX));
            case "UNSEEN" -> new ResponseCode.Unseen(cursor.nonZero(SequenceRange.MAX));
            case "HIGHESTMODSEQ" -> new ResponseCode.HighestModSeq(cursor.nonZero(Long.MAX_VALUE));
            case "MODIFIED" -> new ResponseCode.Modified(cursor.numberSet());
            case "APPENDUID" -> {
                long validity = cursor.nonZero(SequenceRange.MAX);
                cursor.space();
                yield new ResponseCode.AppendUid(validity, listed());
            }
            case "COPYUID" -> {
                long validity = cursor.nonZero(SequenceRange.MAX);
                cursor.space();
                SequenceSet from = listed();
                cursor.space();
                yield new ResponseCode.CopyUid(validity, from, listed());
            }
            case "MAILBOXID" -> {
                cursor.expect('(');
                String id = cursor.objectId();
                cursor.expect(')');
                yield new ResponseCode.MailboxId(id);
            }
            case "METADATA" -> metadata();
            case "BADEVENT" -> new ResponseCode.BadEvent(events());
            case "INPROGRESS" -> inProgress();
            case "MESSAGELIMIT" -> {
                long most = cursor.nonZero(SequenceRange.MAX);
                yield new ResponseCode.MessageLimit(
                        most, cursor.take(' ') ? (Long) cursor.nonZero(SequenceRange.MAX) : null);
            }
            default -> new ResponseCode.Other(name, argument());
        };
    }

    /// `"BADEVENT" SP "(" event-name *(SP event-name) ")"`; events not known here are passed over
    private List<NotifyEvent> events() {
        cursor.expect('(');
        List<NotifyEvent> events = new ArrayList<>();
        do {
            if (events.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("events");
            }
            String word = cursor.keyword();
            for (NotifyEvent event : NotifyEvent.values()) {
                if (event.keyword().toUpperCase(Locale.ROOT).equals(word)) {
                    events.add(event);
                }
            }
        } while (cursor.take(' '));
        cursor.expect(')');
        return events;
    }

    /// `"INPROGRESS" SP "(" inprogress-tag SP inprogress-state ")"`
    private ResponseCode inProgress() {
        cursor.expect('(');
        String tag = cursor.takeWord("NIL") ? null : cursor.text(cursor.string());
        cursor.space();
        Long done = cursor.takeWord("NIL") ? null : (Long) cursor.number(SequenceRange.MAX);
        cursor.space();
        Long goal = cursor.takeWord("NIL") ? null : (Long) cursor.nonZero(SequenceRange.MAX);
        cursor.expect(')');
        return new ResponseCode.InProgress(tag, done, goal);
    }

    /// `"METADATA" SP ("LONGENTRIES" SP number / "MAXSIZE" SP number / "TOOMANY" / "NOPRIVATE")`
    private ResponseCode metadata() {
        ResponseCode.Metadata.Problem problem = PROBLEMS.get(cursor.keyword());
        if (problem == null) {
            throw cursor.fault("a known word after METADATA", "RFC 5464 §5");
        }
        Long octets =
                switch (problem) {
                    case LONGENTRIES, MAXSIZE -> {
                        cursor.space();
                        yield cursor.number(SequenceRange.MAX);
                    }
                    case TOOMANY, NOPRIVATE -> null;
                };
        return new ResponseCode.Metadata(problem, octets);
    }

    /// `uid-set`, in its order
    private SequenceSet listed() {
        SequenceSet set = cursor.sequenceSet();
        for (SequenceRange range : set.ranges()) {
            if (range.first() == SequenceRange.STAR || range.last() == SequenceRange.STAR) {
                throw cursor.fault("UIDs", "RFC 4315 §4");
            }
        }
        if (set.saved()) {
            throw cursor.fault("UIDs", "RFC 4315 §4");
        }
        return set;
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        do {
            if (words.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("words");
            }
            words.add(cursor.atom());
        } while (cursor.take(' '));
        return words;
    }

    private List<String> charsets() {
        cursor.expect('(');
        List<String> charsets = new ArrayList<>();
        do {
            if (charsets.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("charsets");
            }
            charsets.add(cursor.text(cursor.astring()));
        } while (cursor.take(' '));
        cursor.expect(')');
        return charsets;
    }

    /// `"(" [flag-perm *(SP flag-perm)] ")"`, with `\*` and `\Recent`
    List<Flag> flags() {
        cursor.expect('(');
        List<Flag> flags = new ArrayList<>();
        if (!cursor.take(')')) {
            do {
                if (flags.size() == cursor.limits().listItems()) {
                    throw cursor.tooMany("flags");
                }
                flags.add(anyFlag());
            } while (cursor.take(' '));
            cursor.expect(')');
        }
        return flags;
    }

    private Flag anyFlag() {
        int start = cursor.offset();
        if (cursor.take('\\') && cursor.take('*')) {
            return Flag.ANY;
        }
        cursor.seek(start);
        return cursor.anyFlag();
    }

    private String argument() {
        int start = cursor.offset();
        while (cursor.peek() >= 0 && cursor.peek() != ']') {
            cursor.seek(cursor.offset() + 1);
        }
        return cursor.text(cursor.slice(start, cursor.offset()));
    }
}
