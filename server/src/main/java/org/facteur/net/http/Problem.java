package org.facteur.net.http;

import org.facteur.base.fault.Refusal;

/// What faults are to HTTP.
final class Problem {
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int CONFLICT = 409;
    static final int TOO_LARGE = 413;
    static final int URI_TOO_LONG = 414;
    static final int UNSUPPORTED = 415;
    static final int MISDIRECTED = 421;
    static final int TOO_MANY = 429;
    static final int HEADER_TOO_LARGE = 431;
    static final int FAILED = 500;
    static final int BUSY = 503;
    static final int NO_ROOM = 507;

    private Problem() {}

    static int status(Refusal.Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> NOT_FOUND;
            case ALREADY_EXISTS, LOOP, CANNOT -> CONFLICT;
            case NOT_ALLOWED -> FORBIDDEN;
            case INVALID -> BAD_REQUEST;
            case OVER_QUOTA -> NO_ROOM;
            case TOO_LARGE -> TOO_LARGE;
            case LIMIT -> TOO_MANY;
        };
    }

    /// A text as a JSON string (RFC 8259 §7).
    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
