package org.facteur.wire.imap;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// Writes the keys of SEARCH, on a stack of its own.
final class SearchKeyWriter {
    /// How strings are written: the command decides about literals.
    @FunctionalInterface
    interface Strings {
        void write(String text) throws IOException;
    }

    private final OutBuffer out;
    private final Strings strings;

    /// Keys and pieces of punctuation still to be written, the next one on top.
    private final Deque<Object> rest = new ArrayDeque<>();

    SearchKeyWriter(OutBuffer out, Strings strings) {
        this.out = out;
        this.strings = strings;
    }

    /// Whether a text in the tree is not ASCII.
    static boolean needsCharset(SearchKey whole) {
        Deque<SearchKey> rest = new ArrayDeque<>();
        rest.push(whole);
        while (!rest.isEmpty()) {
            switch (rest.pop()) {
                case SearchKey.Not(var key) -> rest.push(key);
                case SearchKey.Or(var left, var right) -> {
                    rest.push(left);
                    rest.push(right);
                }
                case SearchKey.And(var keys) -> keys.forEach(rest::push);
                case SearchKey.Contains(_, var text) when !Utf8.isAscii(text) -> {
                    return true;
                }
                case SearchKey.Alike(_, var text) when !Utf8.isAscii(text) -> {
                    return true;
                }
                case SearchKey.Header(_, var text) when !Utf8.isAscii(text) -> {
                    return true;
                }
                case SearchKey _ -> {}
            }
        }
        return false;
    }

    void write(SearchKey whole) throws IOException {
        if (whole instanceof SearchKey.And(var keys) && !keys.isEmpty()) {
            pushAll(keys);
        } else {
            rest.push(whole);
        }
        while (!rest.isEmpty()) {
            switch (rest.pop()) {
                case String punctuation -> out.ascii(punctuation);
                case SearchKey key -> key(key);
                default -> throw new IllegalStateException("neither key nor punctuation");
            }
        }
    }

    private void pushAll(List<SearchKey> keys) {
        for (int i = keys.size() - 1; i >= 0; i--) {
            rest.push(keys.get(i));
            if (i > 0) {
                rest.push(" ");
            }
        }
    }

    private void text(String before, SearchKey.Place place, String text) throws IOException {
        out.ascii(before);
        out.ascii(place.name());
        out.octet(' ');
        strings.write(text);
    }

    private void key(SearchKey key) throws IOException {
        switch (key) {
            case SearchKey.All _ -> out.ascii("ALL");
            case SearchKey.HasFlag(var flag) -> flag(flag, true);
            case SearchKey.LacksFlag(var flag) -> flag(flag, false);
            case SearchKey.Contains(var place, var text) -> text("", place, text);
            case SearchKey.Alike(var place, var text) -> text("FUZZY ", place, text);
            case SearchKey.Header(var field, var text) -> {
                out.ascii("HEADER ");
                strings.write(field);
                out.octet(' ');
                strings.write(text);
            }
            case SearchKey.Dated dated -> dated(dated);
            case SearchKey.Larger(var octets) -> number("LARGER ", octets);
            case SearchKey.Smaller(var octets) -> number("SMALLER ", octets);
            case SearchKey.Older(var seconds) -> number("OLDER ", seconds);
            case SearchKey.Younger(var seconds) -> number("YOUNGER ", seconds);
            case SearchKey.Numbers(var set) -> out.set(set);
            case SearchKey.Uids(var set) -> {
                out.ascii("UID ");
                out.set(set);
            }
            case SearchKey.UidAfter(var uid) -> number("UIDAFTER ", uid);
            case SearchKey.UidBefore(var uid) -> number("UIDBEFORE ", uid);
            case SearchKey.ModSeq(var entry, var atLeast) -> {
                out.ascii("MODSEQ ");
                if (entry != null) {
                    out.string(entry);
                    out.ascii(" all ");
                }
                out.number(atLeast);
            }
            case SearchKey.EmailId(var id) -> {
                out.ascii("EMAILID ");
                out.atom(id);
            }
            case SearchKey.ThreadId(var id) -> {
                out.ascii("THREADID ");
                out.atom(id);
            }
            case SearchKey.SaveDateSupported _ -> out.ascii("SAVEDATESUPPORTED");
            case SearchKey.Not(var inner) -> {
                out.ascii("NOT ");
                rest.push(inner);
            }
            case SearchKey.Or(var left, var right) -> {
                out.ascii("OR ");
                pushAll(List.of(left, right));
            }
            case SearchKey.And(var keys) -> {
                out.octet('(');
                rest.push(")");
                pushAll(keys);
            }
        }
    }

    private void dated(SearchKey.Dated dated) throws IOException {
        out.ascii(
                switch (dated.moment()) {
                    case ARRIVED -> "";
                    case SENT -> "SENT";
                    case SAVED -> "SAVED";
                });
        out.ascii(dated.relation().name());
        out.octet(' ');
        out.ascii(ImapDates.format(dated.date()));
    }

    private void number(String word, long value) throws IOException {
        out.ascii(word);
        out.number(value);
    }

    private void flag(Flag flag, boolean set) throws IOException {
        if (flag.equals(Flag.RECENT)) {
            out.ascii(set ? "RECENT" : "OLD");
        } else if (flag.isSystem()) {
            out.ascii(set ? "" : "UN");
            out.ascii(flag.name().substring(1).toUpperCase(Locale.ROOT));
        } else {
            out.ascii(set ? "KEYWORD " : "UNKEYWORD ");
            out.ascii(flag.name());
        }
    }
}
