package org.facteur.wire.address;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facteur.wire.text.SyntaxFault;

/// A mail domain: a host name with A-labels, lower case and without trailing dot, or an address
/// literal.
///
/// Equality is that of the canonical name, so `EXAMPLE.org` and `example.org` are one.
///
/// @param name canonical form, ASCII: `xn--mnchen-3ya.example`, `[192.0.2.1]`, `[IPv6:2001:db8::1]`
public record Domain(String name) {
    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;

    public Domain {
        if (!canonical(name).equals(name)) {
            throw SyntaxFault.at(0, "a canonical domain", "RFC 5321 §4.1.2");
        }
    }

    // Domain = sub-domain *("." sub-domain)    address-literal = "[" ... "]"
    /// Reads a domain in any case, with U-labels or A-labels, or an address literal (RFC 5321
    /// §4.1.2, RFC 5321 §4.1.3, RFC 5890 §2.3.2.3).
    ///
    /// @throws SyntaxFault also for a trailing dot, an empty label, a label of more than 63 octets,
    ///   a name of more than 253, an A-label that is not the Punycode of a valid U-label
    public static Domain parse(String text) {
        return new Domain(canonical(text));
    }

    /// Whether this is `[…]` and not a name.
    public boolean isLiteral() {
        return name.startsWith("[");
    }

    /// The name with U-labels, to show to people.
    public String toUnicode() {
        if (isLiteral() || !name.contains("xn--")) {
            return name;
        }
        List<String> labels = new ArrayList<>();
        for (String label : split(name)) {
            labels.add(label.startsWith("xn--") ? Punycode.decode(label.substring(4)) : label);
        }
        return String.join(".", labels);
    }

    @Override
    public String toString() {
        return name;
    }

    private static String canonical(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw SyntaxFault.at(0, "a domain of 1 to 253 octets", "RFC 5321 §4.5.3.1.2");
        }
        if (text.charAt(0) == '[') {
            return AddressLiteral.canonical(text);
        }
        List<String> labels = new ArrayList<>();
        int offset = 0;
        for (String label : split(mapped(text))) {
            labels.add(label(label, offset));
            offset += label.length() + 1;
        }
        String name = String.join(".", labels);
        if (name.length() > LONGEST) {
            throw SyntaxFault.at(0, "a domain of at most 253 octets", "RFC 5321 §4.5.3.1.2");
        }
        return name;
    }

    /// Lower case, narrow forms of wide characters, NFC (RFC 5895 §2).
    private static String mapped(String text) {
        boolean ascii = true;
        for (int i = 0; i < text.length(); i++) {
            ascii &= text.charAt(i) < 0x80;
        }
        if (ascii) {
            return text.toLowerCase(Locale.ROOT);
        }
        StringBuilder narrow = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean wide = c >= 0xFF01 && c <= 0xFF5E;
            narrow.append(wide ? (char) (c - 0xFEE0) : c == 0x3002 || c == 0xFF61 ? '.' : c);
        }
        return Normalizer.normalize(
                narrow.toString().toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static List<String> split(String text) {
        List<String> labels = new ArrayList<>();
        int from = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
            labels.add(text.substring(from, dot));
            from = dot + 1;
        }
        labels.add(text.substring(from));
        return labels;
    }

    // sub-domain = Let-dig [Ldh-str] / U-label
    private static String label(String label, int offset) {
        String ascii = label;
        for (int i = 0; i < label.length(); i++) {
            if (label.charAt(i) >= 0x80) {
                InternationalLabel.check(label, offset);
                ascii = "xn--" + Punycode.encode(label);
                break;
            }
        }
        if (ascii.isEmpty() || ascii.length() > LONGEST_LABEL) {
            throw SyntaxFault.at(offset, "a label of 1 to 63 octets", "RFC 5321 §4.1.2");
        }
        for (int i = 0; i < ascii.length(); i++) {
            char c = ascii.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            boolean inner = i > 0 && i < ascii.length() - 1;
            // An underscore is no host name, but such domains exist and receive mail.
            if (!letterOrDigit && !(inner && c == '-') && c != '_') {
                throw SyntaxFault.at(
                        offset + i, "a letter, digit or inner hyphen", "RFC 5321 §4.1.2");
            }
        }
        if (ascii.startsWith("xn--") && ascii.equals(label)) {
            String unicode = Punycode.decode(ascii.substring(4));
            InternationalLabel.check(unicode, offset);
            if (!Punycode.encode(unicode).equals(ascii.substring(4))) {
                throw SyntaxFault.at(offset, "an A-label in its one form", "RFC 5891 §5.4");
            }
        } else if (ascii.equals(label) && label.startsWith("--", 2)) {
            throw SyntaxFault.at(
                    offset + 2, "no hyphens in third and fourth place", "RFC 5891 §4.2.3.1");
        }
        return ascii;
    }
}
