package org.facteur.wire.pop3;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.SyntaxFault;

/// Reads commands. Any thread.
public final class Pop3Parser {
    private static final String RULE = "RFC 1939 §3";
    private static final String AUTH_RULE = "RFC 5034 §4";
    private static final int KEYWORD_LONGEST = 8;
    private static final int LANGUAGE_LONGEST = 64;
    private static final int MECHANISM_LONGEST = 20;
    private static final int DIGITS = 9;

    private final Pop3Limits limits;

    public Pop3Parser(Pop3Limits limits) {
        this.limits = limits;
    }

    // command = keyword *(SP param) CRLF
    /// Reads one line without its CRLF.
    ///
    /// @throws SyntaxFault for anything that is no command of [Pop3Command]
    public Pop3Command parse(byte[] line) {
        if (line.length > limits.commandOctets()) {
            throw new SyntaxFault(limits.commandOctets(), "a shorter line", null);
        }
        Line in = new Line(line);
        return switch (in.keyword()) {
            case "USER" -> new Pop3Command.User(in.text("a name"));
            case "PASS" -> new Pop3Command.Pass(in.text("a password"));
            case "AUTH" -> auth(in);
            case "UTF8" -> in.end(new Pop3Command.Utf8());
            case "LANG" -> lang(in);
            case "STLS" -> in.end(new Pop3Command.StartTls());
            case "CAPA" -> in.end(new Pop3Command.Capabilities());
            case "STAT" -> in.end(new Pop3Command.Status());
            case "LIST" -> new Pop3Command.Sizes(in.numberOrNone());
            case "UIDL" -> new Pop3Command.Uids(in.numberOrNone());
            case "RETR" -> in.end(new Pop3Command.Retrieve(in.letter()));
            case "DELE" -> in.end(new Pop3Command.Delete(in.letter()));
            case "TOP" -> in.end(new Pop3Command.Top(in.letter(), in.number()));
            case "RSET" -> in.end(new Pop3Command.Reset());
            case "NOOP" -> in.end(new Pop3Command.Noop());
            case "QUIT" -> in.end(new Pop3Command.Quit());
            default -> throw SyntaxFault.at(0, "a command", RULE);
        };
    }

    // lang-command = "LANG" [SP lang-range] CRLF
    private static Pop3Command lang(Line in) {
        return in.blankToEnd()
                ? new Pop3Command.Lang(null)
                : in.end(new Pop3Command.Lang(in.word(LANGUAGE_LONGEST)));
    }

    // auth-command = "AUTH" SP sasl-mech [SP initial-response] *(CRLF [base64]) [CRLF cancel] CRLF
    // initial-response = base64 / "="
    private static Pop3Command auth(Line in) {
        if (in.blankToEnd()) {
            return new Pop3Command.AuthList();
        }
        String mechanism = in.word(MECHANISM_LONGEST).toUpperCase(Locale.ROOT);
        for (int i = 0; i < mechanism.length(); i++) {
            char c = mechanism.charAt(i);
            if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) {
                throw SyntaxFault.at(5 + i, "the name of a mechanism", AUTH_RULE);
            }
        }
        if (in.blankToEnd()) {
            return new Pop3Command.Auth(mechanism, null);
        }
        String initial = in.word(Integer.MAX_VALUE);
        Pop3Command auth =
                new Pop3Command.Auth(
                        mechanism, initial.equals("=") ? new byte[0] : base64(initial));
        return in.end(auth);
    }

    /// Reads a client's line inside an AUTH exchange.
    ///
    /// @return empty when the client gives the exchange up with `*`
    /// @throws SyntaxFault when it is no base64
    public Optional<byte[]> parseResponse(byte[] line) {
        if (line.length > limits.responseOctets()) {
            throw new SyntaxFault(limits.responseOctets(), "a shorter line", null);
        }
        if (line.length == 1 && line[0] == '*') {
            return Optional.empty();
        }
        return Optional.of(base64(new String(line, StandardCharsets.ISO_8859_1)));
    }

    private static byte[] base64(String text) {
        return Base64Text.decodeStrict(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// A cursor over one line.
    private static final class Line {
        private final byte[] octets;
        private int at;

        Line(byte[] octets) {
            this.octets = octets;
        }

        // keyword = 3*4VCHAR; of those that are known, letters and a digit
        String keyword() {
            while (at < octets.length && at < KEYWORD_LONGEST && letter(octets[at])) {
                at++;
            }
            return new String(octets, 0, at, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
        }

        private static boolean letter(byte octet) {
            return (octet >= 'A' && octet <= 'Z')
                    || (octet >= 'a' && octet <= 'z')
                    || (octet >= '0' && octet <= '9');
        }

        /// All after one blank, in UTF-8.
        String text(String expected) {
            if (at + 1 >= octets.length || octets[at] != ' ') {
                throw SyntaxFault.at(at, expected, RULE);
            }
            int from = at + 1;
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(octets, from, octets.length - from))
                        .toString();
            } catch (CharacterCodingException _) {
                throw SyntaxFault.at(from, "UTF-8", "RFC 6856 §2");
            }
        }

        String word(int longest) {
            skipBlanks();
            int from = at;
            while (at < octets.length && octets[at] > ' ' && octets[at] < 0x7f) {
                at++;
            }
            if (at == from || at - from > longest) {
                throw SyntaxFault.at(from, "a word", RULE);
            }
            return new String(octets, from, at - from, StandardCharsets.US_ASCII);
        }

        int letter() {
            int number = number();
            if (number == 0) {
                throw SyntaxFault.at(at, "the number of a letter", RULE);
            }
            return number;
        }

        int numberOrNone() {
            if (blankToEnd()) {
                return 0;
            }
            int number = letter();
            return end(number);
        }

        int number() {
            skipBlanks();
            int from = at;
            int value = 0;
            while (at < octets.length && octets[at] >= '0' && octets[at] <= '9') {
                if (at - from == DIGITS) {
                    throw SyntaxFault.at(from, "a smaller number", RULE);
                }
                value = value * 10 + octets[at++] - '0';
            }
            if (at == from) {
                throw SyntaxFault.at(at, "a number", RULE);
            }
            return value;
        }

        private void skipBlanks() {
            if (at >= octets.length || octets[at] != ' ') {
                throw SyntaxFault.at(at, "a space", RULE);
            }
            while (at < octets.length && octets[at] == ' ') {
                at++;
            }
        }

        boolean blankToEnd() {
            for (int i = at; i < octets.length; i++) {
                if (octets[i] != ' ') {
                    return false;
                }
            }
            return true;
        }

        <T> T end(T value) {
            if (!blankToEnd()) {
                throw SyntaxFault.at(at, "the end of the line", RULE);
            }
            return value;
        }
    }
}
