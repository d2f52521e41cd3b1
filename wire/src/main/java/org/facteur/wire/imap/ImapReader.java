package org.facteur.wire.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Reads what a server says, response by response, for our own client and for tests, which let
/// every answer of ours pass through it. Strict: no leniency. Used by one thread.
public final class ImapReader {
    private static final ImapLimits.Grammars GRAMMAR =
            new ImapLimits.Grammars(100, 1, 100_000, 64, 4096, 1000, 10_000);

    private final LineReader lines;
    private final int lineOctets;
    private final int responseOctets;
    private boolean utf8;

    /// @param lines the connection, belonging to the caller
    /// @param lineOctets the longest line, without its CRLF
    /// @param responseOctets the largest response, its literals included; they are kept in memory
    public ImapReader(LineReader lines, int lineOctets, int responseOctets) {
        if (lineOctets < 1 || responseOctets < lineOctets) {
            throw new IllegalArgumentException("limits out of range");
        }
        this.lines = lines;
        this.lineOctets = lineOctets;
        this.responseOctets = responseOctets;
    }

    /// Changes how names and strings are read, after ENABLE; see [ImapDialect#utf8()].
    public void utf8(boolean on) {
        utf8 = on;
    }

    /// Reads one response.
    ///
    /// @return null when the server ended between two responses
    /// @throws SyntaxFault when it breaks the grammar; the connection is in step still
    /// @throws LineFault when a line breaks the framing rules
    /// @throws IOException when the connection ended inside a response, or the response is too
    ///   large: the connection must end
    public @Nullable ImapResponse read() throws IOException {
        byte[] line = lines.readLine(lineOctets);
        if (line == null) {
            return null;
        }
        LiteralMark mark = LiteralMark.find(line);
        if (mark == null) {
            return parse(line, utf8);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (true) {
            whole.write(line);
            if (mark == null) {
                return parse(whole.toByteArray(), utf8);
            }
            if (mark.size() > responseOctets - whole.size()) {
                throw new IOException("a response over " + responseOctets + " octets");
            }
            byte[] literal = new byte[(int) mark.size()];
            lines.readFully(literal, 0, literal.length);
            whole.write('\r');
            whole.write('\n');
            whole.write(literal);
            line = lines.readLine(Math.max(1, Math.min(lineOctets, responseOctets - whole.size())));
            if (line == null) {
                throw new IOException("ended inside a response");
            }
            mark = LiteralMark.find(line);
        }
    }

    /// Reads one response held in memory.
    ///
    /// @param octets its lines joined by CRLF, literals in their places, no CRLF at the end
    /// @throws SyntaxFault when it breaks the grammar
    public static ImapResponse parse(byte[] octets, boolean utf8) {
        return new ResponseParser(new ImapCursor(octets, GRAMMAR, ImapDialect.strict(utf8)))
                .response();
    }
}
