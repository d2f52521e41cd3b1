package org.facteur.core.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Addresses of the web as letters write them. Pure; never fails.
final class Webs {
    private static final int MOST = 200;
    private static final int LONGEST = 253;

    private Webs() {}

    /// The host an address leads to, in lower case; empty where there is none.
    static String host(String address) {
        int colon = address.indexOf(':');
        String scheme = colon < 0 ? "" : address.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return "";
        }
        int from = colon + 1;
        while (from < address.length()
                && (address.charAt(from) == '/' || address.charAt(from) == '\\')) {
            from++;
        }
        int to = from;
        while (to < address.length() && "/\\?#".indexOf(address.charAt(to)) < 0) {
            to++;
        }
        String authority = address.substring(from, to);
        String bare = authority.substring(authority.lastIndexOf('@') + 1);
        int port = bare.startsWith("[") ? -1 : bare.indexOf(':');
        String host = (port < 0 ? bare : bare.substring(0, port)).toLowerCase(Locale.ROOT);
        String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return plain.length() > LONGEST ? "" : plain;
    }

    /// Whether an address names somebody before its host, as deceivers do.
    static boolean hasUser(String address) {
        int from = address.indexOf("//");
        int at = address.indexOf('@');
        int path = from < 0 ? -1 : address.indexOf('/', from + 2);
        return from >= 0 && at > from && (path < 0 || at < path);
    }

    static boolean isNumeric(String host) {
        return !host.isEmpty()
                && host.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == ':');
    }

    /// Addresses that stand in a text.
    static List<String> in(String text) {
        List<String> found = new ArrayList<>();
        int at = 0;
        while (found.size() < MOST) {
            int http = text.indexOf("http", at);
            if (http < 0) {
                return found;
            }
            int end = http;
            while (end < text.length()
                    && text.charAt(end) > ' '
                    && "<>\"')]".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            String one = text.substring(http, end);
            if (!host(one).isEmpty()) {
                found.add(one);
            }
            at = Math.max(end, http + 4);
        }
        return found;
    }
}
