package org.facteur.edge.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.facteur.wire.text.SyntaxFault;

/// What a form sends (application/x-www-form-urlencoded).
final class LiteForm {
    private static final int MOST_FIELDS = 40;

    private final Map<String, String> fields;

    private LiteForm(Map<String, String> fields) {
        this.fields = Map.copyOf(fields);
    }

    /// @throws SyntaxFault for what no browser sends
    static LiteForm parse(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        String[] pairs = new String(body, StandardCharsets.ISO_8859_1).split("&", MOST_FIELDS + 1);
        if (pairs.length > MOST_FIELDS) {
            throw new SyntaxFault(-1, "a form of at most 40 fields", null);
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.putIfAbsent(
                        decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new LiteForm(fields);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new SyntaxFault(0, "a form's field", null);
        }
    }

    /// Empty where the form has none of this name.
    String text(String name) {
        return fields.getOrDefault(name, "");
    }
}
