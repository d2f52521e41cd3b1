package org.facteur.wire.text;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Base64 where the grammar is strict: SASL, digests, tokens; and the encoder for letters.
public final class Base64Text {
    private static final byte[] CRLF = {'\r', '\n'};

    private Base64Text() {}

    // base64 = *(4base64-char) [base64-terminal]
    /// Decodes one whole value: full groups, right padding, zero bits behind the last octet, no
    /// blanks.
    ///
    /// @throws SyntaxFault for anything else (RFC 4648 §3.3, RFC 4648 §3.5)
    public static byte[] decodeStrict(byte[] text) {
        if ((text.length & 3) != 0) {
            throw SyntaxFault.at(text.length, "whole groups of base64", "RFC 4648 §4");
        }
        byte[] plain;
        try {
            plain = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw SyntaxFault.at(0, "base64", "RFC 4648 §4");
        }
        if (!java.util.Arrays.equals(Base64.getEncoder().encode(plain), text)) {
            throw SyntaxFault.at(text.length, "base64 without stray bits", "RFC 4648 §3.5");
        }
        return plain;
    }

    /// One line without breaks.
    public static String encode(byte[] plain) {
        return new String(Base64.getEncoder().encode(plain), StandardCharsets.ISO_8859_1);
    }

    /// Lines of 76 characters, each ended by CRLF (RFC 2045 §6.8).
    public static void encodeLines(byte[] plain, OctetSink sink) {
        byte[] lines = Base64.getMimeEncoder(76, CRLF).encode(plain);
        sink.accept(lines, 0, lines.length);
        if (lines.length > 0) {
            sink.accept(CRLF, 0, 2);
        }
    }

    /// Decodes as letters need it: junk skipped, never a fault.
    public static byte[] decodeTolerant(byte[] text) {
        OctetBuffer plain = new OctetBuffer(text.length);
        Base64Decoder decoder = new Base64Decoder();
        decoder.decode(text, 0, text.length, plain);
        decoder.finish(plain);
        return plain.toArray();
    }
}
