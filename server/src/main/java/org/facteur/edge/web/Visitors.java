package org.facteur.edge.web;

import java.util.Optional;
import org.facteur.core.login.WebSessions;
import org.facteur.net.http.Exchange;

/// Who asks, by the cookie of a browser that is signed in. Any thread.
public final class Visitors {
    private static final String SECURE_NAME = "__Host-facteur";

    /// In the clear a browser takes no `__Host-` cookie; there only this machine is served.
    private static final String LOCAL_NAME = "facteur";

    private final WebSessions sessions;

    public Visitors(WebSessions sessions) {
        this.sessions = sessions;
    }

    /// The session of a request, also where its owner must choose another password first.
    Optional<WebSessions.Live> session(Exchange exchange) {
        return exchange.cookie(name(exchange)).flatMap(sessions::find);
    }

    /// The session of a request that may read letters.
    ///
    /// A request that could change something counts only when a page of ours made it: other sites
    /// cannot send the cookie, and this is the second lock.
    public Optional<WebSessions.Live> find(Exchange exchange) {
        boolean reads = exchange.method().equals("GET") || exchange.method().equals("HEAD");
        if (!reads && !sameOrigin(exchange)) {
            return Optional.empty();
        }
        return session(exchange).filter(live -> !live.mustChange());
    }

    /// Whether a page of ours made the request (RFC 6454 §7).
    static boolean sameOrigin(Exchange exchange) {
        return exchange.header("Origin").filter(exchange.origin()::equalsIgnoreCase).isPresent();
    }

    static void setCookie(Exchange exchange, String token) {
        exchange.add(
                "Set-Cookie",
                name(exchange)
                        + "="
                        + token
                        + "; Path=/; Max-Age="
                        + WebSessions.LONGEST.toSeconds()
                        + "; HttpOnly; SameSite=Strict"
                        + (exchange.secure() ? "; Secure" : ""));
    }

    static void dropCookie(Exchange exchange) {
        exchange.add(
                "Set-Cookie",
                name(exchange)
                        + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
                        + (exchange.secure() ? "; Secure" : ""));
    }

    private static String name(Exchange exchange) {
        return exchange.secure() ? SECURE_NAME : LOCAL_NAME;
    }
}
