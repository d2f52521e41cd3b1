package org.facteur.net.http;

import org.eclipse.jetty.http.HttpFields;

/// The fields every answer has.
final class StandardFields {
    private static final String[][] ALWAYS = {
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"},
        {"Cache-Control", "no-store"}
    };

    /// A year (RFC 6797 §6.1.1).
    private static final String HSTS = "max-age=31536000";

    private StandardFields() {}

    /// Adds those that are missing.
    static void complete(HttpFields.Mutable fields, boolean secure) {
        for (String[] each : ALWAYS) {
            if (!fields.contains(each[0])) {
                fields.put(each[0], each[1]);
            }
        }
        if (secure && !fields.contains("Strict-Transport-Security")) {
            fields.put("Strict-Transport-Security", HSTS);
        }
    }
}
