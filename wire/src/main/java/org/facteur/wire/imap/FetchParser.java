package org.facteur.wire.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads FETCH after its first word.
final class FetchParser {
    private static final Map<String, FetchItem.Word> WORDS =
            ImapParser.words(FetchItem.Word.values(), FetchItem.Word::keyword);
    private static final Map<String, Section.Text> TEXTS =
            ImapParser.words(Section.Text.values(), Section.Text::keyword);

    private final ImapCursor cursor;

    FetchParser(ImapCursor cursor) {
        this.cursor = cursor;
    }

    /// `fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att
    /// *(SP fetch-att) ")") [fetch-modifiers]`
    ImapCommand fetch(boolean uid) {
        cursor.space();
        SequenceSet messages = cursor.sequenceSet();
        cursor.space();
        List<FetchItem> items = items();
        FetchModifiers modifiers = FetchModifiers.NONE;
        if (!cursor.atCommandEnd()) {
            cursor.space();
            modifiers = modifiers(uid);
        }
        return new ImapCommand.Fetch(uid, messages, items, modifiers);
    }

    private List<FetchItem> items() {
        if (cursor.takeWord("ALL")) {
            return FetchItem.ALL;
        }
        if (cursor.takeWord("FAST")) {
            return FetchItem.FAST;
        }
        if (cursor.takeWord("FULL")) {
            return FetchItem.FULL;
        }
        if (!cursor.take('(')) {
            return List.of(item());
        }
        return itemList();
    }

    /// `fetch-att *(SP fetch-att) ")"`
    List<FetchItem> itemList() {
        List<FetchItem> items = new ArrayList<>();
        do {
            if (items.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("items");
            }
            items.add(item());
        } while (cursor.take(' '));
        cursor.expect(')');
        return items;
    }

    /// `fetch-att = "ENVELOPE" / "FLAGS" / … / "BODY" section ["<" number "." nz-number ">"] / …`
    private FetchItem item() {
        String word = cursor.keyword();
        if (cursor.peek() == '[') {
            return bracketed(word);
        }
        if (word.equals("PREVIEW")) {
            return new FetchItem.Preview(lazy());
        }
        FetchItem item = WORDS.get(word);
        if (item == null) {
            throw cursor.fault("a known fetch item", "RFC 9051 §6.4.5");
        }
        return item;
    }

    private FetchItem bracketed(String word) {
        return switch (word) {
            case "BODY" -> new FetchItem.Body(false, section(), slice());
            case "BODY.PEEK" -> new FetchItem.Body(true, section(), slice());
            case "BINARY" -> new FetchItem.Binary(false, sectionBinary(), slice());
            case "BINARY.PEEK" -> new FetchItem.Binary(true, sectionBinary(), slice());
            case "BINARY.SIZE" -> new FetchItem.BinarySize(sectionBinary());
            default -> throw cursor.fault("a known fetch item", "RFC 9051 §6.4.5");
        };
    }

    /// `preview = "PREVIEW" [SP "(" "LAZY" ")"]`, told from the next item by the parenthesis
    private boolean lazy() {
        int start = cursor.offset();
        if (cursor.take(' ') && cursor.take('(') && cursor.takeWord("LAZY")) {
            cursor.expect(')');
            return true;
        }
        cursor.seek(start);
        return false;
    }

    /// `section = "[" [section-spec] "]"`
    Section section() {
        cursor.expect('[');
        List<Integer> part = part();
        Section.Text text = Section.Text.ALL;
        if (cursor.peek() != ']') {
            text = TEXTS.get(cursor.keyword());
            if (text == null || text == Section.Text.ALL) {
                throw cursor.fault("HEADER, TEXT or MIME", Grammar.BASE);
            }
        }
        if (text == Section.Text.MIME && part.isEmpty()) {
            throw cursor.fault("a part number before MIME", Grammar.BASE);
        }
        List<String> fields = text.takesFields() ? fields() : List.of();
        cursor.expect(']');
        return new Section(part, text, fields);
    }

    /// `section-binary = "[" [section-part] "]"`
    List<Integer> sectionBinary() {
        cursor.expect('[');
        List<Integer> part = part();
        cursor.expect(']');
        return part;
    }

    /// `section-part = nz-number *("." nz-number)`, with the dot after it if a text follows
    private List<Integer> part() {
        List<Integer> part = new ArrayList<>();
        while (cursor.peek() >= '0' && cursor.peek() <= '9') {
            if (part.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("part numbers");
            }
            part.add((int) cursor.nonZero(Integer.MAX_VALUE));
            if (!cursor.take('.')) {
                return part;
            }
            if (cursor.peek() == ']') {
                throw cursor.fault("a part number", Grammar.BASE);
            }
        }
        return part;
    }

    /// `header-list = "(" header-fld-name *(SP header-fld-name) ")"`
    private List<String> fields() {
        cursor.space();
        cursor.expect('(');
        List<String> fields = new ArrayList<>();
        do {
            if (fields.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("header names");
            }
            fields.add(fieldName());
        } while (cursor.take(' '));
        cursor.expect(')');
        return fields;
    }

    /// `header-fld-name = astring`, one that can be the name of a header field
    private String fieldName() {
        String name = cursor.text(cursor.astring());
        if (name.isEmpty()) {
            throw cursor.fault("a header name", Grammar.BASE);
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 127 || c == ':') {
                throw cursor.fault("a header name", "RFC 5322 §2.2");
            }
        }
        return name;
    }

    private FetchItem.@Nullable Slice slice() {
        if (!cursor.take('<')) {
            return null;
        }
        long offset = cursor.number(SequenceRange.MAX);
        cursor.expect('.');
        long length = cursor.nonZero(SequenceRange.MAX);
        cursor.expect('>');
        return new FetchItem.Slice(offset, length);
    }

    /// `fetch-modifiers = SP "(" fetch-modifier *(SP fetch-modifier) ")"`
    private FetchModifiers modifiers(boolean uid) {
        cursor.expect('(');
        Long changedSince = null;
        boolean vanished = false;
        PartialRange partial = null;
        do {
            String word = cursor.keyword();
            if (word.equals("CHANGEDSINCE") && changedSince == null) {
                cursor.space();
                changedSince = cursor.number(Long.MAX_VALUE);
            } else if (word.equals("VANISHED") && uid && !vanished) {
                vanished = true;
            } else if (word.equals("PARTIAL") && uid && partial == null) {
                cursor.space();
                partial = cursor.partialRange();
            } else {
                throw cursor.fault("a known fetch modifier, once", "RFC 7162 §7");
            }
        } while (cursor.take(' '));
        cursor.expect(')');
        if (vanished && changedSince == null) {
            throw cursor.fault("CHANGEDSINCE beside VANISHED", "RFC 7162 §3.2.6");
        }
        return new FetchModifiers(changedSince, vanished, partial);
    }
}
