package org.facteur.wire.address;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.facteur.wire.text.SyntaxFault;

/// A mailbox as SMTP has it: `local@domain`.
///
/// Equality compares the local part as written and the domain in its canonical form.
public record EmailAddress(LocalPart local, Domain domain) {
    private static final int LONGEST = 254;
    private static final String RULE = "RFC 5321 §4.1.2";

    public EmailAddress {
        int octets =
                local.toString().getBytes(StandardCharsets.UTF_8).length
                        + 1
                        + domain.name().length();
        if (octets > LONGEST) {
            throw SyntaxFault.at(0, "an address of at most 254 octets", "RFC 5321 §4.5.3.1.3");
        }
    }

    // Mailbox = Local-part "@" ( Domain / address-literal )    Local-part = Dot-string /
    // Quoted-string
    /// Reads a whole mailbox, nothing around it: no angle brackets, comments, blanks or route.
    ///
    /// @throws SyntaxFault for anything else
    public static EmailAddress parse(String text) {
        if (text.length() > 4 * LONGEST) {
            throw SyntaxFault.at(0, "an address of at most 254 octets", "RFC 5321 §4.5.3.1.3");
        }
        StringBuilder local = new StringBuilder();
        int at = text.startsWith("\"") ? quotedString(text, local) : dotString(text, local);
        if (at >= text.length() || text.charAt(at) != '@') {
            throw SyntaxFault.at(at, "@", RULE);
        }
        return new EmailAddress(
                LocalPart.of(local.toString()), Domain.parse(text.substring(at + 1)));
    }

    /// As [#parse(String)], from UTF-8.
    ///
    /// @throws SyntaxFault also where the octets are not UTF-8
    public static EmailAddress parse(byte[] octets) {
        try {
            return parse(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
        } catch (CharacterCodingException _) {
            throw SyntaxFault.at(0, "UTF-8", "RFC 6531 §3.3");
        }
    }

    /// Whether SMTPUTF8 is needed to carry it. The domain never needs it: it has its A-labels.
    public boolean isInternational() {
        return local.isInternational();
    }

    /// For people: the domain with U-labels.
    public String toUnicode() {
        return local + "@" + domain.toUnicode();
    }

    /// As SMTP writes it, without angle brackets.
    @Override
    public String toString() {
        return local + "@" + domain.name();
    }

    // Dot-string = Atom *("." Atom)
    private static int dotString(String text, StringBuilder local) {
        int i = 0;
        boolean atomNeeded = true;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '.' ? atomNeeded : !LocalPart.atext(c)) {
                break;
            }
            atomNeeded = c == '.';
            local.append(c);
            i++;
        }
        if (atomNeeded) {
            throw SyntaxFault.at(i, "an atom", RULE);
        }
        return i;
    }

    // Quoted-string = DQUOTE *QcontentSMTP DQUOTE    QcontentSMTP = qtextSMTP / quoted-pairSMTP
    private static int quotedString(String text, StringBuilder local) {
        int i = 1;
        while (i < text.length() && text.charAt(i) != '"') {
            if (text.charAt(i) == '\\') {
                i++;
                if (i < text.length() && text.charAt(i) > 0x7E) {
                    throw SyntaxFault.at(i, "an ASCII character behind the backslash", RULE);
                }
            }
            if (i < text.length()) {
                local.append(text.charAt(i++));
            }
        }
        if (i >= text.length()) {
            throw SyntaxFault.at(i, "a closing quote", RULE);
        }
        return i + 1;
    }
}
