package org.facteur.wire.pop3;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.OctetSink;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Reads a server's replies, as a client: for tests and migration. One thread.
public final class Pop3ReplyReader {
    private static final String RULE = "RFC 1939 §3";
    private static final int STEP = 4096;

    private final LineReader in;
    private final Pop3Limits limits;

    public Pop3ReplyReader(LineReader in, Pop3Limits limits) {
        this.in = in;
        this.limits = limits;
    }

    // response = "+OK" [SP text] CRLF / "-ERR" [SP [resp-code SP] text] CRLF / "+" SP base64 CRLF
    /// Reads the first line of a reply: [Pop3Reply.Ok], [Pop3Reply.Err] or [Pop3Reply.Challenge].
    ///
    /// @throws SyntaxFault when it is none of these
    /// @throws EOFException when the server has ended
    public Pop3Reply readReply() throws IOException {
        byte[] line = in.readLine(limits.replyOctets());
        if (line == null) {
            throw new EOFException("the server has ended");
        }
        return parse(line);
    }

    /// Reads the first line of a reply, without its CRLF.
    ///
    /// @throws SyntaxFault when it is no such line
    public static Pop3Reply parse(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        if (begins(text, "+OK")) {
            return new Pop3Reply.Ok(rest(text, 3));
        }
        if (begins(text, "-ERR")) {
            return err(rest(text, 4));
        }
        if (begins(text, "+")) {
            return new Pop3Reply.Challenge(
                    Base64Text.decodeStrict(rest(text, 1).getBytes(StandardCharsets.ISO_8859_1)));
        }
        throw SyntaxFault.at(0, "+OK or -ERR", RULE);
    }

    private static boolean begins(String text, String status) {
        return text.startsWith(status)
                && (text.length() == status.length() || text.charAt(status.length()) == ' ');
    }

    private static String rest(String text, int from) {
        return text.length() <= from ? "" : text.substring(from + 1);
    }

    // resp-code = "[" resp-level *("/" resp-level) "]"
    private static Pop3Reply err(String rest) {
        int end = rest.indexOf(']');
        if (rest.startsWith("[") && end > 0) {
            Pop3Code code = Pop3Code.find(rest.substring(1, end)).orElse(null);
            return new Pop3Reply.Err(code, rest.substring(end + 1).strip());
        }
        return new Pop3Reply.Err(null, rest);
    }

    /// Reads a further line of a reply of several lines.
    ///
    /// @return null after the last one
    public @Nullable String readLine() throws IOException {
        byte[] line = in.readLine(limits.replyOctets());
        if (line == null) {
            throw new EOFException("the server has ended");
        }
        if (line.length == 1 && line[0] == '.') {
            return null;
        }
        int from = line.length > 0 && line[0] == '.' ? 1 : 0;
        return new String(line, from, line.length - from, StandardCharsets.ISO_8859_1);
    }

    /// Reads the lines of a letter, without the dots that were put before them, up to the line that
    /// ends the reply. Flat memory; octets are given on as they are, NUL and bare LF too.
    ///
    /// @param limitOctets more ends the reading
    /// @return how many octets the letter has
    /// @throws SyntaxFault for a letter past the limit
    public long readLetter(OctetSink sink, long limitOctets) throws IOException {
        Undotting undotting = new Undotting();
        byte[] chunk = new byte[STEP];
        byte[] plain = new byte[STEP];
        long size = 0;
        while (!undotting.ended()) {
            if (!in.await()) {
                throw new EOFException("the server has ended inside a letter");
            }
            int count = Math.min(in.buffered(), STEP);
            int used = 0;
            int kept = 0;
            while (used < count && !undotting.ended()) {
                byte octet = in.peek(used++);
                if (undotting.keeps(octet)) {
                    plain[kept++] = octet;
                }
            }
            in.readFully(chunk, 0, used);
            size += kept;
            if (size > limitOctets) {
                throw new SyntaxFault(-1, "a smaller letter", null);
            }
            sink.accept(plain, 0, kept);
        }
        return size;
    }

    /// Which octets of a reply belong to the letter. A dot at the start of a line never does; if
    /// CRLF follows it, neither does that, and the letter has ended.
    private static final class Undotting {
        private enum At {
            LINE_START,
            AFTER_DOT,
            AFTER_DOT_CR,
            IN_LINE,
            AFTER_CR,
            END
        }

        private At at = At.LINE_START;

        boolean ended() {
            return at == At.END;
        }

        boolean keeps(byte octet) {
            switch (at) {
                case LINE_START -> {
                    if (octet == '.') {
                        at = At.AFTER_DOT;
                        return false;
                    }
                    inLine(octet);
                }
                case AFTER_DOT -> {
                    if (octet == '\r') {
                        at = At.AFTER_DOT_CR;
                        return false;
                    }
                    inLine(octet);
                }
                case AFTER_DOT_CR -> {
                    if (octet != '\n') {
                        throw SyntaxFault.at(-1, "the end of the reply", RULE);
                    }
                    at = At.END;
                    return false;
                }
                case IN_LINE -> inLine(octet);
                case AFTER_CR -> {
                    if (octet == '\n') {
                        at = At.LINE_START;
                    } else {
                        inLine(octet);
                    }
                }
                case END -> throw new IllegalStateException("the letter has ended");
            }
            return true;
        }

        private void inLine(byte octet) {
            at = octet == '\r' ? At.AFTER_CR : At.IN_LINE;
        }
    }
}
