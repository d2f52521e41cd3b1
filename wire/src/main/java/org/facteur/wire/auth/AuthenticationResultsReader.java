package org.facteur.wire.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facteur.wire.text.SyntaxFault;

/// Reads what other servers found out. One pass; comments are counted and not recursed into.
final class AuthenticationResultsReader {
    private static final String RULE = "RFC 8601 §2.2";
    private static final int LONGEST = 64 * 1024;
    private static final int MOST_FINDINGS = 100;
    private static final int MOST_PROPERTIES = 50;

    private final String in;
    private int at;

    AuthenticationResultsReader(String in) {
        if (in.length() > LONGEST) {
            throw new SyntaxFault(0, "at most 64 kB", null);
        }
        this.in = in;
    }

    AuthenticationResults read() {
        skip();
        String server = value(false);
        skip();
        while (at < in.length() && in.charAt(at) >= '0' && in.charAt(at) <= '9') {
            at++;
        }
        List<AuthenticationResults.Finding> findings = new ArrayList<>();
        skip();
        while (at < in.length()) {
            expect(';');
            skip();
            if (at == in.length()) {
                break;
            }
            String method = keyword();
            skip();
            if (method.equals("none") && at == in.length() && findings.isEmpty()) {
                break;
            }
            findings.add(finding(method));
            if (findings.size() > MOST_FINDINGS) {
                throw new SyntaxFault(at, "at most 100 findings", null);
            }
        }
        return new AuthenticationResults(server, findings);
    }

    // methodspec = [CFWS] method [CFWS] "=" [CFWS] result    method = Keyword [ [CFWS] "/"
    // [CFWS] method-version ]
    private AuthenticationResults.Finding finding(String method) {
        if (at < in.length() && in.charAt(at) == '/') {
            at++;
            skip();
            keyword();
            skip();
        }
        expect('=');
        skip();
        String result = keyword();
        skip();
        String reason = "";
        List<AuthenticationResults.Property> properties = new ArrayList<>();
        while (at < in.length() && in.charAt(at) != ';') {
            String type = keyword();
            skip();
            if (type.equals("reason") && at < in.length() && in.charAt(at) == '=') {
                at++;
                skip();
                reason = value(true);
            } else {
                properties.add(property(type));
            }
            skip();
            if (properties.size() > MOST_PROPERTIES) {
                throw new SyntaxFault(at, "at most 50 properties", null);
            }
        }
        return new AuthenticationResults.Finding(method, result, reason, properties);
    }

    // propspec = ptype [CFWS] "." [CFWS] property [CFWS] "=" pvalue
    private AuthenticationResults.Property property(String type) {
        expect('.');
        skip();
        String name = keyword();
        skip();
        expect('=');
        skip();
        return new AuthenticationResults.Property(type + "." + name, value(true));
    }

    private void expect(char wanted) {
        if (at >= in.length() || in.charAt(at) != wanted) {
            throw SyntaxFault.at(at, String.valueOf(wanted), RULE);
        }
        at++;
    }

    private String keyword() {
        int from = at;
        while (at < in.length()) {
            char c = in.charAt(at);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '0' || c > '9') && c != '-' && c != '_') {
                break;
            }
            at++;
        }
        if (at == from) {
            throw SyntaxFault.at(at, "a word", RULE);
        }
        return in.substring(from, at).toLowerCase(Locale.ROOT);
    }

    /// A token, a quoted string or an address, whose local part may be quoted.
    private String value(boolean wide) {
        StringBuilder value = new StringBuilder();
        int from = at;
        while (at < in.length()) {
            char c = in.charAt(at);
            if (c == '"') {
                quoted(value);
            } else if (c <= ' ' || c == ';' || c == '(' || (!wide && c == '=')) {
                break;
            } else {
                value.append(c);
                at++;
            }
        }
        if (at == from) {
            throw SyntaxFault.at(at, "a value", RULE);
        }
        return value.toString();
    }

    private void quoted(StringBuilder value) {
        at++;
        while (at < in.length() && in.charAt(at) != '"') {
            if (in.charAt(at) == '\\' && at + 1 < in.length()) {
                at++;
            }
            value.append(in.charAt(at++));
        }
        expect('"');
    }

    // CFWS = (1*([FWS] comment) [FWS]) / FWS
    private void skip() {
        int depth = 0;
        while (at < in.length()) {
            char c = in.charAt(at);
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (c == '\\' && depth > 0) {
                at++;
            } else if (depth == 0 && !TagList.blank(c)) {
                return;
            }
            at++;
        }
        if (depth > 0) {
            throw SyntaxFault.at(Math.min(at, in.length()), "the end of a comment", RULE);
        }
        at = Math.min(at, in.length());
    }
}
