package org.facteur.edge.web;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.login.LoginResult;
import org.facteur.core.login.Password;
import org.facteur.core.login.WebSession;
import org.facteur.core.login.WebSessions;
import org.facteur.net.http.Exchange;
import org.facteur.wire.text.SyntaxFault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Signing in and out, the browsers that are signed in, and the password: small JSON documents
/// under `/web/`.
final class SignInPages {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int UNSUPPORTED = 415;
    private static final int TOO_MANY = 429;

    private final WebServices services;
    private final Visitors visitors;
    private final Patience patience;

    SignInPages(WebServices services, Visitors visitors, Patience patience) {
        this.services = services;
        this.visitors = visitors;
        this.patience = patience;
    }

    void handle(Exchange exchange) throws IOException {
        String path = exchange.path();
        if (path.equals("/web/sessions")) {
            if (!exchange.method().equals("GET")) {
                exchange.problem(NOT_ALLOWED, "GET only");
                return;
            }
            listSessions(exchange);
            return;
        }
        if (!exchange.method().equals("POST")) {
            exchange.problem(NOT_ALLOWED, "POST only");
            return;
        }
        if (!Visitors.sameOrigin(exchange)) {
            exchange.problem(FORBIDDEN, "not from a page of this server");
            return;
        }
        if (!exchange.header("Content-Type").orElse("").startsWith("application/json")) {
            exchange.problem(UNSUPPORTED, "application/json only");
            return;
        }
        JsonNode body = JsonForm.read(exchange);
        switch (path) {
            case "/web/sign-in" -> signIn(exchange, body);
            case "/web/sign-out" -> signOut(exchange);
            case "/web/password" -> changePassword(exchange, body);
            case "/web/sessions/revoke" -> revoke(exchange, body);
            default -> exchange.problem(NOT_FOUND, "there is nothing here");
        }
    }

    private void signIn(Exchange exchange, JsonNode body) throws IOException {
        Optional<LoginResult.Granted> granted =
                enter(exchange, JsonForm.text(body, "name"), JsonForm.text(body, "password"));
        if (granted.isEmpty()) {
            boolean blocked = services.login().blocked(exchange.source());
            exchange.problem(
                    blocked ? TOO_MANY : UNAUTHORIZED, blocked ? "too many attempts" : "denied");
            return;
        }
        Actor actor = granted.get().actor();
        ObjectNode answer = JsonForm.object();
        answer.put("mustChange", mustChange(actor));
        exchange.sendJson(OK, answer.toString());
    }

    /// Checks a name and a password and sets the cookie. An answer to a guess is held back as long
    /// as guessing costs.
    Optional<LoginResult.Granted> enter(Exchange exchange, String name, String password)
            throws IOException {
        LoginResult result =
                services.login().check(name, Password.of(password), Door.WEB, exchange.source());
        return switch (result) {
            case LoginResult.Granted granted -> {
                // A session of before ends: nobody else's token lives on in this browser.
                visitors.session(exchange).ifPresent(this::end);
                begin(exchange, granted.actor());
                yield Optional.of(granted);
            }
            case LoginResult.Denied denied -> {
                patience.hold(denied.delay());
                yield Optional.empty();
            }
            case LoginResult.Blocked _ -> Optional.empty();
        };
    }

    private void begin(Exchange exchange, Actor actor) {
        WebSession.Browser browser =
                new WebSession.Browser(
                        exchange.header("User-Agent").orElse(""),
                        exchange.source().getHostAddress());
        Visitors.setCookie(exchange, services.sessions().open(actor, browser));
    }

    /// Whether somebody who just came in must choose another password first.
    boolean mustChange(Actor actor) {
        return services.login().credentialsOf(actor.account()).stream()
                .anyMatch(each -> each.number() == actor.credential() && each.mustChange());
    }

    private void signOut(Exchange exchange) throws IOException {
        leave(exchange);
        exchange.sendJson(OK, "{}");
    }

    /// Ends the session of a request and takes its cookie away.
    void leave(Exchange exchange) {
        visitors.session(exchange).ifPresent(this::end);
        Visitors.dropCookie(exchange);
        exchange.set("Clear-Site-Data", "\"cache\"");
    }

    private void end(WebSessions.Live live) {
        try {
            services.sessions().revoke(live.actor().account(), live.session().number());
        } catch (Refusal _) {
            // It has ended meanwhile.
        }
    }

    private void listSessions(Exchange exchange) throws IOException {
        WebSessions.Live live = visitors.find(exchange).orElse(null);
        if (live == null) {
            exchange.problem(UNAUTHORIZED, "nobody is signed in");
            return;
        }
        ObjectNode answer = JsonForm.object();
        ArrayNode list = answer.putArray("sessions");
        for (WebSession each : services.sessions().list(live.actor().account())) {
            list.addObject()
                    .put("id", Long.toString(each.number()))
                    .put("current", each.number() == live.session().number())
                    .put("created", each.created().toString())
                    .put("lastSeen", each.lastSeen().toString())
                    .put("agent", each.browser().agent())
                    .put("source", each.browser().source());
        }
        exchange.sendJson(OK, answer.toString());
    }

    private void revoke(Exchange exchange, JsonNode body) throws IOException {
        WebSessions.Live live = visitors.find(exchange).orElse(null);
        if (live == null) {
            exchange.problem(UNAUTHORIZED, "nobody is signed in");
            return;
        }
        if (body.has("others")) {
            services.sessions().revokeOthers(live.actor().account(), live.session().number());
        } else {
            services.sessions().revoke(live.actor().account(), number(JsonForm.text(body, "id")));
        }
        exchange.sendJson(OK, "{}");
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw SyntaxFault.at(0, "the number of a session", "RFC 8259 §6");
        }
    }

    private void changePassword(Exchange exchange, JsonNode body) throws IOException {
        WebSessions.Live live = visitors.session(exchange).orElse(null);
        Account account =
                live == null
                        ? null
                        : services.directory().findAccount(live.actor().account()).orElse(null);
        if (live == null || account == null) {
            exchange.problem(UNAUTHORIZED, "nobody is signed in");
            return;
        }
        if (services.login().blocked(exchange.source())) {
            exchange.problem(TOO_MANY, "too many attempts");
            return;
        }
        try {
            services.credentials()
                    .changePassword(
                            account,
                            Password.of(JsonForm.text(body, "old")),
                            Password.of(JsonForm.text(body, "chosen")));
        } catch (Refusal refused) {
            if (refused.reason() == Refusal.Reason.NOT_ALLOWED) {
                // A wrong old password is a guess, and counts as one.
                services.login()
                        .check(
                                account.address().toString(),
                                Password.of(JsonForm.text(body, "old")),
                                Door.WEB,
                                exchange.source());
            }
            JsonForm.refuse(exchange, FORBIDDEN, refused, language(exchange));
            return;
        }
        // All sessions ended with the old password; this browser goes on with a new one.
        begin(exchange, new Actor(account.id(), live.actor().credential(), Door.WEB));
        exchange.sendJson(OK, "{}");
    }

    /// The language a browser prefers.
    static Language language(Exchange exchange) {
        String wanted = exchange.header("Accept-Language").orElse("fr").toLowerCase(Locale.ROOT);
        int french = wanted.indexOf("fr");
        int english = wanted.indexOf("en");
        return french >= 0 && (english < 0 || french < english)
                ? Language.FRENCH
                : Language.ENGLISH;
    }
}
