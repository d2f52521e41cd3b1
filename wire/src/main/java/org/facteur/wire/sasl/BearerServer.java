package org.facteur.wire.sasl;

import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// OAUTHBEARER (RFC 7628) and its forerunner XOAUTH2: a token in one message.
final class BearerServer implements SaslServer {
    private static final int LONGEST_TOKEN = 8192;
    private static final int MOST_PAIRS = 16;
    private static final char SEPARATOR = '\u0001';
    private static final String RULE = "RFC 7628 §3.1";

    private final boolean registered;
    private boolean over;

    /// @param registered OAUTHBEARER and not XOAUTH2
    BearerServer(boolean registered) {
        this.registered = registered;
    }

    @Override
    public SaslStep begin() {
        return new SaslStep.Challenge(Octets.EMPTY);
    }

    @Override
    public SaslStep step(byte[] response) {
        if (over) {
            return new SaslStep.Failed("the exchange is over");
        }
        over = true;
        try {
            String message = SaslText.utf8(response);
            return registered ? registered(message) : forerunner(message);
        } catch (SyntaxFault fault) {
            return SaslText.failed(fault);
        }
    }

    // client-resp = (gs2-header kvsep *kvpair kvsep) / kvsep    kvsep = %x01
    private static SaslStep registered(String message) {
        int end = message.indexOf(SEPARATOR);
        if (end < 0 || !message.endsWith("\u0001\u0001")) {
            throw SyntaxFault.at(0, "a header and pairs", RULE);
        }
        String header = message.substring(0, end);
        boolean unbound = header.startsWith("n,") || header.startsWith("y,");
        if (!unbound || !header.endsWith(",")) {
            throw SyntaxFault.at(0, "a header without channel binding", "RFC 5801 §4");
        }
        String authzid = header.length() <= 3 ? "" : header.substring(2, header.length() - 1);
        String name =
                authzid.isEmpty() ? null : ScramText.decodeName(ScramText.value(authzid, 'a'));
        return token(name, message.substring(end + 1, message.length() - 1));
    }

    /// `user=` name, a separator, `auth=Bearer` token, two separators.
    private static SaslStep forerunner(String message) {
        int end = message.indexOf(SEPARATOR);
        if (end < 0 || !message.startsWith("user=") || !message.endsWith("\u0001\u0001")) {
            throw new SyntaxFault(0, "user and auth", null);
        }
        return token(
                SaslText.name(message.substring(5, end)),
                message.substring(end + 1, message.length() - 1));
    }

    // kvpair = key "=" value kvsep    key = 1*(ALPHA)
    private static SaslStep token(@Nullable String name, String pairs) {
        String token = null;
        int at = 0;
        for (int count = 0; at < pairs.length(); count++) {
            int end = pairs.indexOf(SEPARATOR, at);
            int equals = pairs.indexOf('=', at);
            if (end < 0 || equals <= at || equals > end || count == MOST_PAIRS) {
                throw SyntaxFault.at(at, "a pair", RULE);
            }
            if (pairs.substring(at, equals).equalsIgnoreCase("auth")) {
                if (token != null) {
                    throw SyntaxFault.at(at, "one token", RULE);
                }
                token = bearer(pairs.substring(equals + 1, end));
            }
            at = end + 1;
        }
        if (token == null) {
            throw SyntaxFault.at(0, "a token", RULE);
        }
        return new SaslStep.Token(name, token);
    }

    // credentials = "Bearer" 1*SP b64token    b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~"
    // / "+" / "/" ) *"="
    private static String bearer(String credentials) {
        if (!credentials.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw SyntaxFault.at(0, "Bearer", "RFC 6750 §2.1");
        }
        String token = credentials.substring(7).strip();
        boolean padded = false;
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "-._~+/".indexOf(c) >= 0;
            if (c == '=' ? i == 0 : !plain || padded) {
                throw SyntaxFault.at(i, "a token", "RFC 6750 §2.1");
            }
            padded |= c == '=';
        }
        if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
            throw SyntaxFault.at(0, "a token of 1 to 8,192 characters", "RFC 6750 §2.1");
        }
        return token;
    }
}
