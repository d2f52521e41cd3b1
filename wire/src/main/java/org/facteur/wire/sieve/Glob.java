package org.facteur.wire.sieve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A pattern of `:matches` (RFC 5228 §2.7.1): `*` is any characters, as few as possible, `?` one, a
/// backslash takes a character as it is.
///
/// Pieces between stars are looked for from left to right and never again, so that no pattern takes
/// longer than its length times the text's, and each comparison is paid from the run's budget.
final class Glob {
    private static final int ANY = -1;

    private final List<int[]> pieces = new ArrayList<>();
    private final SieveComparator comparator;

    Glob(String pattern, SieveComparator comparator) {
        this.comparator = comparator;
        int[] points = comparator.composed(pattern).codePoints().toArray();
        int[] piece = new int[points.length];
        int length = 0;
        for (int i = 0; i < points.length; i++) {
            int point = points[i];
            if (point == '*') {
                pieces.add(Arrays.copyOf(piece, length));
                length = 0;
            } else if (point == '?') {
                piece[length++] = ANY;
            } else {
                if (point == '\\' && i + 1 < points.length) {
                    i++;
                    point = points[i];
                }
                piece[length++] = comparator.fold(point);
            }
        }
        pieces.add(Arrays.copyOf(piece, length));
    }

    /// What the wildcards stand for, the whole text first; empty when the text does not match.
    Optional<List<String>> match(String text, Budget budget) {
        int[] plain = comparator.composed(text).codePoints().toArray();
        int[] folded = new int[plain.length];
        for (int i = 0; i < plain.length; i++) {
            folded[i] = comparator.fold(plain[i]);
        }
        budget.characters(plain.length);
        int[] places = places(folded, budget);
        if (places.length == 0) {
            return Optional.empty();
        }
        List<String> found = new ArrayList<>();
        found.add(text);
        int behind = 0;
        for (int p = 0; p < pieces.size(); p++) {
            if (p > 0) {
                found.add(new String(plain, behind, places[p] - behind));
            }
            int[] piece = pieces.get(p);
            for (int i = 0; i < piece.length; i++) {
                if (piece[i] == ANY) {
                    found.add(new String(plain, places[p] + i, 1));
                }
            }
            behind = places[p] + piece.length;
        }
        return Optional.of(found);
    }

    /// Where each piece begins; none when one is not there.
    private int[] places(int[] text, Budget budget) {
        int[] places = new int[pieces.size()];
        int last = pieces.size() - 1;
        int end = text.length - pieces.get(last).length;
        int[] first = pieces.getFirst();
        if (end < 0 || (last == 0 && end != 0) || first.length > text.length) {
            return new int[0];
        }
        if (!fits(first, text, 0, budget)) {
            return new int[0];
        }
        int from = first.length;
        for (int p = 1; p < last; p++) {
            int[] piece = pieces.get(p);
            while (from + piece.length <= end && !fits(piece, text, from, budget)) {
                from++;
            }
            if (from + piece.length > end) {
                return new int[0];
            }
            places[p] = from;
            from += piece.length;
        }
        if (last > 0) {
            if (end < from || !fits(pieces.get(last), text, end, budget)) {
                return new int[0];
            }
            places[last] = end;
        }
        return places;
    }

    private static boolean fits(int[] piece, int[] text, int at, Budget budget) {
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] != ANY && piece[i] != text[at + i]) {
                budget.characters(i + 1L);
                return false;
            }
        }
        budget.characters(piece.length + 1L);
        return true;
    }
}
