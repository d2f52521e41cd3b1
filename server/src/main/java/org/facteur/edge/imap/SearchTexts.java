package org.facteur.edge.imap;

import java.io.IOException;
import java.util.List;
import org.facteur.core.search.IndexAnswer;
import org.facteur.core.search.LetterTexts;
import org.facteur.core.search.TextPlace;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.imap.SearchKey;
import org.jspecify.annotations.Nullable;

/// Tests for texts inside letters. Letters and what is looked for are compared decoded, in NFC,
/// without case. What the index knows is not read.
final class SearchTexts {
    private SearchTexts() {}

    /// @param index what is known without reading
    static SearchTest contains(IndexProbes index, SearchKey.Place place, String text) {
        String wanted = LetterTexts.folded(text);
        return switch (place) {
            case FROM -> indexed(index.of(TextPlace.FROM, text), from(place, wanted));
            case TO -> indexed(index.of(TextPlace.TO, text), from(place, wanted));
            case CC -> indexed(index.of(TextPlace.CC, text), from(place, wanted));
            case SUBJECT ->
                    indexed(
                            index.of(TextPlace.SUBJECT, text),
                            row(
                                    letter ->
                                            LetterTexts.folded(letter.listing().summary().subject())
                                                    .contains(wanted)));
            case BCC -> header(index, "Bcc", text);
            case BODY ->
                    indexed(
                            index.of(TextPlace.BODY, text),
                            new SearchTest.OfLetter(
                                    SearchTest.Cost.BODY, letter -> inBody(letter, wanted)));
            case TEXT ->
                    indexed(
                            index.of(TextPlace.HEADER, text).or(index.of(TextPlace.BODY, text)),
                            new SearchTest.OfLetter(
                                    SearchTest.Cost.BODY,
                                    letter ->
                                            inHeader(letter, null, wanted)
                                                    || inBody(letter, wanted)));
        };
    }

    /// HEADER: an empty text asks only whether the field is there.
    static SearchTest header(IndexProbes index, String field, String text) {
        String wanted = LetterTexts.folded(text);
        return indexed(
                index.of(TextPlace.HEADER, text).necessary(),
                new SearchTest.OfLetter(
                        SearchTest.Cost.HEADER, letter -> inHeader(letter, field, wanted)));
    }

    /// Asks the index.
    interface IndexProbes {
        IndexAnswer of(TextPlace place, String text);

        /// Of texts that share stems.
        IndexAnswer alike(TextPlace place, String text);
    }

    private static SearchTest indexed(IndexAnswer answer, SearchTest.OfLetter otherwise) {
        return answer.isNothing() ? otherwise : new SearchTest.OfIndex(answer, otherwise);
    }

    private static SearchTest.OfLetter row(SearchTest.LetterProbe probe) {
        return new SearchTest.OfLetter(SearchTest.Cost.ROW, probe);
    }

    private static SearchTest.OfLetter from(SearchKey.Place place, String wanted) {
        return row(letter -> addresses(letter, place, wanted));
    }

    private static boolean addresses(LetterReader letter, SearchKey.Place place, String wanted) {
        var correspondents = letter.listing().summary().correspondents();
        List<HeaderAddress> list =
                place == SearchKey.Place.FROM
                        ? correspondents.from()
                        : place == SearchKey.Place.TO ? correspondents.to() : correspondents.cc();
        return LetterTexts.contains(list, wanted)
                || (list.size() >= LetterTexts.SUMMARY_ADDRESSES
                        && inHeader(letter, place.name(), wanted));
    }

    /// @param name null for all fields, whose names then count too
    private static boolean inHeader(LetterReader letter, @Nullable String name, String wanted) {
        boolean[] found = new boolean[1];
        LetterTexts.fields(
                letter.header(),
                (field, value) -> {
                    if (name == null || field.equalsIgnoreCase(name)) {
                        String shown = name == null ? field + ": " + value : value;
                        found[0] = LetterTexts.folded(shown).contains(wanted);
                    }
                    return !found[0];
                });
        return found[0];
    }

    private static boolean inBody(LetterReader letter, String wanted) throws IOException {
        boolean[] found = new boolean[1];
        LetterTexts.bodies(
                letter.anatomy(),
                letter.content(),
                text -> {
                    found[0] = LetterTexts.folded(text).contains(wanted);
                    return !found[0];
                });
        return found[0];
    }
}
