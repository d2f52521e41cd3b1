package org.facteur.wire.sieve;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Cuts a script into tokens (RFC 5228 §8.1). Lines end with CRLF or LF.
final class Lexer {
    private static final long LARGEST = Long.MAX_VALUE >> 2;

    private final String script;
    private int at;
    private int line = 1;
    private int lineStart;

    Lexer(byte[] octets, SieveLimits limits) {
        Position start = new Position(1, 1);
        if (octets.length > limits.scriptOctets()) {
            throw new ScriptFault(
                    start, SieveComplaint.TOO_LARGE, Integer.toString(limits.scriptOctets()));
        }
        String text = decode(octets, start);
        script = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (script.indexOf('\0') >= 0) {
            throw new ScriptFault(start, SieveComplaint.NOT_UTF8, "");
        }
    }

    private static String decode(byte[] octets, Position start) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException _) {
            throw new ScriptFault(start, SieveComplaint.NOT_UTF8, "");
        }
    }

    // white-space = 1*(SP / CRLF / HTAB) / comment
    Token next() {
        skipBlanks();
        Position start = here();
        if (at >= script.length()) {
            return new Token(Token.Kind.END, "", 0, start);
        }
        char c = script.charAt(at);
        if ("{}()[],;".indexOf(c) >= 0) {
            at++;
            return new Token(Token.Kind.MARK, String.valueOf(c), 0, start);
        }
        if (c == '"') {
            return quoted(start);
        }
        if (c >= '0' && c <= '9') {
            return number(start);
        }
        if (c == ':' && at + 1 < script.length() && startsWord(script.charAt(at + 1))) {
            at++;
            return new Token(Token.Kind.TAG, word(), 0, start);
        }
        if (startsWord(c)) {
            String word = word();
            if (word.equals("text") && at < script.length() && script.charAt(at) == ':') {
                at++;
                return multiLine(start);
            }
            return new Token(Token.Kind.IDENTIFIER, word, 0, start);
        }
        throw new ScriptFault(start, SieveComplaint.UNEXPECTED, "“" + shown(c) + "”");
    }

    private static String shown(char c) {
        return Character.isISOControl(c) || Character.isSurrogate(c) ? "?" : String.valueOf(c);
    }

    Position here() {
        return new Position(line, at - lineStart + 1);
    }

    // comment = bracket-comment / hash-comment
    private void skipBlanks() {
        while (at < script.length()) {
            char c = script.charAt(at);
            if (c == '\n') {
                newLine();
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (c == '#') {
                skipLine();
            } else if (script.startsWith("/*", at)) {
                skipBracketed();
            } else {
                return;
            }
        }
    }

    private void newLine() {
        at++;
        line++;
        lineStart = at;
    }

    private void skipLine() {
        while (at < script.length() && script.charAt(at) != '\n') {
            at++;
        }
    }

    // bracket-comment = "/*" *not-star 1*STAR *(not-star-slash *not-star 1*STAR) "/"
    private void skipBracketed() {
        Position start = here();
        int end = script.indexOf("*/", at + 2);
        if (end < 0) {
            throw new ScriptFault(start, SieveComplaint.UNENDED_COMMENT, "");
        }
        while (at < end) {
            if (script.charAt(at) == '\n') {
                newLine();
            } else {
                at++;
            }
        }
        at = end + 2;
    }

    private static boolean startsWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    // identifier = (ALPHA / "_") *(ALPHA / DIGIT / "_")
    private String word() {
        int from = at;
        while (at < script.length()
                && (startsWord(script.charAt(at))
                        || (script.charAt(at) >= '0' && script.charAt(at) <= '9'))) {
            at++;
        }
        return script.substring(from, at).toLowerCase(Locale.ROOT);
    }

    // number = 1*DIGIT [ QUANTIFIER ]
    private Token number(Position start) {
        int from = at;
        long value = 0;
        while (at < script.length() && script.charAt(at) >= '0' && script.charAt(at) <= '9') {
            value = value * 10 + (script.charAt(at) - '0');
            if (value > LARGEST / 10) {
                throw tooLarge(start, from);
            }
            at++;
        }
        if (at < script.length()) {
            int shift =
                    switch (script.charAt(at)) {
                        case 'k', 'K' -> 10;
                        case 'm', 'M' -> 20;
                        case 'g', 'G' -> 30;
                        default -> 0;
                    };
            if (shift > 0) {
                at++;
                if (value > LARGEST >> shift) {
                    throw tooLarge(start, from);
                }
                value <<= shift;
            }
            if (at < script.length() && startsWord(script.charAt(at))) {
                throw new ScriptFault(
                        here(), SieveComplaint.UNEXPECTED, "“" + script.charAt(at) + "”");
            }
        }
        return new Token(Token.Kind.NUMBER, "", value, start);
    }

    private ScriptFault tooLarge(Position start, int from) {
        return new ScriptFault(
                start,
                SieveComplaint.NUMBER_TOO_LARGE,
                script.substring(from, Math.min(at + 1, script.length())));
    }

    // quoted-string = DQUOTE quoted-text DQUOTE
    private Token quoted(Position start) {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < script.length()) {
            char c = script.charAt(at);
            if (c == '"') {
                at++;
                return new Token(Token.Kind.STRING, text.toString(), 0, start);
            }
            if (c == '\\' && at + 1 < script.length()) {
                at++;
                c = script.charAt(at);
            }
            append(text, c);
        }
        throw new ScriptFault(start, SieveComplaint.UNENDED_TEXT, "\"");
    }

    /// Line ends in texts are CRLF whatever the script has.
    private void append(StringBuilder text, char c) {
        if (c == '\n') {
            if (text.isEmpty() || text.charAt(text.length() - 1) != '\r') {
                text.append('\r');
            }
            text.append('\n');
            newLine();
        } else {
            text.append(c);
            at++;
        }
    }

    // multi-line = "text:" *(SP / HTAB) (hash-comment / CRLF)
    //              *(multiline-literal / multiline-dotstart) "." CRLF
    private Token multiLine(Position start) {
        while (at < script.length() && " \t\r".indexOf(script.charAt(at)) >= 0) {
            at++;
        }
        if (at < script.length() && script.charAt(at) == '#') {
            skipLine();
        }
        if (at >= script.length() || script.charAt(at) != '\n') {
            throw new ScriptFault(here(), SieveComplaint.UNENDED_TEXT, "“.”");
        }
        newLine();
        StringBuilder text = new StringBuilder();
        while (at < script.length()) {
            int end = script.indexOf('\n', at);
            int stop = end < 0 ? script.length() : end;
            int trimmed = stop > at && script.charAt(stop - 1) == '\r' ? stop - 1 : stop;
            if (trimmed == at + 1 && script.charAt(at) == '.') {
                at = stop;
                return new Token(Token.Kind.STRING, text.toString(), 0, start);
            }
            if (end < 0) {
                break;
            }
            boolean stuffed = script.startsWith("..", at);
            text.append(script, stuffed ? at + 1 : at, trimmed).append("\r\n");
            at = stop;
            newLine();
        }
        throw new ScriptFault(start, SieveComplaint.UNENDED_TEXT, "“.”");
    }
}
