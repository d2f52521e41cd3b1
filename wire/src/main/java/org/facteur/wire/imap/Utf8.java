package org.facteur.wire.imap;

import java.nio.charset.StandardCharsets;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.SyntaxFault;

/// UTF-8 read strictly: no overlong forms, no surrogates.
final class Utf8 {
    private Utf8() {}

    /// @param offset where to say the fault is
    static String decode(byte[] raw, int offset) {
        if (!MailCharsets.isUtf8(raw, 0, raw.length)) {
            throw SyntaxFault.at(offset, "well-formed UTF-8", "RFC 3629 §3");
        }
        return new String(raw, StandardCharsets.UTF_8);
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }
}
