package org.facteur.wire.auth;

import java.util.List;
import java.util.Locale;

/// Names as they are asked for. Pure.
final class DnsNames {
    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;

    private DnsNames() {}

    /// Lower case, without a dot at the end; empty when nobody can have such a name.
    static String canonical(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (bare.isEmpty() || bare.length() > LONGEST) {
            return "";
        }
        for (String label : labels(bare)) {
            if (label.isEmpty() || label.length() > LONGEST_LABEL) {
                return "";
            }
        }
        for (int i = 0; i < bare.length(); i++) {
            if (bare.charAt(i) < ' ' || bare.charAt(i) >= 0x7F) {
                return "";
            }
        }
        return bare.toLowerCase(Locale.ROOT);
    }

    static List<String> labels(String name) {
        return TagList.items(name, '.');
    }

    /// The same without labels at its left until it is short enough (RFC 7208 §7.3).
    static String shortened(String name) {
        String rest = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        while (rest.length() > LONGEST) {
            int dot = rest.indexOf('.');
            if (dot < 0) {
                return "";
            }
            rest = rest.substring(dot + 1);
        }
        return rest;
    }

    /// Whether a name is another or lies below it; both canonical.
    static boolean within(String name, String parent) {
        return name.equals(parent) || name.endsWith("." + parent);
    }
}
