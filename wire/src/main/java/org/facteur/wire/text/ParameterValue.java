package org.facteur.wire.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A structured field body of the form `value; name=value; …`: Content-Type, Content-Disposition.
///
/// @param value what stands before the first semicolon, comments and blanks removed, as written
/// @param parameters as written, in order, at most 256; names in lower case, values without their
///   quotes
public record ParameterValue(String value, List<Parameter> parameters) {
    private static final int MOST_PARAMETERS = 256;
    private static final int MOST_SECTIONS = 128;
    private static final int LONGEST_NAME = 128;

    /// One parameter as written.
    ///
    /// @param name lower case, with the asterisks of RFC 2231 §3 if it has any
    /// @param value undecoded octets
    public record Parameter(String name, Octets value) {}

    public ParameterValue {
        parameters = List.copyOf(parameters);
    }

    // content := type "/" subtype *(";" parameter)    parameter := attribute "=" value
    /// Reads an unfolded field body (RFC 2045 §5.1); whatever does not fit is skipped, never
    /// refused.
    public static ParameterValue parse(byte[] body) {
        return new Reader(body).read();
    }

    /// How many parameters carry this very name; above 1 the letter is ambiguous.
    public int count(String name) {
        int count = 0;
        for (Parameter parameter : parameters) {
            count += parameter.name().equals(name) ? 1 : 0;
        }
        return count;
    }

    /// The first parameter of this name as octets, undecoded.
    public Optional<Octets> findRaw(String name) {
        return parameters.stream()
                .filter(p -> p.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /// A parameter as text: continuations joined and charsets applied (RFC 2231), and encoded words
    /// read where a sender put them although RFC 2047 §5 forbids it. Controls are dropped.
    ///
    /// @param name lower case
    public Optional<String> find(String name) {
        @Nullable String extended = extended(name);
        if (extended != null) {
            return Optional.of(extended);
        }
        return findRaw(name).map(value -> EncodedWords.decode(value.toArray()));
    }

    // attribute := attribute-char+ [ "*" digits ] [ "*" ]
    private @Nullable String extended(String name) {
        String[] kinds = new String[MOST_SECTIONS];
        Octets[] sections = new Octets[MOST_SECTIONS];
        boolean found = false;
        for (Parameter parameter : parameters) {
            String full = parameter.name();
            if (full.length() <= name.length() + 1
                    || !full.startsWith(name)
                    || full.charAt(name.length()) != '*') {
                if (full.equals(name + "*")) {
                    return decodeExtended(List.of(new Section(parameter.value(), true)));
                }
                continue;
            }
            String tail = full.substring(name.length() + 1);
            boolean encoded = tail.endsWith("*");
            int number = number(encoded ? tail.substring(0, tail.length() - 1) : tail);
            if (number >= 0 && number < MOST_SECTIONS && kinds[number] == null) {
                kinds[number] = encoded ? "*" : "";
                sections[number] = parameter.value();
                found = true;
            }
        }
        if (!found) {
            return null;
        }
        List<Section> joined = new ArrayList<>();
        for (int i = kinds[0] == null ? 1 : 0; i < MOST_SECTIONS && kinds[i] != null; i++) {
            joined.add(new Section(sections[i], kinds[i].equals("*")));
        }
        return joined.isEmpty() ? null : decodeExtended(joined);
    }

    private record Section(Octets octets, boolean encoded) {}

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 3) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    // extended-initial-value := [charset] "'" [language] "'" extended-other-values
    private static String decodeExtended(List<Section> sections) {
        OctetBuffer plain = new OctetBuffer(1 << 20);
        String charset = "";
        boolean anyEncoded = false;
        for (int i = 0; i < sections.size(); i++) {
            byte[] octets = sections.get(i).octets().toArray();
            if (!sections.get(i).encoded()) {
                plain.accept(octets, 0, octets.length);
                continue;
            }
            anyEncoded = true;
            int from = 0;
            if (i == 0) {
                int first = indexOf(octets, '\'', 0);
                int second = first < 0 ? -1 : indexOf(octets, '\'', first + 1);
                if (second >= 0) {
                    charset = new String(octets, 0, first, StandardCharsets.ISO_8859_1);
                    from = second + 1;
                }
            }
            percent(octets, from, plain);
        }
        byte[] octets = plain.toArray();
        if (!anyEncoded) {
            return EncodedWords.decode(octets);
        }
        return EncodedWords.clean(MailCharsets.decode(octets, 0, octets.length, charset));
    }

    private static void percent(byte[] octets, int from, OctetBuffer plain) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] == '%' && i + 2 < octets.length) {
                int high = QuotedPrintableDecoder.hex(octets[i + 1]);
                int low = QuotedPrintableDecoder.hex(octets[i + 2]);
                if (high >= 0 && low >= 0) {
                    plain.append(high << 4 | low);
                    i += 2;
                    continue;
                }
            }
            plain.append(octets[i]);
        }
    }

    private static int indexOf(byte[] octets, char wanted, int from) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /// A cursor over one field body.
    private static final class Reader {
        private final byte[] in;
        private int at;

        Reader(byte[] in) {
            this.in = in;
        }

        ParameterValue read() {
            String value = latin1(text(';', true));
            List<Parameter> parameters = new ArrayList<>();
            while (at < in.length && parameters.size() < MOST_PARAMETERS) {
                at++;
                byte[] name = text('=', true);
                if (at >= in.length || in[at] != '=') {
                    continue;
                }
                at++;
                byte[] octets = text(';', false);
                if (name.length > 0 && name.length <= LONGEST_NAME) {
                    parameters.add(
                            new Parameter(
                                    latin1(name).toLowerCase(Locale.ROOT), Octets.taking(octets)));
                }
            }
            return new ParameterValue(value, parameters);
        }

        /// Reads up to `end` or a semicolon, both left unread; quotes and comments are taken off,
        /// blanks around are too, and inside as well where `tight`.
        private byte[] text(char end, boolean tight) {
            OctetBuffer text = new OctetBuffer(in.length);
            int solid = 0;
            while (at < in.length && in[at] != end && in[at] != ';') {
                byte b = in[at];
                if (b == '"') {
                    quoted(text);
                    solid = text.size();
                } else if (b == '(' && (text.isEmpty() || tight || blankBefore())) {
                    comment();
                } else {
                    at++;
                    boolean blank = b == ' ' || b == '\t';
                    if (!blank || (!tight && !text.isEmpty())) {
                        text.append(b);
                        solid = blank ? solid : text.size();
                    }
                }
            }
            return text.toArray(0, solid);
        }

        private boolean blankBefore() {
            return at > 0 && (in[at - 1] == ' ' || in[at - 1] == '\t');
        }

        private void quoted(OctetBuffer text) {
            at++;
            while (at < in.length && in[at] != '"') {
                if (in[at] == '\\' && at + 1 < in.length) {
                    at++;
                }
                text.append(in[at++]);
            }
            at++;
        }

        private void comment() {
            int depth = 0;
            do {
                if (in[at] == '(') {
                    depth++;
                } else if (in[at] == ')') {
                    depth--;
                } else if (in[at] == '\\') {
                    at++;
                }
                at++;
            } while (depth > 0 && at < in.length);
            at = Math.min(at, in.length);
        }

        private static String latin1(byte[] octets) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }
}
