package org.facteur.wire.auth;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.facteur.wire.text.SyntaxFault;

/// Text with macros (RFC 7208 §7). Pure.
final class SpfMacro {
    private static final String RULE = "RFC 7208 §7.1";
    private static final String LETTERS = "slodiphvSLODIPHV";
    private static final String MORE_LETTERS = "crtCRT";
    private static final String DELIMITERS = ".-+,/_=";
    private static final int LONGEST = 8192;

    private SpfMacro() {}

    // macro-string = *( macro-expand / macro-literal )
    // macro-literal = %x21-24 / %x26-7E
    /// @param explaining whether blanks and the letters `c`, `r` and `t` may stand there
    /// @throws SyntaxFault for anything else
    static void check(String text, boolean explaining) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '%') {
                at = macro(text, at, explaining, null, null);
            } else if ((c > ' ' && c < 0x7F) || (c == ' ' && explaining)) {
                at++;
            } else {
                throw SyntaxFault.at(at, "visible ASCII", RULE);
            }
        }
    }

    // domain-spec = macro-string domain-end
    // domain-end = ( "." toplabel [ "." ] ) / macro-expand
    static void checkDomain(String text) {
        check(text, false);
        if (text.isEmpty()) {
            throw SyntaxFault.at(0, "a domain", "RFC 7208 §7.1");
        }
        if (text.endsWith("}") || endsWithEscape(text)) {
            return;
        }
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        int dot = bare.lastIndexOf('.');
        if (dot < 0 || !isTopLabel(bare.substring(dot + 1))) {
            throw SyntaxFault.at(Math.max(0, dot), "a top level domain", RULE);
        }
    }

    private static boolean endsWithEscape(String text) {
        int at = 0;
        boolean escape = false;
        while (at < text.length()) {
            escape = text.charAt(at) == '%';
            at = escape ? macro(text, at, false, null, null) : at + 1;
        }
        return escape;
    }

    // toplabel = ( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum )
    private static boolean isTopLabel(String label) {
        boolean other = false;
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean hyphen = c == '-' && i > 0 && i < label.length() - 1;
            if (!alpha && !hyphen && (c < '0' || c > '9')) {
                return false;
            }
            other |= alpha || hyphen;
        }
        return other;
    }

    /// @param values what a letter stands for
    /// @param explaining as for [#check]
    /// @throws SyntaxFault for text that is no macro string, or becomes very long
    static String expand(String text, IntFunction<String> values, boolean explaining) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '%') {
                at = macro(text, at, explaining, values, out);
            } else {
                out.append(c);
                at++;
            }
            if (out.length() > LONGEST) {
                throw new SyntaxFault(at, "a text of at most 8,192 characters", null);
            }
        }
        return out.toString();
    }

    // macro-expand = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-"
    // transformers = *DIGIT [ "r" ]
    /// @return where the text goes on
    private static int macro(
            String text,
            int from,
            boolean explaining,
            @org.jspecify.annotations.Nullable IntFunction<String> values,
            @org.jspecify.annotations.Nullable StringBuilder out) {
        char kind = from + 1 < text.length() ? text.charAt(from + 1) : 0;
        if (kind == '%' || kind == '_' || kind == '-') {
            if (out != null) {
                out.append(kind == '%' ? "%" : kind == '_' ? " " : "%20");
            }
            return from + 2;
        }
        int close = text.indexOf('}', from);
        if (kind != '{' || close < from + 3) {
            throw SyntaxFault.at(from, "a macro", RULE);
        }
        char letter = text.charAt(from + 2);
        if (LETTERS.indexOf(letter) < 0 && !(explaining && MORE_LETTERS.indexOf(letter) >= 0)) {
            throw SyntaxFault.at(from + 2, "the letter of a macro", RULE);
        }
        int at = from + 3;
        int digits = 0;
        boolean counted = false;
        while (at < close && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            digits = Math.min(1000, digits * 10 + text.charAt(at++) - '0');
            counted = true;
        }
        if (counted && digits == 0) {
            throw SyntaxFault.at(at, "a number above 0", RULE);
        }
        boolean reversed = at < close && (text.charAt(at) == 'r' || text.charAt(at) == 'R');
        at += reversed ? 1 : 0;
        String delimiters = text.substring(at, close);
        for (int i = 0; i < delimiters.length(); i++) {
            if (DELIMITERS.indexOf(delimiters.charAt(i)) < 0) {
                throw SyntaxFault.at(at + i, "a delimiter", RULE);
            }
        }
        if (values != null && out != null) {
            String value =
                    transformed(
                            values.apply(Character.toLowerCase(letter)),
                            counted ? digits : Integer.MAX_VALUE,
                            reversed,
                            delimiters.isEmpty() ? "." : delimiters);
            out.append(Character.isUpperCase(letter) ? escaped(value) : value);
        }
        return close + 1;
    }

    private static String transformed(
            String value, int rightmost, boolean reversed, String delimiters) {
        if (rightmost == Integer.MAX_VALUE && !reversed && delimiters.equals(".")) {
            return value;
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            if (delimiters.indexOf(value.charAt(i)) >= 0) {
                parts.add(value.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(value.substring(from));
        if (reversed) {
            Collections.reverse(parts);
        }
        int first = Math.max(0, parts.size() - rightmost);
        return String.join(".", parts.subList(first, parts.size()));
    }

    // unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"
    private static String escaped(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "-._~".indexOf(c) >= 0;
            if (plain) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }
}
