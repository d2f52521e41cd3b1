package org.facteur.wire.sasl;

import java.util.ArrayList;
import java.util.List;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.SyntaxFault;

/// The attributes SCRAM messages are made of (RFC 5802 §7).
final class ScramText {
    private static final String RULE = "RFC 5802 §7";
    private static final int MOST_ATTRIBUTES = 16;
    private static final int LONGEST_NONCE = 256;

    private ScramText() {}

    // attr-val = ALPHA "=" value    scram messages are attr-val *("," attr-val)
    /// Splits at commas.
    ///
    /// @throws SyntaxFault for more attributes than any message has
    static List<String> split(String message) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (true) {
            int comma = message.indexOf(',', from);
            if (parts.size() == MOST_ATTRIBUTES) {
                throw SyntaxFault.at(from, "fewer attributes", RULE);
            }
            if (comma < 0) {
                parts.add(message.substring(from));
                return parts;
            }
            parts.add(message.substring(from, comma));
            from = comma + 1;
        }
    }

    /// The value of an attribute that must have this letter. A mandatory extension stands where
    /// something else is expected and is refused by that (RFC 5802 §5.1).
    static String value(String part, char letter) {
        if (part.length() < 2 || part.charAt(0) != letter || part.charAt(1) != '=') {
            throw SyntaxFault.at(0, letter + "=", RULE);
        }
        return part.substring(2);
    }

    /// Further attributes are allowed and mean nothing.
    static void checkExtension(String part) {
        boolean letter =
                part.length() > 1
                        && ((part.charAt(0) >= 'a' && part.charAt(0) <= 'z')
                                || (part.charAt(0) >= 'A' && part.charAt(0) <= 'Z'));
        if (!letter || part.charAt(0) == 'm' || part.charAt(1) != '=') {
            throw SyntaxFault.at(0, "an optional extension", RULE);
        }
    }

    // saslname = 1*(value-safe-char / "=2C" / "=3D")
    static String decodeName(String encoded) {
        StringBuilder name = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '=') {
                name.append(c);
            } else if (encoded.startsWith("=2C", i)) {
                name.append(',');
                i += 2;
            } else if (encoded.startsWith("=3D", i)) {
                name.append('=');
                i += 2;
            } else {
                throw SyntaxFault.at(i, "=2C or =3D", RULE);
            }
        }
        return SaslText.name(name.toString());
    }

    static String encodeName(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    // printable = %x21-2B / %x2D-7E    c-nonce = printable
    static String nonce(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NONCE) {
            throw SyntaxFault.at(0, "a nonce of 1 to 256 characters", RULE);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x21 || c > 0x7E || c == ',') {
                throw SyntaxFault.at(i, "a printable character", RULE);
            }
        }
        return text;
    }

    static byte[] base64(String text) {
        return Base64Text.decodeStrict(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
