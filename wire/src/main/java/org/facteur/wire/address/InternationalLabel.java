package org.facteur.wire.address;

import java.text.Normalizer;
import java.util.Locale;
import org.facteur.wire.text.SyntaxFault;

/// The rules for one U-label (RFC 5891 §4.2, RFC 5892 §3, RFC 5893 §2).
final class InternationalLabel {
    private InternationalLabel() {}

    static void check(String label, int offset) {
        boolean international = false;
        for (int i = 0; i < label.length(); i++) {
            international |= label.charAt(i) >= 0x80;
        }
        if (!international
                || label.startsWith("-")
                || label.endsWith("-")
                || label.startsWith("--", 2)
                || !Normalizer.isNormalized(label, Normalizer.Form.NFC)) {
            throw fault(offset, "RFC 5891 §4.2.3");
        }
        for (int i = 0; i < label.length(); ) {
            int point = label.codePointAt(i);
            if (!allowed(label, i, point) || (i == 0 && mark(point))) {
                throw fault(offset, "RFC 5892 §3");
            }
            i += Character.charCount(point);
        }
        checkDirection(label, offset);
    }

    private static SyntaxFault fault(int offset, String section) {
        return SyntaxFault.at(offset, "a valid international label", section);
    }

    private static boolean mark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean allowed(String label, int i, int point) {
        if (point < 0x80) {
            return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9') || point == '-';
        }
        return switch (point) {
            case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007 -> true;
            case 0xB7 ->
                    i > 0
                            && i + 1 < label.length()
                            && label.charAt(i - 1) == 'l'
                            && label.charAt(i + 1) == 'l';
            case 0x375 ->
                    i + 1 < label.length()
                            && script(label.codePointAt(i + 1), Character.UnicodeScript.GREEK);
            case 0x5F3, 0x5F4 ->
                    i > 0 && script(label.codePointBefore(i), Character.UnicodeScript.HEBREW);
            case 0x30FB -> japanese(label);
            case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B ->
                    false;
            default -> letterDigit(point) && stable(point);
        };
    }

    private static boolean script(int point, Character.UnicodeScript script) {
        return Character.UnicodeScript.of(point) == script;
    }

    private static boolean japanese(String label) {
        return label.codePoints()
                .mapToObj(Character.UnicodeScript::of)
                .anyMatch(
                        script ->
                                script == Character.UnicodeScript.HIRAGANA
                                        || script == Character.UnicodeScript.KATAKANA
                                        || script == Character.UnicodeScript.HAN);
    }

    private static boolean letterDigit(int point) {
        return switch (Character.getType(point)) {
            case Character.LOWERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER ->
                    true;
            default -> false;
        };
    }

    /// Whether compatibility mapping and case folding leave the character as it is (RFC 5892 §2.2).
    private static boolean stable(int point) {
        String text = Character.toString(point);
        String once = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(once, Normalizer.Form.NFKC).equals(text);
    }

    private static void checkDirection(String label, int offset) {
        boolean right = false;
        boolean left = false;
        boolean european = false;
        boolean arabic = false;
        int last = -1;
        for (int i = 0; i < label.length(); ) {
            int point = label.codePointAt(i);
            byte direction = Character.getDirectionality(point);
            right |= rightToLeft(direction) || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
            left |= direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
            european |= direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
            arabic |= direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
            if (direction != Character.DIRECTIONALITY_NONSPACING_MARK) {
                last = direction;
            }
            i += Character.charCount(point);
        }
        if (!right) {
            return;
        }
        boolean startsRight = rightToLeft(Character.getDirectionality(label.codePointAt(0)));
        boolean endsRight =
                rightToLeft((byte) last)
                        || last == Character.DIRECTIONALITY_EUROPEAN_NUMBER
                        || last == Character.DIRECTIONALITY_ARABIC_NUMBER;
        if (!startsRight || !endsRight || left || (european && arabic)) {
            throw fault(offset, "RFC 5893 §2");
        }
    }

    private static boolean rightToLeft(byte direction) {
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
