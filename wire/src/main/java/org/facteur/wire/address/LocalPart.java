package org.facteur.wire.address;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.facteur.wire.text.SyntaxFault;

/// What stands before the `@`, without quotes or backslashes: `"a.b"` and `a.b` are one value.
///
/// Case is kept; whether it matters is the domain's policy.
///
/// @param value 1 to 64 octets of UTF-8, NFC, no controls
public record LocalPart(String value) {
    private static final int LONGEST = 64;
    private static final String RULE = "RFC 5321 §4.1.2";

    public LocalPart {
        int octets = value.getBytes(StandardCharsets.UTF_8).length;
        if (octets == 0 || octets > LONGEST) {
            throw SyntaxFault.at(0, "a local part of 1 to 64 octets", "RFC 5321 §4.5.3.1.1");
        }
        for (int i = 0; i < value.length(); ) {
            int point = value.codePointAt(i);
            if (!allowed(point)) {
                throw SyntaxFault.at(i, "a printable character", RULE);
            }
            i += Character.charCount(point);
        }
        if (!Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
            throw SyntaxFault.at(0, "a local part in NFC", "RFC 6532 §3.1");
        }
    }

    /// A local part from its unquoted value; brought to NFC first.
    ///
    /// @throws SyntaxFault when empty, too long or with controls
    public static LocalPart of(String value) {
        return new LocalPart(Normalizer.normalize(value, Normalizer.Form.NFC));
    }

    /// Whether it can be written without quotes.
    public boolean isDotString() {
        if (value.startsWith(".") || value.endsWith(".") || value.contains("..")) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) != '.' && !atext(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Whether SMTPUTF8 is needed to carry it.
    public boolean isInternational() {
        return value.chars().anyMatch(c -> c >= 0x80);
    }

    /// The part before the first separator, or this where there is none or nothing stands before
    /// it.
    public LocalPart withoutTag(char separator) {
        int at = value.indexOf(separator);
        return at <= 0 ? this : new LocalPart(value.substring(0, at));
    }

    /// As SMTP writes it, quoted only where it must be.
    @Override
    public String toString() {
        if (isDotString()) {
            return value;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    // atext = ALPHA / DIGIT / "!" / "#" / ... / UTF8-non-ascii
    static boolean atext(char c) {
        return c >= 0x80
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }

    /// No controls, no lone surrogates, no line or direction marks.
    private static boolean allowed(int point) {
        return point >= 0x20
                && !Character.isISOControl(point)
                && !(point >= 0xD800 && point <= 0xDFFF)
                && !(point >= 0x2028 && point <= 0x202E)
                && !(point >= 0x2066 && point <= 0x2069)
                && point != 0x200E
                && point != 0x200F
                && Character.isDefined(point);
    }
}
