package org.facteur.wire.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facteur.wire.mime.Part;

/// What body tests look at (RFC 5173 §5), within a run's limit of octets. Used by one thread.
final class Bodies {
    private final SieveLetter letter;
    private final int most;
    private final Budget budget;

    Bodies(SieveLetter letter, int most, Budget budget) {
        this.letter = letter;
        this.most = most;
        this.budget = budget;
    }

    /// The body as it lies.
    List<String> raw() {
        long start = letter.anatomy().root().range().bodyStart();
        String raw = letter.raw(start, letter.anatomy().size(), most);
        budget.characters(raw.length());
        return List.of(raw);
    }

    /// All text parts as a person reads them.
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        int left = most;
        for (Part part : letter.anatomy().parts()) {
            budget.characters(10);
            if (part.type().isText() && part.isLeaf() && left > 0) {
                String text = letter.text(part, left);
                left -= text.length();
                budget.characters(text.length());
                texts.add(text);
            }
        }
        return texts;
    }

    /// Parts of some types, decoded.
    ///
    /// @param types `text`, `text/html`, or empty for all
    List<String> content(List<String> types) {
        List<String> values = new ArrayList<>();
        int left = most;
        for (Part part : letter.anatomy().parts()) {
            budget.characters(10);
            if (left <= 0 || types.stream().noneMatch(type -> fits(part, type))) {
                continue;
            }
            for (String value : values(part, left)) {
                left -= value.length();
                budget.characters(value.length());
                values.add(value);
            }
        }
        return values;
    }

    /// RFC 5173 §5.2: of multiparts only what stands around the parts, of letters the header.
    private List<String> values(Part part, int left) {
        if (part.isLeaf()) {
            return List.of(letter.content(part, left));
        }
        List<Part> children = letter.anatomy().childrenOf(part);
        if (children.isEmpty()) {
            return List.of(letter.raw(part.range().bodyStart(), part.range().end(), left));
        }
        Part first = children.getFirst();
        if (part.type().isMessage()) {
            return List.of(
                    letter.raw(first.range().headerStart(), first.range().bodyStart(), left));
        }
        return List.of(
                letter.raw(part.range().bodyStart(), first.range().headerStart(), left),
                letter.raw(children.getLast().range().end(), part.range().end(), left));
    }

    private static boolean fits(Part part, String wanted) {
        String type = wanted.toLowerCase(Locale.ROOT);
        if (type.isEmpty()) {
            return true;
        }
        int slash = type.indexOf('/');
        if (slash < 0) {
            return part.type().type().equals(type);
        }
        // Two slashes, or one at an end, fit nothing.
        return slash > 0
                && slash < type.length() - 1
                && type.indexOf('/', slash + 1) < 0
                && part.type().toString().equals(type);
    }
}
