package org.facteur.wire.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.facteur.wire.text.SyntaxFault;

/// A place in one command line.
final class SmtpCursor {
    private static final String RULE = "RFC 5321 §4.1.2";

    private final byte[] line;
    private final int end;
    private int at;

    SmtpCursor(byte[] line) {
        this.line = line;
        int last = line.length;
        while (last > 0 && blank(line[last - 1])) {
            last--;
        }
        this.end = last;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at >= end;
    }

    /// The next octet, or -1 at the end.
    int peek() {
        return at < end ? line[at] & 0xFF : -1;
    }

    void skip() {
        at++;
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }

    boolean skipBlanks() {
        int from = at;
        while (at < end && blank(line[at])) {
            at++;
        }
        return at > from;
    }

    /// Letters, digits and hyphens, in upper case; may be empty.
    String word() {
        int from = at;
        while (at < end && wordOctet(line[at])) {
            at++;
        }
        return new String(line, from, at - from, StandardCharsets.US_ASCII)
                .toUpperCase(Locale.ROOT);
    }

    private static boolean wordOctet(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '_';
    }

    /// Octets up to the next blank, as they are.
    byte[] untilBlank() {
        int from = at;
        while (at < end && !blank(line[at])) {
            at++;
        }
        return java.util.Arrays.copyOfRange(line, from, at);
    }

    /// Takes what must stand here, in any case.
    void expect(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= end
                    || Character.toUpperCase((char) (line[at + i] & 0xFF)) != text.charAt(i)) {
                throw SyntaxFault.at(at + i, text, "RFC 5321 §4.1.1");
            }
        }
        at += text.length();
    }

    /// Takes a path in its brackets, quoted strings heeded, and gives what is in them.
    byte[] bracketed() {
        int from = ++at;
        boolean quoted = false;
        while (at < end) {
            byte b = line[at];
            if (quoted && b == '\\') {
                at++;
            } else if (b == '"') {
                quoted = !quoted;
            } else if (b == '>' && !quoted) {
                return java.util.Arrays.copyOfRange(line, from, at++);
            }
            at++;
        }
        throw SyntaxFault.at(end, "a closing bracket", RULE);
    }

    void expectEnd() {
        skipBlanks();
        if (at < end) {
            throw SyntaxFault.at(at, "the end of the command", "RFC 5321 §4.1.1");
        }
    }

    static String utf8(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException _) {
            throw SyntaxFault.at(0, "UTF-8", "RFC 6531 §3.3");
        }
    }

    static boolean ascii(byte[] octets) {
        for (byte b : octets) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }
}
