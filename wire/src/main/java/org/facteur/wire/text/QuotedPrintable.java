package org.facteur.wire.text;

/// Writes quoted-printable (RFC 2045 §6.7), and decodes a whole value at once.
public final class QuotedPrintable {
    private static final int LINE = 76;
    private static final String DIGITS = "0123456789ABCDEF";

    private QuotedPrintable() {}

    /// Encodes text whose CRLF pairs are line ends; any other CR or LF is encoded as an octet.
    ///
    /// Lines have at most 76 characters; `From ` and a lone `.` at a line's start are encoded too,
    /// so that neither mbox nor SMTP changes them.
    public static void encode(byte[] text, OctetSink sink) {
        OctetBuffer out = new OctetBuffer(Integer.MAX_VALUE - 16);
        int column = 0;
        for (int i = 0; i < text.length; i++) {
            int b = text[i] & 0xFF;
            if (b == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
                out.append('\r');
                out.append('\n');
                i++;
                column = 0;
                continue;
            }
            boolean plain = plain(text, i, column);
            if (column + (plain ? 1 : 3) > LINE - 1) {
                out.appendLatin1("=\r\n");
                column = 0;
                plain = plain(text, i, 0);
            }
            if (plain) {
                out.append(b);
                column++;
            } else {
                out.append('=');
                out.append(DIGITS.charAt(b >> 4));
                out.append(DIGITS.charAt(b & 15));
                column += 3;
            }
        }
        out.toOctets().writeTo(sink);
    }

    private static boolean plain(byte[] text, int i, int column) {
        int b = text[i] & 0xFF;
        if (b == ' ' || b == '\t') {
            return i + 1 < text.length && text[i + 1] != '\r' && text[i + 1] != '\n';
        }
        if (column == 0 && (b == '.' || b == 'F')) {
            return false;
        }
        return b > 0x20 && b < 0x7F && b != '=';
    }

    public static byte[] decode(byte[] text) {
        OctetBuffer plain = new OctetBuffer(text.length);
        QuotedPrintableDecoder decoder = new QuotedPrintableDecoder();
        decoder.decode(text, 0, text.length, plain);
        decoder.finish(plain);
        return plain.toArray();
    }
}
