package org.facteur.wire.mime;

import java.nio.charset.StandardCharsets;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// Writes the strings of ENVELOPE and BODYSTRUCTURE (RFC 9051 §4.3).
final class ImapStrings {
    private static final int LONGEST_QUOTED = 1000;

    private ImapStrings() {}

    // nstring = string / nil
    static void nstring(byte @Nullable [] octets, OctetBuffer out) {
        if (octets == null) {
            out.appendLatin1("NIL");
        } else {
            string(octets, out);
        }
    }

    static void nstring(@Nullable Octets octets, OctetBuffer out) {
        nstring(octets == null ? null : octets.toArray(), out);
    }

    static void ascii(String text, OctetBuffer out) {
        string(text.getBytes(StandardCharsets.ISO_8859_1), out);
    }

    // string = quoted / literal    literal = "{" number64 "}" CRLF *CHAR8
    static void string(byte[] octets, OctetBuffer out) {
        if (quotable(octets)) {
            out.append('"');
            out.accept(octets, 0, octets.length);
            out.append('"');
            return;
        }
        OctetBuffer plain = new OctetBuffer(octets.length);
        for (byte b : octets) {
            if (b != 0) {
                plain.append(b);
            }
        }
        out.appendLatin1("{" + plain.size() + "}\r\n").append(plain.toOctets());
    }

    private static boolean quotable(byte[] octets) {
        for (byte b : octets) {
            if ((b < ' ' && b != '\t') || b == 0x7F || b == '"' || b == '\\') {
                return false;
            }
        }
        return octets.length <= LONGEST_QUOTED;
    }
}
