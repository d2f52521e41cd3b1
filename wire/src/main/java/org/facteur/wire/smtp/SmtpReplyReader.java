package org.facteur.wire.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.facteur.wire.report.EnhancedStatus;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Reads a server's replies. Any thread.
public final class SmtpReplyReader {
    private static final String RULE = "RFC 5321 §4.2";

    private final int lineLimit;
    private final int mostLines;

    /// @param lineLimit octets in a line; RFC 5321 §4.5.3.1.5 asks for 510
    /// @param mostLines lines in a reply
    public SmtpReplyReader(int lineLimit, int mostLines) {
        this.lineLimit = lineLimit;
        this.mostLines = mostLines;
    }

    // Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF
    /// Reads one whole reply. Controls in its text are dropped.
    ///
    /// @throws SyntaxFault for anything that is no reply, or too long a one
    /// @throws org.facteur.wire.text.LineFault for broken lines
    /// @throws EOFException when the server ends before the reply does
    public SmtpReply read(LineReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        int code = 0;
        while (true) {
            byte[] line = in.readLine(lineLimit);
            if (line == null) {
                throw new EOFException("the server has gone");
            }
            int own = code(line);
            if (lines.isEmpty()) {
                code = own;
            } else if (own != code) {
                throw SyntaxFault.at(0, "one code on all lines", RULE);
            }
            if (lines.size() == mostLines) {
                throw new SyntaxFault(-1, "a shorter reply", null);
            }
            lines.add(text(line));
            if (line.length == 3 || line[3] == ' ') {
                return reply(code, lines);
            }
        }
    }

    // Reply-code = %x32-35 %x30-35 %x30-39
    private static int code(byte[] line) {
        boolean fits =
                line.length >= 3
                        && line[0] >= '2'
                        && line[0] <= '5'
                        && digit(line[1])
                        && digit(line[2])
                        && (line.length == 3 || line[3] == ' ' || line[3] == '-');
        if (!fits) {
            throw SyntaxFault.at(0, "a reply code", RULE);
        }
        return (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static String text(byte[] line) {
        if (line.length <= 4) {
            return "";
        }
        String text = MailCharsets.decodeUndeclared(line, 4, line.length);
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .limit(SmtpReply.LONGEST_LINE / 2)
                .map(point -> point == '\t' ? ' ' : point)
                .filter(point -> !Character.isISOControl(point))
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /// Takes the enhanced status off, where the first line has one of the code's class.
    private static SmtpReply reply(int code, List<String> lines) {
        EnhancedStatus status = status(code, lines.getFirst());
        if (status == null) {
            return new SmtpReply(code, null, lines);
        }
        String prefix = status.toString();
        List<String> bare =
                lines.stream()
                        .map(
                                line ->
                                        line.startsWith(prefix)
                                                ? line.substring(prefix.length()).strip()
                                                : line)
                        .toList();
        return new SmtpReply(code, status, bare);
    }

    // statuscode = status-class "." status-subject "." status-detail
    private static @Nullable EnhancedStatus status(int code, String line) {
        int blank = line.indexOf(' ');
        String first = blank < 0 ? line : line.substring(0, blank);
        if (first.length() < 5 || first.charAt(0) != '0' + code / 100 || code / 100 == 3) {
            return null;
        }
        try {
            return EnhancedStatus.parse(first);
        } catch (SyntaxFault none) {
            return null;
        }
    }
}
