package org.facteur.wire.imap;

import java.util.ArrayList;
import java.util.List;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// Reads the items of a FETCH response.
final class FetchDataParser {
    private final ImapCursor cursor;

    FetchDataParser(ImapCursor cursor) {
        this.cursor = cursor;
    }

    /// `msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP (msg-att-dynamic / msg-att-static))
    /// ")"`
    List<FetchDatum> data() {
        cursor.expect('(');
        List<FetchDatum> data = new ArrayList<>();
        do {
            if (data.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("items");
            }
            data.add(datum());
        } while (cursor.take(' '));
        cursor.expect(')');
        return data;
    }

    private FetchDatum datum() {
        String word = cursor.keyword();
        if (cursor.peek() == '[') {
            return bracketed(word);
        }
        cursor.space();
        return switch (word) {
            case "FLAGS" -> new FetchDatum.Flags(new ResponseCodeParser(cursor).flags());
            case "UID" -> new FetchDatum.Uid(cursor.nonZero(SequenceRange.MAX));
            case "INTERNALDATE" -> new FetchDatum.InternalDate(ImapDates.dateTime(cursor));
            case "RFC822.SIZE" -> new FetchDatum.Size(cursor.number(Long.MAX_VALUE));
            case "MODSEQ" -> {
                cursor.expect('(');
                long modSeq = cursor.nonZero(Long.MAX_VALUE);
                cursor.expect(')');
                yield new FetchDatum.ModSeq(modSeq);
            }
            case "ENVELOPE" -> new FetchDatum.Envelope(form());
            case "BODYSTRUCTURE" -> new FetchDatum.BodyStructure(true, form());
            case "BODY" -> new FetchDatum.BodyStructure(false, form());
            case "RFC822" -> new FetchDatum.Rfc822(FetchItem.Word.RFC822, content());
            case "RFC822.HEADER" -> new FetchDatum.Rfc822(FetchItem.Word.RFC822_HEADER, content());
            case "RFC822.TEXT" -> new FetchDatum.Rfc822(FetchItem.Word.RFC822_TEXT, content());
            case "EMAILID" -> new FetchDatum.EmailId(objectId());
            case "THREADID" -> new FetchDatum.ThreadId(cursor.takeWord("NIL") ? null : objectId());
            case "SAVEDATE" ->
                    new FetchDatum.SaveDate(
                            cursor.takeWord("NIL") ? null : ImapDates.dateTime(cursor));
            case "PREVIEW" ->
                    new FetchDatum.Preview(
                            cursor.takeWord("NIL") ? null : cursor.text(cursor.string()));
            default -> throw cursor.fault("a known fetch item", Grammar.BASE);
        };
    }

    private FetchDatum bracketed(String word) {
        FetchParser sections = new FetchParser(cursor);
        return switch (word) {
            case "BODY" -> {
                Section section = sections.section();
                Long origin = origin();
                cursor.space();
                yield new FetchDatum.Body(section, origin, content());
            }
            case "BINARY" -> {
                List<Integer> part = sections.sectionBinary();
                Long origin = origin();
                cursor.space();
                yield new FetchDatum.Binary(part, origin, content());
            }
            case "BINARY.SIZE" -> {
                List<Integer> part = sections.sectionBinary();
                cursor.space();
                yield new FetchDatum.BinarySize(part, cursor.number(Long.MAX_VALUE));
            }
            default -> throw cursor.fault("a known fetch item", Grammar.BASE);
        };
    }

    private @Nullable Long origin() {
        if (!cursor.take('<')) {
            return null;
        }
        long origin = cursor.number(SequenceRange.MAX);
        cursor.expect('>');
        return origin;
    }

    private Octets form() {
        return Octets.copyOf(new FormParser(cursor).form());
    }

    private @Nullable OctetSupply content() {
        return cursor.takeWord("NIL")
                ? null
                : OctetSupply.of(Octets.copyOf(cursor.stringOrLiteral8()));
    }

    private String objectId() {
        cursor.expect('(');
        String id = cursor.objectId();
        cursor.expect(')');
        return id;
    }
}
