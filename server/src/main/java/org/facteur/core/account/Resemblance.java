package org.facteur.core.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/// What is left of a local part when everything a hurried reader does not see is taken away. Two
/// local parts with the same rest are taken for each other; it is only compared, never shown.
///
/// The fold: compatibility forms (NFKD), case, accents and other marks; Greek and Cyrillic letters
/// that look like Latin ones; `0` as `o`, `1` and `|` as `l`, `rn` as `m`, `vv` as `w`. It is a
/// small part of Unicode's table of confusables (UTS 39), chosen so that what people write in
/// French and English is refused only when it stands beside its double.
final class Resemblance {
    /// Letters of other scripts, and the Latin ones they are taken for.
    private static final Map<Integer, Character> TWINS = twins();

    private Resemblance() {}

    static String of(String local) {
        String plain = Normalizer.normalize(local, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        StringBuilder rest = new StringBuilder(plain.length());
        plain.codePoints()
                .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
                .filter(point -> Character.getType(point) != Character.FORMAT)
                .forEach(
                        point -> {
                            Character twin = TWINS.get(point);
                            if (twin == null) {
                                rest.appendCodePoint(point);
                            } else {
                                rest.append(twin.charValue());
                            }
                        });
        return rest.toString().replace("rn", "m").replace("vv", "w");
    }

    private static Map<Integer, Character> twins() {
        String foreign = "аеорсухіјѕһԁӏԛԝкмтвнгαονρτυικηχωγ01|ıłøßđ";
        String latin = "aeopcyxijshdlqwkmtbhraovptuiknxwyoll" + "ilosd";
        Map<Integer, Character> twins = new java.util.HashMap<>();
        int[] points = foreign.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            twins.put(points[i], latin.charAt(i));
        }
        return Map.copyOf(twins);
    }
}
