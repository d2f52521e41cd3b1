package org.facteur.edge.jmap;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.net.http.Exchange;
import org.facteur.net.http.HttpHandler;
import org.facteur.wire.jmap.JmapText;
import tools.jackson.databind.node.ObjectNode;

/// Answers what is asked for under `/jmap/` and `/.well-known/jmap`. Any thread.
public final class JmapServer implements HttpHandler {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNSUPPORTED = 415;

    /// As a WebSocket says it (RFC 6455 §7.4.1).
    private static final int TRY_LATER = 1013;

    private final JmapServices services;
    private final JmapSettings settings;
    private final SessionObject session;
    private final Downloads downloads;
    private final UploadDoor uploads;
    private final Requests requests;
    private final Places calling;
    private final Places uploading;
    private final Places streams;
    private final Streams events;

    public JmapServer(JmapServices services, JmapSettings settings) {
        this.services = services;
        this.settings = settings;
        this.session = new SessionObject(services, settings);
        this.requests = new Requests(services, settings, session);
        this.calling = new Places(settings.atOnce());
        this.uploading = new Places(settings.atOnce());
        this.streams = new Places(settings.streams());
        this.events = new Streams(settings.streams());
        this.downloads = new Downloads(services);
        this.uploads = new UploadDoor(services, settings);
    }

    /// Paths, for the server's routes.
    public Map<String, HttpHandler> routes() {
        return Map.of("/jmap/", this, "/.well-known/jmap", this);
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        Optional<Caller> caller = authenticate(exchange);
        if (caller.isEmpty()) {
            // A page of ours has its own way to ask; the browser's would stand in front of it.
            if (exchange.header("Sec-Fetch-Mode").isEmpty()) {
                exchange.set("WWW-Authenticate", "Basic realm=\"Facteur\", charset=\"UTF-8\"");
            }
            exchange.problem(UNAUTHORIZED, "Sign in first.");
            return;
        }
        answer(exchange, caller.get(), exchange.path());
    }

    private void answer(Exchange exchange, Caller caller, String path) throws IOException {
        if (path.equals("/.well-known/jmap") || path.equals("/jmap/session")) {
            if (allowed(exchange, "GET")) {
                exchange.set("Cache-Control", "no-cache, no-store, must-revalidate");
                exchange.sendJson(OK, JmapText.writeText(session.of(caller, exchange.origin())));
            }
        } else if (path.equals("/jmap/api")) {
            if (allowed(exchange, "POST")) {
                api(exchange, caller);
            }
        } else if (path.startsWith("/jmap/download/")) {
            if (allowed(exchange, "GET")) {
                downloads.answer(exchange, caller);
            }
        } else if (path.startsWith("/jmap/upload/")) {
            if (allowed(exchange, "POST")) {
                Work work = () -> uploads.answer(exchange, caller);
                within(uploading, "maxConcurrentUpload", exchange, caller, work);
            }
        } else if (path.equals("/jmap/events")) {
            if (allowed(exchange, "GET")) {
                events(exchange, caller);
            }
        } else if (path.equals("/jmap/ws")) {
            if (allowed(exchange, "GET")) {
                socket(exchange, caller);
            }
        } else {
            exchange.problem(NOT_FOUND, "There is nothing here.");
        }
    }

    private Optional<Caller> authenticate(Exchange exchange) {
        for (Authenticator each : services.authenticators()) {
            Optional<Caller> caller = each.find(exchange);
            if (caller.isPresent()) {
                return caller;
            }
        }
        return Optional.empty();
    }

    private static boolean allowed(Exchange exchange, String method) throws IOException {
        if (exchange.method().equals(method)
                || (method.equals("GET") && exchange.method().equals("HEAD"))) {
            return true;
        }
        exchange.set("Allow", method);
        exchange.problem(METHOD_NOT_ALLOWED, "Only " + method + " is answered here.");
        return false;
    }

    private void api(Exchange exchange, Caller caller) throws IOException {
        if (!isJson(exchange)) {
            exchange.problem(
                    Requests.ERROR + "notJSON", UNSUPPORTED, "The type is application/json.");
            return;
        }
        within(calling, "maxConcurrentRequests", exchange, caller, () -> answer(exchange, caller));
    }

    /// Work that may find its client gone.
    private interface Work {
        void run() throws IOException;
    }

    private static void within(
            Places places, String limit, Exchange exchange, Caller caller, Work work)
            throws IOException {
        AccountId account = caller.account().id();
        if (!places.enter(account)) {
            limit(exchange, limit);
            return;
        }
        try {
            work.run();
        } finally {
            places.leave(account);
        }
    }

    private void events(Exchange exchange, Caller caller) throws IOException {
        String wanted = exchange.parameter("types").orElse("*");
        Set<String> types =
                wanted.equals("*") ? null : new HashSet<>(Arrays.asList(wanted.split(",", 100)));
        AccountId account = caller.account().id();
        try (StateWatch watch = new StateWatch(services, caller, types)) {
            events.enter(account, watch);
            try {
                new EventStream(exchange, watch, () -> stillWelcome(exchange, caller)).run();
            } finally {
                events.leave(account, watch);
            }
        }
    }

    private boolean stillWelcome(Exchange exchange, Caller caller) {
        return authenticate(exchange).filter(caller::equals).isPresent();
    }

    /// A form of a page could not send this type without asking first.
    private static boolean isJson(Exchange exchange) {
        String type = exchange.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().equals("application/json");
    }

    private void answer(Exchange exchange, Caller caller) throws IOException {
        byte[] body;
        try {
            body = exchange.body(settings.requestBytes());
        } catch (Refusal tooLarge) {
            if (tooLarge.reason() != Refusal.Reason.TOO_LARGE) {
                throw tooLarge;
            }
            limit(exchange, "maxSizeRequest");
            return;
        }
        ObjectNode answer = requests.answer(caller, body);
        boolean done = answer.has("methodResponses");
        exchange.send(
                done ? OK : BAD_REQUEST,
                done ? "application/json" : "application/problem+json",
                JmapText.write(answer));
    }

    /// A page of another origin has no business here, whoever is signed in (RFC 6455 §10.2).
    private void socket(Exchange exchange, Caller caller) throws IOException {
        String page = exchange.header("origin").orElse("");
        if (!page.isEmpty() && !page.equals(exchange.origin())) {
            exchange.problem(FORBIDDEN, "This origin may not ask.");
            return;
        }
        RememberedRequest remembered = new RememberedRequest(exchange);
        AccountId account = caller.account().id();
        exchange.webSocket(
                JmapSocket.PROTOCOL,
                settings.requestBytes(),
                line -> {
                    if (!streams.enter(account)) {
                        line.close(TRY_LATER, "too many lines");
                        return;
                    }
                    try {
                        new JmapSocket(
                                        services,
                                        caller,
                                        () -> stillWelcome(remembered, caller),
                                        requests::answer)
                                .run(line);
                    } finally {
                        streams.leave(account);
                    }
                });
    }

    static void limit(Exchange exchange, String name) throws IOException {
        exchange.send(
                BAD_REQUEST, "application/problem+json", JmapText.write(Requests.limit(name)));
    }
}
