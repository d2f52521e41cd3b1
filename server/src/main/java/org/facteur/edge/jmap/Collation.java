package org.facteur.edge.jmap;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;

/// How texts are compared for sorting (RFC 4790, RFC 5051).
enum Collation {
    /// Letters of ASCII without case.
    ASCII_CASEMAP("i;ascii-casemap"),
    /// Octets.
    OCTET("i;octet"),
    /// Letters without case, whatever they are composed of.
    UNICODE_CASEMAP("i;unicode-casemap");

    static final List<String> NAMES = List.of(ASCII_CASEMAP.name, OCTET.name, UNICODE_CASEMAP.name);

    private final String name;

    Collation(String name) {
        this.name = name;
    }

    /// @param name null for the usual one
    /// @throws MethodFault unsupportedSort
    static Collation of(@Nullable String name) {
        if (name == null) {
            return UNICODE_CASEMAP;
        }
        for (Collation each : values()) {
            if (each.name.equals(name)) {
                return each;
            }
        }
        throw new MethodFault("unsupportedSort", "there is no collation " + name);
    }

    /// What is compared code unit by code unit.
    String key(String text) {
        return switch (this) {
            case OCTET -> text;
            case ASCII_CASEMAP -> asciiUpper(text);
            case UNICODE_CASEMAP ->
                    Normalizer.normalize(text, Normalizer.Form.NFKD).toUpperCase(Locale.ROOT);
        };
    }

    private static String asciiUpper(String text) {
        StringBuilder upper = new StringBuilder(text);
        for (int i = 0; i < upper.length(); i++) {
            char c = upper.charAt(i);
            if (c >= 'a' && c <= 'z') {
                upper.setCharAt(i, (char) (c - 32));
            }
        }
        return upper.toString();
    }
}
