package org.facteur.wire.vcard;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facteur.wire.text.QuotedPrintable;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Reads files of cards. One file; one thread.
public final class VcardReader {
    private static final Charset OLD = Charset.forName("windows-1252");

    private final VcardLimits limits;
    private final String text;
    private final List<Vcard> cards = new ArrayList<>();
    private int at;
    private int dropped;

    /// The card that is being read; null outside of one.
    private @Nullable List<VcardProperty> open;

    private String version = "";
    private int nested;

    private VcardReader(String text, VcardLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    // vcard-entity = 1*vcard
    // vcard = "BEGIN:VCARD" CRLF "VERSION:4.0" CRLF 1*contentline "END:VCARD" CRLF
    /// Reads a file.
    ///
    /// @throws SyntaxFault for a file that is larger than the limit, or holds no card
    public static VcardFile read(byte[] octets, VcardLimits limits) {
        if (octets.length > limits.octets()) {
            throw new SyntaxFault(limits.octets(), "the end of the file", null);
        }
        VcardReader reader = new VcardReader(decode(octets), limits);
        reader.run();
        if (reader.cards.isEmpty()) {
            throw SyntaxFault.at(0, "BEGIN:VCARD", "RFC 6350 §3.3");
        }
        return new VcardFile(reader.cards, reader.dropped);
    }

    private static String decode(byte[] octets) {
        int from = 0;
        if (octets.length >= 2 && (octets[0] & 0xff) == 0xfe && (octets[1] & 0xff) == 0xff) {
            return new String(octets, 2, octets.length - 2, StandardCharsets.UTF_16BE);
        }
        if (octets.length >= 2 && (octets[0] & 0xff) == 0xff && (octets[1] & 0xff) == 0xfe) {
            return new String(octets, 2, octets.length - 2, StandardCharsets.UTF_16LE);
        }
        if (octets.length >= 3
                && (octets[0] & 0xff) == 0xef
                && (octets[1] & 0xff) == 0xbb
                && (octets[2] & 0xff) == 0xbf) {
            from = 3;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets, from, octets.length - from))
                    .toString();
        } catch (CharacterCodingException _) {
            return new String(octets, from, octets.length - from, OLD);
        }
    }

    private void run() {
        while (at < text.length()) {
            String line = line();
            if (!line.isEmpty()) {
                take(line);
            }
        }
        end();
    }

    /// The next line, unfolded: what follows and begins with a blank belongs to it.
    private String line() {
        String first = piece();
        if (at >= text.length() || !blank(text.charAt(at))) {
            return first;
        }
        StringBuilder whole = new StringBuilder(first);
        while (at < text.length() && blank(text.charAt(at))) {
            at++;
            whole.append(piece());
        }
        return whole.toString();
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    /// A line as it stands, without its end.
    private String piece() {
        int from = at;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        String piece = text.substring(from, at);
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        return piece;
    }

    private void take(String line) {
        String plain = line.strip().toUpperCase(Locale.ROOT);
        if (plain.equals("BEGIN:VCARD")) {
            begin();
        } else if (plain.equals("END:VCARD")) {
            if (nested > 0) {
                nested--;
            } else {
                end();
            }
        } else if (open != null && nested == 0) {
            property(line);
        }
    }

    private void begin() {
        if (open != null) {
            nested++;
            dropped++;
        } else {
            open = new ArrayList<>();
            version = "3.0";
        }
    }

    private void end() {
        List<VcardProperty> properties = open;
        open = null;
        nested = 0;
        if (properties != null) {
            if (cards.size() < limits.cards()) {
                cards.add(new Vcard(version, properties));
            } else {
                dropped++;
            }
        }
    }

    // contentline = [group "."] name *(";" param) ":" value CRLF
    private void property(String line) {
        List<VcardProperty> properties = open;
        int colon = colon(line);
        if (properties == null || colon <= 0 || properties.size() >= limits.properties()) {
            dropped++;
            return;
        }
        List<String> head = head(line.substring(0, colon));
        String full = head.getFirst().strip();
        int dot = full.lastIndexOf('.');
        String group = dot > 0 ? full.substring(0, dot) : null;
        String name = full.substring(dot + 1).toUpperCase(Locale.ROOT);
        if (!word(name) || (group != null && !word(group))) {
            dropped++;
            return;
        }
        List<VcardProperty.Parameter> parameters = new ArrayList<>();
        for (String each : head.subList(1, head.size())) {
            if (parameters.size() < limits.parameters() && !each.isBlank()) {
                parameters.add(parameter(each));
            }
        }
        String value = line.substring(colon + 1);
        VcardProperty property = decoded(new VcardProperty(group, name, parameters, value));
        if (name.equals("VERSION")) {
            version = property.value().strip();
        } else {
            properties.add(property);
        }
    }

    /// Where the value begins: the first colon outside of quotes.
    private static int colon(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ':' && !quoted) {
                return i;
            }
        }
        return line.indexOf(':');
    }

    private static List<String> head(String text) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    // group = 1*(ALPHA / DIGIT / "-")    name = ... / iana-token / x-name
    private static boolean word(String text) {
        boolean fits = !text.isEmpty() && text.length() <= 100;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            fits &=
                    (c >= 'A' && c <= 'Z')
                            || (c >= 'a' && c <= 'z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '_';
        }
        return fits;
    }

    // any-param = (iana-token / x-name) "=" param-value *("," param-value)
    private static VcardProperty.Parameter parameter(String text) {
        int sign = text.indexOf('=');
        if (sign < 0) {
            return bare(text.strip());
        }
        List<String> values = new ArrayList<>();
        String rest = text.substring(sign + 1);
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i <= rest.length(); i++) {
            char c = i < rest.length() ? rest.charAt(i) : ',';
            if (c == '"') {
                quoted = !quoted;
            }
            if (i == rest.length() || (c == ',' && !quoted)) {
                values.add(value(rest.substring(from, i).strip()));
                from = i + 1;
            }
        }
        return new VcardProperty.Parameter(text.substring(0, sign).strip(), values);
    }

    /// A value without a name, as 2.1 has them.
    private static VcardProperty.Parameter bare(String value) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT" ->
                    new VcardProperty.Parameter("ENCODING", List.of(value));
            default -> new VcardProperty.Parameter("TYPE", List.of(value));
        };
    }

    /// Without quotes, the carets of RFC 6868 §3.1 read.
    private static String value(String text) {
        String plain =
                text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                        ? text.substring(1, text.length() - 1)
                        : text.replace("\"", "");
        if (plain.indexOf('^') < 0) {
            return plain;
        }
        StringBuilder out = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            char next = c == '^' && i + 1 < plain.length() ? plain.charAt(i + 1) : ' ';
            switch (next) {
                case 'n' -> out.append('\n');
                case '^' -> out.append('^');
                case '\'' -> out.append('"');
                default -> {
                    out.append(c);
                    continue;
                }
            }
            i++;
        }
        return out.toString();
    }

    private VcardProperty decoded(VcardProperty property) {
        String encoding = property.find("ENCODING").orElse("").toUpperCase(Locale.ROOT);
        return switch (encoding) {
            case "QUOTED-PRINTABLE" -> quotedPrintable(property);
            case "BASE64", "B" -> base64(property);
            default -> property;
        };
    }

    private VcardProperty quotedPrintable(VcardProperty property) {
        StringBuilder value = new StringBuilder(property.value());
        while (value.length() > 0
                && value.charAt(value.length() - 1) == '='
                && at < text.length()) {
            value.setLength(value.length() - 1);
            value.append(piece().stripLeading());
        }
        Charset charset = charset(property.find("CHARSET").orElse("UTF-8"));
        byte[] octets = QuotedPrintable.decode(value.toString().getBytes(charset));
        String text = new String(octets, charset).replace("\r\n", "\n").replace("\n", "\\n");
        return new VcardProperty(property.group(), property.name(), without(property), text);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            return StandardCharsets.UTF_8;
        }
    }

    /// Base64 of 2.1 goes on over lines up to an empty one; those of 3.0 are folded.
    private VcardProperty base64(VcardProperty property) {
        StringBuilder value = new StringBuilder(property.value().strip());
        while (at < text.length() && base64(at)) {
            value.append(piece().strip());
        }
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > ' ') {
                plain.append(value.charAt(i));
            }
        }
        List<VcardProperty.Parameter> rest = new ArrayList<>(without(property));
        rest.add(new VcardProperty.Parameter("ENCODING", List.of("b")));
        return new VcardProperty(property.group(), property.name(), rest, plain.toString());
    }

    /// Whether the line at a place can be no property: it goes on with what came before.
    private boolean base64(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
            char c = text.charAt(i);
            if (c == ':' || c == ';') {
                return false;
            }
            i++;
        }
        return i > from;
    }

    private static List<VcardProperty.Parameter> without(VcardProperty property) {
        return property.parameters().stream()
                .filter(each -> !each.name().equals("ENCODING") && !each.name().equals("CHARSET"))
                .toList();
    }
}
