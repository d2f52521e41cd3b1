package org.facteur.core.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.Correspondents;
import org.jspecify.annotations.Nullable;

/// Whether letters hold what a person typed: each of its words, or each text in quotes, somewhere
/// in given places; in any case, words of subject and body also in other forms. What the index
/// knows is not read. One thread.
public final class TextQuestion {
    /// More words than this are not asked for.
    private static final int WORDS = 20;

    private static final int LONGEST = 1000;

    private final LetterBox box;
    private final Set<TextPlace> places;
    private final @Nullable String field;
    private final List<Wanted> wanted = new ArrayList<>();

    /// One word or quoted text.
    ///
    /// @param folded what is compared
    /// @param answer what the index says of it
    private record Wanted(String folded, IndexAnswer answer) {}

    /// @param places where to look, at least one
    /// @param text as it was typed
    public TextQuestion(SearchIndex index, LetterBox box, Set<TextPlace> places, String text) {
        this(index, box, places, null, text);
    }

    /// Looks in the fields of one name.
    ///
    /// @param field of the header; an empty text asks only whether it is there
    public static TextQuestion ofField(
            SearchIndex index, LetterBox box, String field, String text) {
        return new TextQuestion(index, box, EnumSet.of(TextPlace.HEADER), field, text);
    }

    private TextQuestion(
            SearchIndex index,
            LetterBox box,
            Set<TextPlace> places,
            @Nullable String field,
            String text) {
        this.box = box;
        this.places = EnumSet.copyOf(places);
        this.field = field;
        if (field != null) {
            IndexAnswer answer = index.containing(box.owner(), TextPlace.HEADER, text);
            wanted.add(new Wanted(LetterTexts.folded(text), answer.necessary()));
            return;
        }
        for (String word : words(text)) {
            wanted.add(new Wanted(LetterTexts.folded(word), answer(index, word)));
        }
    }

    private IndexAnswer answer(SearchIndex index, String word) {
        @Nullable IndexAnswer all = null;
        for (TextPlace place : places) {
            IndexAnswer one = index.containing(box.owner(), place, word);
            all = all == null ? one : all.or(one);
        }
        boolean inText = places.contains(TextPlace.SUBJECT) || places.contains(TextPlace.BODY);
        IndexAnswer known = all == null ? IndexAnswer.NOTHING : all;
        if (!inText || known.isNothing()) {
            return known;
        }
        IndexAnswer alike =
                index.alike(
                        box.owner(),
                        places.contains(TextPlace.BODY) ? TextPlace.BODY : TextPlace.SUBJECT,
                        word);
        return alike.isNothing() ? known : known.or(alike);
    }

    /// Words, and texts in single or double quotes (RFC 8621 §4.4.1).
    public static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        String rest = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        int at = 0;
        while (at < rest.length() && words.size() < WORDS) {
            char c = rest.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            int close = c == '"' || c == '\'' ? rest.indexOf(c, at + 1) : -1;
            int start = close < 0 ? at : at + 1;
            int end = close < 0 ? blank(rest, at) : close;
            if (end > start) {
                words.add(rest.substring(start, end));
            }
            at = close < 0 ? end : close + 1;
        }
        return words;
    }

    private static int blank(String text, int from) {
        int at = from;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /// The words as they are compared, for showing where they stand.
    public List<String> foldedWords() {
        return wanted.stream().map(Wanted::folded).toList();
    }

    /// What is known without reading.
    ///
    /// @param letter its number
    public IndexAnswer.Verdict look(long letter) {
        IndexAnswer.Verdict all = IndexAnswer.Verdict.FITS;
        for (Wanted each : wanted) {
            switch (each.answer().of(letter)) {
                case DOES_NOT -> {
                    return IndexAnswer.Verdict.DOES_NOT;
                }
                case UNKNOWN -> all = IndexAnswer.Verdict.UNKNOWN;
                case FITS -> {
                    // As before.
                }
            }
        }
        return all;
    }

    /// Reads a letter.
    public boolean test(Letter letter) throws IOException {
        List<String> missing = new ArrayList<>();
        for (Wanted each : wanted) {
            IndexAnswer.Verdict known = each.answer().of(letter.id().number());
            if (known == IndexAnswer.Verdict.DOES_NOT) {
                return false;
            }
            if (known == IndexAnswer.Verdict.UNKNOWN) {
                missing.add(each.folded());
            }
        }
        if (!missing.isEmpty()) {
            listed(letter, missing);
        }
        if (!missing.isEmpty()
                && (places.contains(TextPlace.HEADER) || places.contains(TextPlace.BODY))) {
            read(letter, missing);
        }
        return missing.isEmpty();
    }

    /// Takes what stands in the listing off the missing ones.
    private void listed(Letter letter, List<String> missing) {
        if (field != null) {
            return;
        }
        var summary = box.listing(letter).summary();
        Correspondents people = summary.correspondents();
        for (TextPlace place : places) {
            switch (place) {
                case FROM -> missing.removeIf(each -> LetterTexts.contains(people.from(), each));
                case TO -> missing.removeIf(each -> LetterTexts.contains(people.to(), each));
                case CC -> missing.removeIf(each -> LetterTexts.contains(people.cc(), each));
                case SUBJECT -> {
                    String subject = LetterTexts.folded(summary.subject());
                    missing.removeIf(subject::contains);
                }
                case HEADER, BODY -> {
                    // In the octets.
                }
            }
        }
    }

    private void read(Letter letter, List<String> missing) throws IOException {
        Anatomy anatomy = box.findAnatomy(letter.id()).orElse(null);
        if (anatomy == null) {
            return;
        }
        try (LetterContent content = box.content(letter)) {
            if (places.contains(TextPlace.HEADER)) {
                long header = content.prefixLength() + anatomy.root().range().bodyStart();
                LetterTexts.fields(
                        content.read(0, Math.toIntExact(header)),
                        (name, value) -> {
                            if (looksIn(name)) {
                                String shown = field == null ? name + ": " + value : value;
                                String folded = LetterTexts.folded(shown);
                                missing.removeIf(folded::contains);
                            }
                            return !missing.isEmpty();
                        });
            }
            if (places.contains(TextPlace.BODY) && !missing.isEmpty()) {
                LetterTexts.bodies(
                        anatomy,
                        content,
                        text -> {
                            String folded = LetterTexts.folded(text);
                            missing.removeIf(folded::contains);
                            return !missing.isEmpty();
                        });
            }
        }
    }

    private boolean looksIn(String name) {
        return field == null || field.equals(name.toLowerCase(Locale.ROOT));
    }
}
