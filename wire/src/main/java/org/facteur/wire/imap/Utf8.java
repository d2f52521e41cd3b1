package org.facteur.wire.imap;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.facteur.wire.text.SyntaxFault;

/// UTF-8 read strictly: no overlong forms, no surrogates.
final class Utf8 {
    private Utf8() {}

    /// @param offset where to say the fault is
    static String decode(byte[] raw, int offset) {
        CharBuffer chars = CharBuffer.allocate(raw.length);
        boolean malformed =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(raw), chars, true)
                        .isError();
        if (malformed) {
            throw SyntaxFault.at(offset, "well-formed UTF-8", "RFC 3629 §3");
        }
        return chars.flip().toString();
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
