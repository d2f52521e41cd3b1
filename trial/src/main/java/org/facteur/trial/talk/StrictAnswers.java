package org.facteur.trial.talk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.facteur.wire.imap.ImapReader;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.text.SyntaxFault;

/// Reads all an IMAP server says by the strict grammar, beside whatever a transcript expects. One
/// connection, one thread.
final class StrictAnswers {
    private final ByteArrayOutputStream response = new ByteArrayOutputStream();
    private int lineStart;
    private long literalLeft;
    private boolean utf8;

    /// Takes the next octet.
    ///
    /// @throws AssertionError when it ends a response that is none
    void take(int octet) {
        response.write(octet);
        if (literalLeft > 0) {
            literalLeft--;
            if (literalLeft == 0) {
                lineStart = response.size();
            }
            return;
        }
        if (octet != '\n') {
            return;
        }
        byte[] whole = response.toByteArray();
        long literal = literal(whole, lineStart, whole.length - 2);
        lineStart = whole.length;
        if (literal > 0) {
            literalLeft = literal;
        } else if (literal < 0) {
            read(new String(whole, 0, whole.length - 2, StandardCharsets.ISO_8859_1));
            response.reset();
            lineStart = 0;
        }
    }

    /// The size of the literal that a line announces, or -1.
    private static long literal(byte[] octets, int from, int to) {
        if (to <= from || octets[to - 1] != '}') {
            return -1;
        }
        long size = 0;
        long unit = 1;
        int at = to - 2;
        while (at >= from && octets[at] >= '0' && octets[at] <= '9') {
            size += unit * (octets[at--] - '0');
            unit *= 10;
        }
        return at >= from && octets[at] == '{' && unit > 1 ? size : -1;
    }

    private void read(String text) {
        try {
            ImapResponse read = ImapReader.parse(text.getBytes(StandardCharsets.ISO_8859_1), utf8);
            if (read instanceof ImapResponse.Enabled(var capabilities)) {
                utf8 |= capabilities.contains("IMAP4rev2") || capabilities.contains("UTF8=ACCEPT");
            }
        } catch (SyntaxFault broken) {
            throw new AssertionError("no response of IMAP: " + text, broken);
        }
    }
}
