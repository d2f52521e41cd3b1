package org.facteur.edge.imap;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.imap.SearchKey;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.mime.Part;
import org.facteur.wire.mime.PartText;
import org.facteur.wire.text.EncodedWords;

/// Tests for texts inside letters. Letters and what is looked for are compared decoded, in NFC,
/// without case.
final class SearchTexts {
    /// Decoded text of one part that is looked at, in octets.
    private static final int PART_OCTETS = 1 << 20;

    /// Text parts of one letter that are looked at.
    private static final int PARTS = 32;

    private static final int FIELDS = 1000;

    /// How many correspondents a summary holds at most; past that the header is read.
    private static final int SUMMARY_ADDRESSES = 100;

    private SearchTexts() {}

    static SearchTest contains(SearchKey.Place place, String text) {
        String wanted = folded(text);
        return switch (place) {
            case FROM -> row(letter -> addresses(letter, place, wanted));
            case TO -> row(letter -> addresses(letter, place, wanted));
            case CC -> row(letter -> addresses(letter, place, wanted));
            case SUBJECT ->
                    row(letter -> folded(letter.listing().summary().subject()).contains(wanted));
            case BCC -> header("Bcc", text);
            case BODY ->
                    new SearchTest.OfLetter(SearchTest.Cost.BODY, letter -> inBody(letter, wanted));
            case TEXT ->
                    new SearchTest.OfLetter(
                            SearchTest.Cost.BODY,
                            letter -> inHeader(letter, null, wanted) || inBody(letter, wanted));
        };
    }

    /// HEADER: an empty text asks only whether the field is there.
    static SearchTest header(String field, String text) {
        String wanted = folded(text);
        return new SearchTest.OfLetter(
                SearchTest.Cost.HEADER, letter -> inHeader(letter, field, wanted));
    }

    private static SearchTest row(SearchTest.LetterProbe probe) {
        return new SearchTest.OfLetter(SearchTest.Cost.ROW, probe);
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static boolean addresses(LetterReader letter, SearchKey.Place place, String wanted) {
        var correspondents = letter.listing().summary().correspondents();
        List<HeaderAddress> list =
                place == SearchKey.Place.FROM
                        ? correspondents.from()
                        : place == SearchKey.Place.TO ? correspondents.to() : correspondents.cc();
        for (HeaderAddress address : list) {
            String name = address.displayName();
            String whole = name == null ? address.address() : name + " <" + address.address() + ">";
            if (folded(whole).contains(wanted)) {
                return true;
            }
        }
        return list.size() >= SUMMARY_ADDRESSES && inHeader(letter, place.name(), wanted);
    }

    /// @param name null for all fields, whose names then count too
    private static boolean inHeader(
            LetterReader letter, @org.jspecify.annotations.Nullable String name, String wanted) {
        HeaderBlock header = HeaderBlock.parse(letter.header(), FIELDS);
        for (HeaderField field : header.fields()) {
            if (name == null || field.name().equalsIgnoreCase(name)) {
                String value = EncodedWords.decode(header.unfolded(field));
                String shown = name == null ? field.name() + ": " + value : value;
                if (folded(shown).contains(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean inBody(LetterReader letter, String wanted) throws IOException {
        int looked = 0;
        for (Part part : letter.anatomy().parts()) {
            if (part.isLeaf() && part.type().isText() && looked++ < PARTS) {
                int prefix = letter.letter().prefix().length;
                try (InputStream in =
                        letter.content()
                                .open(
                                        part.range().bodyStart() + prefix,
                                        part.range().end() + prefix)) {
                    if (folded(PartText.read(part, in::read, PART_OCTETS)).contains(wanted)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
