package org.facteur.wire.vcard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One property of a card.
///
/// @param group before its name; null for none
/// @param name in capitals
/// @param parameters in order; the type of a value among them
/// @param value as it stands in 3.0 and 4.0, escapes included; already decoded where it was
///   quoted-printable
public record VcardProperty(
        @Nullable String group, String name, List<Parameter> parameters, String value) {
    /// @param name in capitals
    public record Parameter(String name, List<String> values) {
        public Parameter {
            name = name.toUpperCase(Locale.ROOT);
            values = List.copyOf(values);
        }
    }

    public VcardProperty {
        name = name.toUpperCase(Locale.ROOT);
        parameters = List.copyOf(parameters);
        Objects.requireNonNull(value);
    }

    public static VcardProperty of(String name, String value, Parameter... parameters) {
        return new VcardProperty(null, name, List.of(parameters), value);
    }

    /// All values of a parameter.
    public List<String> values(String parameter) {
        List<String> values = new ArrayList<>();
        for (Parameter each : parameters) {
            if (each.name().equals(parameter)) {
                values.addAll(each.values());
            }
        }
        return values;
    }

    /// The first value of a parameter.
    public Optional<String> find(String parameter) {
        return values(parameter).stream().findFirst();
    }

    /// The types, in small letters, each once.
    public List<String> types() {
        List<String> types = new ArrayList<>();
        for (String each : values("TYPE")) {
            for (String one : each.split(",", 100)) {
                String type = one.strip().toLowerCase(Locale.ROOT);
                if (!type.isEmpty() && !types.contains(type)) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    /// The value as one text.
    public String text() {
        return unescape(value);
    }

    /// The value as a list of texts.
    public List<String> list() {
        return split(value, ',').stream().map(VcardProperty::unescape).toList();
    }

    /// The value as components, each a list of texts.
    public List<List<String>> components() {
        return split(value, ';').stream()
                .map(each -> split(each, ',').stream().map(VcardProperty::unescape).toList())
                .toList();
    }

    private static List<String> split(String value, char sign) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == sign) {
                parts.add(value.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(value.substring(Math.min(from, value.length())));
        return parts;
    }

    /// Reads the escapes of a text.
    public static String unescape(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                char next = value.charAt(i);
                out.append(next == 'n' || next == 'N' ? '\n' : next);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    // text = *TEXT-CHAR    TEXT-CHAR = "\\" / "\," / "\n" / WSP / NON-ASCII / %x21-2B / ...
    /// Writes a text with escapes, those of components included.
    public static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\', ',', ';' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> {
                    if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
                        out.append("\\n");
                    }
                }
                default -> {
                    if (c >= ' ' || c == '\t') {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }
}
